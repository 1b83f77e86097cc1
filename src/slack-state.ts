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
export function slackState(bot: Pick<Bot, 'check' | 'waiting'>, machineNow: () => number): () => SlackState {
  let known: SlackState = { state: 'not asked yet' };
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (machineNow() - askedAt > FRESH_MS) {
      askedAt = machineNow();
      void Promise.all([bot.check(), bot.waiting().catch(() => 0)]).then(([{ ok, problem }, waiting]) => {
        const problems = [...(problem ? [problem] : []), ...(waiting > 0 ? [unsentWords(waiting)] : [])];
        known = {
          state: ok ? 'connected' : 'unreachable',
          ...(problems.length > 0 ? { problem: problems.join(' ') } : {}),
        };
      });
    }
    return known;
  };
}

const unsentWords = (waiting: number): string =>
  `${waiting === 1 ? '1 message to people in Slack waits' : `${waiting} messages to people in Slack wait`} to be sent; icb tries again each minute.`;
