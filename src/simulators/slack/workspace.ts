import type { Json } from './block-kit/walk-blocks.ts';
import type { Inputs } from './element-state.ts';

export interface Person {
  readonly id: string;
  /** The handle, unique in the workspace. */
  readonly name: string;
  readonly realName: string;
  readonly isAdmin: boolean;
  readonly tz: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'im';
  /** The person a direct message with the app belongs to. */
  readonly userId?: string;
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  /** The author; the app's bot user, Slackbot or a person. */
  readonly user: string;
  readonly threadTs?: string | undefined;
  /** Only this person sees it. */
  readonly ephemeralTo?: string | undefined;
  /** The message object as Slack shows it to the app: text, blocks, files, metadata, … */
  readonly body: Json;
}

/** An option an app offered in answer to a block_suggestion. */
export type Suggested = Map<string, Json[]>;

export interface View {
  readonly userId: string;
  /** The view object as Slack sends it: id, hash, blocks, private_metadata, … without state. */
  body: Json;
  /** What the person filled in, by block_id and action_id. */
  inputs: Inputs;
  suggested: Suggested;
  /** block_id → sentence under that input. */
  errors: Record<string, string>;
  banner: string | undefined;
}

export const SLACKBOT = 'USLACKBOT';

/** Everything people see in the workspace. Whoever changes it calls `changed`, so that pages look again. */
export class Workspace {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app: {
    readonly id: string;
    readonly botId: string;
    readonly botUserId: string;
    readonly name: string;
  };
  readonly people: readonly Person[];
  readonly channels: Channel[] = [];
  messages: Message[] = [];
  readonly stacks = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  /** Inputs in messages: per person and message. */
  readonly messageInputs = new Map<string, { inputs: Inputs; suggested: Suggested }>();
  readonly files = new Map<string, Json>();
  readonly #listeners = new Set<() => void>();
  revision = 0;

  constructor(team: Workspace['team'], app: Workspace['app'], people: readonly Person[]) {
    this.team = team;
    this.app = app;
    this.people = people;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  changed(): void {
    this.revision += 1;
    for (const listener of this.#listeners) listener();
  }

  person(id: string): Person {
    const person = this.people.find((one) => one.id === id);
    if (!person) throw new Error(`There is no user ${id} in the simulated workspace.`);
    return person;
  }
  channel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '');
    return this.channels.find((one) => one.id === idOrName || (one.kind !== 'im' && one.name === name));
  }
  directMessage(userId: string): Channel {
    const channel = this.channels.find((one) => one.kind === 'im' && one.userId === userId);
    if (!channel) throw new Error(`The app has no direct message with ${userId}.`);
    return channel;
  }

  message(channel: string, ts: string, userId?: string): Message | undefined {
    return this.messages.find(
      (one) => one.channel === channel && one.ts === ts && (!one.ephemeralTo || one.ephemeralTo === userId),
    );
  }
  /** Adds the message, or puts it in the place of the one with its channel and ts. */
  putMessage(message: Message): void {
    const at = this.messages.findIndex((one) => one.channel === message.channel && one.ts === message.ts);
    if (at >= 0) this.messages[at] = message;
    else this.messages.push(message);
    this.changed();
  }
  removeMessage(channel: string, ts: string): void {
    this.messages = this.messages.filter((one) => one.channel !== channel || one.ts !== ts);
    this.changed();
  }

  stack(userId: string): View[] {
    const stack = this.stacks.get(userId) ?? [];
    this.stacks.set(userId, stack);
    return stack;
  }
  /** An open modal or a published Home, by view id or external id. */
  view(key: { id?: unknown; externalId?: unknown }): View | undefined {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()].find(
      (view) =>
        (key.id !== undefined && view.body.id === key.id) ||
        (Boolean(key.externalId) && view.body.external_id === key.externalId),
    );
  }
  inputsOf(userId: string, message: Message): { inputs: Inputs; suggested: Suggested } {
    const key = `${userId} ${message.channel} ${message.ts}`;
    const found = this.messageInputs.get(key) ?? { inputs: {}, suggested: new Map() };
    this.messageInputs.set(key, found);
    return found;
  }
}
