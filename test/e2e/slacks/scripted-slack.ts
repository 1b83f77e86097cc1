import type { Json } from '../../../src/simulators/slack/block-kit/walk-blocks.ts';
import { type Inputs, optionsOf, stateValues } from '../../../src/simulators/slack/element-state.ts';
import { controls, plainOf, textsIn } from '../../bot/person.ts';

/** What a person has in front of them. */
export interface Screen {
  /** The top modal as Slack keeps it; undefined when none is open. */
  readonly modal?: Json | undefined;
  /** Blocks and texts of every message this person sees, oldest first. */
  readonly messages: readonly Json[];
}

/** The little a Slack must be able to do for the conversation; one person acts. */
export interface ScriptedSlack {
  /** Types a line such as `/icb map` in the billing channel. */
  type(line: string): Promise<void>;
  /** Submits the top modal with these values of its inputs, in the shape Slack sends them. */
  submit(values: Inputs): Promise<void>;
  close(): Promise<void>;
  screen(): Promise<Screen>;
}

/** Where a server's icb listens and what it is told about that Slack. */
export interface SlackSettings {
  readonly apiUrl: string;
  readonly channel: string;
  readonly admin: string;
  readonly transport: 'http' | 'socket';
  readonly botToken?: string;
  readonly appToken?: string;
}

export const SIGNING_SECRET = 'demo-signing-secret';
export const BOT_TOKEN = 'xoxb-demo';
export const APP_TOKEN = 'xapp-demo';

const WAIT_MS = 10_000;

/** Looks again until `look` finds something; Slacks that others wrote tell nobody when something changes. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`It never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The person's side of the conversation, by what stands on the screen. */
export function reader(slack: ScriptedSlack) {
  let picks: Inputs = {};
  const modal = async () => (await slack.screen()).modal;
  return {
    type: (line: string) => slack.type(line),
    async modalSays(text: string): Promise<string> {
      let seen = 'no modal';
      return until(`“${text}” in a modal; there was: ${seen}`, async () => {
        seen = textsIn((await modal())?.blocks);
        return seen.includes(text) ? seen : undefined;
      }).catch((error: Error) => {
        throw new Error(`${error.message}; the modal says: ${seen}`);
      });
    },
    /** The newest message that says all of this. */
    async told(...texts: readonly string[]): Promise<string> {
      let seen: string[] = [];
      return until(`“${texts.join('” and “')}”`, async () => {
        seen = (await slack.screen()).messages.map(textsIn);
        return seen.findLast((each) => texts.every((text) => each.includes(text)));
      }).catch((error: Error) => {
        throw new Error(`${error.message}; the person sees: ${seen.join('\n---\n')}`);
      });
    },
    /** Ticks or picks an option of the modal by its text, in the block that says `near` or stands below it. */
    async choose(text: string, near = ''): Promise<void> {
      const blocks = ((await modal())?.blocks ?? []) as Json[];
      for (const { blockId, actionId, element } of controls(blocks)) {
        const at = blocks.findIndex((block) => block.block_id === blockId);
        if (!textsIn(blocks.slice(Math.max(0, at - 1), at + 1)).includes(near)) continue;
        const option = optionsOf(element).find((each) => plainOf(each.text).startsWith(text));
        if (!option) continue;
        const state: Json =
          element.type === 'checkboxes'
            ? { type: element.type, selected_options: [option] }
            : { type: element.type, selected_option: option };
        picks = { ...picks, [blockId]: { ...picks[blockId], [actionId]: state } };
        return;
      }
      throw new Error(`There is no “${text}” near “${near}” in: ${textsIn(blocks)}`);
    },
    async submit(): Promise<void> {
      const values = stateValues((await modal())?.blocks, picks);
      picks = {};
      await slack.submit(values);
    },
    close: () => slack.close(),
    /** The address behind a button of a message. */
    async linkOf(button: string): Promise<string> {
      return until(`a link “${button}”`, async () => {
        const { messages } = await slack.screen();
        const elements = messages.flatMap((each) => controls((each.blocks ?? []) as Json[]));
        const found = elements.findLast(({ element }) => element.url && plainOf(element.text) === button);
        return found && String(found.element.url);
      });
    },
  };
}
