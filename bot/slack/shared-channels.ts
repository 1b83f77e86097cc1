import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import type { BotContext } from '../bot-context.ts';
import type { Call } from './call.ts';
import { raceDeadline } from './in-flight.ts';

const Answer = z.object({
  channel: z.object({ is_ext_shared: z.boolean().optional(), is_pending_ext_shared: z.boolean().optional() }),
});

/** Whether `conversations.info` says that another company sees the channel, or soon will; undefined: it does not say. */
export function isSharedChannel(answer: unknown): boolean | undefined {
  const { channel } = Answer.safeParse(answer).data ?? {};
  return channel && ((channel.is_ext_shared ?? false) || (channel.is_pending_ext_shared ?? false));
}

/** Channels become shared rarely, and by an admin's hand. */
const FRESH_MS = 10 * 60_000;
/** A form has to be opened within 3 s of the command. */
const PATIENCE_MS = 700;
const KEPT = 500;

interface Known {
  readonly at: number;
  readonly shared: Promise<boolean | undefined>;
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
   * Undefined where Slack does not say: a private channel that icb is not in, a scope not granted yet, a rate limit, no
   * answer in time. It is asked again the next time.
   */
  async isShared(channel: string): Promise<boolean | undefined> {
    if (!/^[CG]/.test(channel)) return false;
    const last = this.#known.get(channel);
    const { shared } = last && this.#now() - last.at < FRESH_MS ? last : this.#look(channel);
    return (await raceDeadline(PATIENCE_MS, shared))?.value;
  }

  #look(channel: string): Known {
    const shared = this.#ask(channel).then(isSharedChannel, () => undefined);
    const known = { at: this.#now(), shared };
    this.#known.delete(channel);
    this.#known.set(channel, known);
    void shared.then((told) => {
      if (told === undefined && this.#known.get(channel) === known) this.#known.delete(channel);
    });
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

/**
 * Error: `forbidden` in a channel that another company sees; and where Slack does not say whether one does, for what
 * everybody in the channel would read. What is only shown to the one who asked may be shown there.
 */
export async function refuseInShared(
  bot: BotContext,
  { channel, view, sharing }: Call,
  forAll = sharing ?? false,
): Promise<void> {
  if (channel === undefined || view) return;
  const shared = await bot.sharedChannels.isShared(channel);
  if (shared)
    throw new IcbError(
      'forbidden',
      'This channel is shared with another company, so icb says nothing of billing here, and nothing was done. Use a channel of your own, or a direct message with icb.',
    );
  if (shared === undefined && forAll)
    throw new IcbError(
      'forbidden',
      'Slack does not say whether another company reads this channel too, so nothing was posted in it. Try again in a minute; if it stays so, “icb doctor” names the scope that is missing. A direct message with icb always works.',
    );
}
