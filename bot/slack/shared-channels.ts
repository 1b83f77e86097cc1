import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import type { BotContext } from '../bot-context.ts';
import type { Call } from './call.ts';
import { raceDeadline } from './in-flight.ts';

const Answer = z.object({
  channel: z.object({ is_ext_shared: z.boolean().optional(), is_pending_ext_shared: z.boolean().optional() }),
});

/** Whether `conversations.info` says that another company sees the channel, or soon will. */
export function isSharedChannel(answer: unknown): boolean {
  const { is_ext_shared, is_pending_ext_shared } = Answer.safeParse(answer).data?.channel ?? {};
  return (is_ext_shared ?? false) || (is_pending_ext_shared ?? false);
}

/** Channels become shared rarely, and by an admin's hand. */
const FRESH_MS = 10 * 60_000;
/** A form has to be opened within 3 s of the command. */
const PATIENCE_MS = 700;
const KEPT = 500;

interface Known {
  readonly at: number;
  readonly shared: Promise<boolean>;
}

/** Which channels other companies see too (Slack Connect): what icb says is nobody else's business. */
export class SharedChannels {
  readonly #ask: (channel: string) => Promise<unknown>;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  /** @param ask `conversations.info` of a channel */
  constructor(ask: (channel: string) => Promise<unknown>, now: () => number) {
    this.#ask = ask;
    this.#now = now;
  }

  /**
   * False also where Slack does not say: a private channel that icb is not in, a scope not granted yet, no answer in
   * time. What is typed there is still seen by the one who typed it alone.
   */
  async has(channel: string): Promise<boolean> {
    if (!/^[CG]/.test(channel)) return false;
    const last = this.#known.get(channel);
    const { shared } = last && this.#now() - last.at < FRESH_MS ? last : this.#look(channel);
    return (await raceDeadline(PATIENCE_MS, shared))?.value ?? false;
  }

  #look(channel: string): Known {
    const shared = this.#ask(channel).then(isSharedChannel, () => false);
    const known = { at: this.#now(), shared };
    this.#known.delete(channel);
    this.#known.set(channel, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

/** Error: `forbidden` in a channel that another company sees. */
export async function refuseInShared(bot: BotContext, { channel, view }: Call): Promise<void> {
  if (channel === undefined || view || !(await bot.sharedChannels.has(channel))) return;
  throw new IcbError(
    'forbidden',
    'This channel is shared with another company, so icb says nothing of billing here, and nothing was done. Use a channel of your own, or a direct message with icb.',
  );
}
