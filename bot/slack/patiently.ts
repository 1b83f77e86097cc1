import type { BotContext } from '../bot-context.ts';

const TRIES = 3;
const LONGEST_WAIT_S = 60;

/** Repeats a call that Slack's rate limit refused, after the time Slack names: such a call had no effect at all. */
export async function patiently<T>(bot: Pick<BotContext, 'wait'>, call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      const seconds = retryAfterOf(error);
      if (seconds === undefined || tried === TRIES) throw error;
      await bot.wait(Math.min(seconds, LONGEST_WAIT_S) * 1000);
    }
  }
}

const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof Error && 'retryAfter' in error && typeof error.retryAfter === 'number'
    ? error.retryAfter
    : undefined;
