import type { Json } from './block-kit/walk-blocks.ts';
import type { CallLog } from './call-log.ts';
import { type Click, click } from './click.ts';
import type { AppAnswer, Envelope, RawDelivery } from './deliveries.ts';
import type { Faults } from './faults.ts';
import { type LoadedOptions, loadOptions, type OptionQuery } from './load-options.ts';
import { enterValues, findPlace, type PlaceRef, type Values } from './places.ts';
import { sendTyped } from './send-command.ts';
import { openHome, sendEvent, verifyUrl } from './send-event.ts';
import { type SharedBytes, shareFile } from './share-file.ts';
import { type SeenMessage, type SeenView, seenView, visibleMessages } from './snapshot.ts';
import { closeView, type Submission, submitView } from './submit-view.ts';
import type { SwitchedFaults } from './switched-faults.ts';
import { type ShortcutUse, useShortcut } from './use-shortcut.ts';
import type { World } from './world.ts';

/** What one act led to, by the time the app had acknowledged it; use `waitFor` for what comes later. */
export interface Seen {
  /** The person's modals, the top one last. */
  readonly views: SeenView[];
  readonly messages: SeenMessage[];
  readonly home: SeenView | undefined;
}
export type Acted = { readonly answer: AppAnswer } & Seen;

/** People in the simulated workspace, as functions. All take the user id of the person who acts. */
export interface SlackDriver {
  /** Types a whole line: `/icb help`, or plain text. The channel defaults to the first one. */
  command(userId: string, text: string, options?: { channel?: string }): Promise<Acted>;
  click(userId: string, request: Click): Promise<Acted>;
  /** Types into an external select and returns what the app offers. */
  options(userId: string, request: OptionQuery): Promise<LoadedOptions>;
  type(userId: string, request: OptionQuery): Promise<LoadedOptions>;
  /** Fills fields in without telling the app. */
  enter(userId: string, request: PlaceRef & { values: Values }): void;
  /** Submits the top view. `errors` are the client's or the app's, by block_id. */
  submit(userId: string, request?: { viewId?: string; values?: Values }): Promise<Submission & Seen>;
  closeView(userId: string, options?: { all?: boolean }): Promise<AppAnswer[]>;
  openHome(userId: string, tab?: 'home' | 'messages'): Promise<Acted>;
  /** Shares a file in a channel, or with the app in its direct message (a user id); resolves to the message's ts. */
  shareFile(
    userId: string,
    file: SharedBytes,
    options?: { channel?: string },
  ): Promise<Acted & { ts: string }>;
  /** Picks a shortcut, of a message where one is named. */
  shortcut(userId: string, use: ShortcutUse): Promise<Acted>;
  sendEvent(event: Json): Promise<AppAnswer>;
  verifyUrl(): Promise<AppAnswer & { verified: boolean }>;
  /** Posts these bytes to the request URL: retries, replays, forged signatures. */
  deliverRaw(delivery: RawDelivery): Promise<AppAnswer>;
  /** Delivers this payload once more, as it was or with Slack's headers of a retry. */
  redeliver(
    envelope: Envelope,
    payload: Json,
    retry?: { readonly num: number; readonly reason: string },
  ): Promise<AppAnswer>;
  /** What everybody sees in a channel (id, name, or a user id for the app's direct message). */
  messages(channel: string): SeenMessage[];
  ephemerals(userId: string): SeenMessage[];
  views(userId: string): SeenView[];
  homeOf(userId: string): SeenView | undefined;
  /** Resolves with the first truthy result, looking again after each change. Rejects after `timeoutMs`. */
  waitFor<T>(look: () => T | undefined | false | null, timeoutMs?: number): Promise<T>;
  setRequestUrl(url: string | undefined): void;
  /** Makes every socket reconnect. */
  refreshSockets(): void;
  readonly transport: () => 'socket' | 'http' | 'none';
  readonly faults: Faults;
  /** The switches of the page's fault panel. */
  readonly switched: SwitchedFaults;
  readonly log: CallLog;
  readonly botUserId: string;
}

export function createDriver(world: World): SlackDriver {
  const { workspace, deliveries, faults, log } = world;
  const views = (userId: string) => workspace.stack(userId).map(seenView);
  const homeOf = (userId: string) => {
    const home = workspace.homes.get(userId);
    return home && seenView(home);
  };
  const seen = (userId: string): Seen => ({
    views: views(userId),
    messages: visibleMessages(world, userId),
    home: homeOf(userId),
  });
  const acted = (userId: string, answer: AppAnswer): Acted => ({ answer, ...seen(userId) });
  const query = (userId: string, request: OptionQuery) => loadOptions(world, userId, request);
  return {
    command: async (userId, text, { channel = workspace.channels[0]?.id ?? '' } = {}) =>
      acted(userId, await sendTyped(world, userId, text, channel)),
    click: async (userId, request) => acted(userId, await click(world, userId, request)),
    options: query,
    type: query,
    enter: (userId, { values, ...ref }) => enterValues(world, userId, findPlace(world, userId, ref), values),
    submit: async (userId, request = {}) => ({
      ...(await submitView(world, userId, request)),
      ...seen(userId),
    }),
    closeView: (userId, { all = false } = {}) => closeView(world, userId, all),
    openHome: async (userId, tab) => acted(userId, await openHome(world, userId, tab)),
    shareFile: async (userId, file, { channel = workspace.channels[0]?.id ?? '' } = {}) => {
      const there = workspace.channel(channel) ?? workspace.directMessage(channel);
      const { answer, ts } = await shareFile(world, userId, there.id, file);
      return { ...acted(userId, answer), ts };
    },
    shortcut: async (userId, use) => acted(userId, await useShortcut(world, userId, use)),
    sendEvent: (event) => sendEvent(world, event),
    verifyUrl: () => verifyUrl(world),
    deliverRaw: (delivery) => deliveries.raw(delivery),
    redeliver: (envelope, payload, retry) => deliveries.send(envelope, payload, retry),
    messages(ref) {
      const channel = workspace.channel(ref) ?? workspace.directMessage(ref);
      return visibleMessages(world, '').filter((one) => one.channel === channel.id && !one.ephemeral);
    },
    ephemerals: (userId) => visibleMessages(world, userId).filter((one) => one.ephemeral),
    views,
    homeOf,
    waitFor: (look, timeoutMs = 20_000) => waitFor(world, look, timeoutMs),
    setRequestUrl: (url) => deliveries.setRequestUrl(url),
    refreshSockets: () => world.socket.refresh(),
    transport: () => deliveries.transport(),
    faults,
    switched: world.switched,
    log,
    botUserId: workspace.app.botUserId,
  };
}

function waitFor<T>(
  { workspace }: World,
  look: () => T | undefined | false | null,
  timeoutMs: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (value: T) => {
      clearTimeout(timer);
      forget();
      resolve(value);
    };
    const forget = workspace.onChange(() => {
      const value = look();
      if (value) settle(value);
    });
    const timer = setTimeout(() => {
      forget();
      reject(new Error(`Nothing of the kind happened in Slack within ${timeoutMs} ms: ${look}`));
    }, timeoutMs);
    const value = look();
    if (value) settle(value);
  });
}
