import type { Bot } from '../bot/app.ts';

interface SlackState {
  readonly state: string;
  readonly problem?: string;
}

const FRESH_MS = 30_000;

/**
 * What is last known of Slack, for `/readyz`: the answer never waits for Slack, and Slack is asked at most every half
 * minute.
 */
export function slackState(bot: Bot, machineNow: () => number): () => SlackState {
  let known: SlackState = { state: 'not asked yet' };
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (machineNow() - askedAt > FRESH_MS) {
      askedAt = machineNow();
      void bot.check().then(({ ok, problem }) => {
        known = { state: ok ? 'connected' : 'unreachable', ...(problem ? { problem } : {}) };
      });
    }
    return known;
  };
}
