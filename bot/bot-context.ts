import type { Core } from '../src/usecases/core.ts';
import type { Roles } from '../src/usecases/roles.ts';
import type { SyncSummary } from '../src/usecases/sync-summary.ts';
import type { Edits } from './outbox/edits.ts';
import type { OneAtATime } from './outbox/one-at-a-time.ts';
import type { TaskLog } from './outbox/task-log.ts';
import type { ClickedMessages } from './slack/clicked-messages.ts';
import type { InFlight } from './slack/in-flight.ts';
import type { OpenHomes } from './slack/open-homes.ts';
import type { SharedChannels } from './slack/shared-channels.ts';
import type { SlackClients } from './slack/slack-clients.ts';

export interface SummaryChart {
  readonly png: Uint8Array;
  readonly title: string;
  /** The chart's numbers in words, for those who cannot see it. */
  readonly altText: string;
}

/** What every listener works with. */
export interface BotContext {
  readonly core: Core;
  readonly slack: SlackClients;
  readonly inFlight: InFlight;
  readonly clicked: ClickedMessages;
  readonly homes: OpenHomes;
  readonly sharedChannels: SharedChannels;
  /** Work on one message waits for the work on it before. */
  readonly turns: OneAtATime;
  readonly edits: Edits;
  /** What people asked for and were not answered yet; left out, a restart forgets it. */
  readonly tasks?: TaskLog;
  /** What was begun before this instant is under way with no other icb on the same store. */
  readonly begunBefore: () => string;
  /** Where summaries and postings are announced: a channel's id. */
  readonly channel: string;
  /** Slack user ids that are always admins, and hear of faults. */
  readonly admins: ReadonlySet<string>;
  /** What each person may do now. */
  readonly roles: Roles;
  /** Where people reach the dashboard; without it messages have no links there. */
  readonly baseUrl?: string;
  /** Makes a one-time link that signs this person in to the dashboard. */
  readonly signIn: (user: { userId: string; name: string }) => Promise<string>;
  /** Draws the picture of a summary; undefined where there is nothing to draw. */
  readonly summaryChart?: (summary: SyncSummary) => Promise<SummaryChart | undefined>;
  /** The bytes of a file that people shared. Errors: `IcbError` with what to do. */
  readonly download: (url: string) => Promise<Uint8Array>;
  /** Posts to a response_url. */
  readonly respond: (url: string, body: object) => Promise<boolean>;
  readonly wait: (ms: number) => Promise<void>;
  /** How long a submit may work before Slack gets a “working on it” view. */
  readonly submitWithinMs: number;
}
