import { describe, expect, it } from 'vitest';
import { type Outcome, retryAfterMs, retryWait } from '../../../src/adapters/http/retry-policy.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const POLICY = { failureWaits: [1_000, 2_000], throttleWaits: [5_000], longestWait: 60_000 };
const answer = (status: number, retryAfter: string | null = null): Outcome => ({
  kind: 'answer',
  status,
  retryAfter,
});

describe('retry wait', () => {
  it.each<[string, Outcome, failures: number, throttles: number, wait: number | undefined]>([
    ['a good answer is final', answer(200), 0, 0, undefined],
    ['so is a refusal', answer(403), 0, 0, undefined],
    ['a first failure waits', answer(500), 0, 0, 1_000],
    ['a second waits longer', answer(502), 1, 0, 2_000],
    ['a third gives up', answer(503), 2, 0, undefined],
    ['no answer is a failure', { kind: 'unreachable' }, 1, 0, 2_000],
    ['408 is a failure', answer(408), 0, 0, 1_000],
    ['429 has waits of its own', answer(429), 2, 0, 5_000],
    ['429 gives up too', answer(429), 0, 1, undefined],
    ['Retry-After wins', answer(429, '12'), 0, 0, 12_000],
    ['also after 503', answer(503, '3'), 0, 0, 3_000],
    ['Retry-After of nothing asks at once', answer(429, '0'), 0, 0, 0],
    ['a longer Retry-After than bearable gives up', answer(429, '61'), 0, 0, undefined],
    ['nonsense counts as not given', answer(429, 'soon'), 0, 0, 5_000],
  ])('%s', (_, outcome, failures, throttles, wait) => {
    expect(retryWait(POLICY, outcome, { failures, throttles }, NOW)).toBe(wait);
  });
});

it('does not ask again where the policy says a status is final', () => {
  const policy = { ...POLICY, final: [504] };
  const before = { failures: 0, throttles: 0 };
  expect(retryWait(policy, answer(504), before, NOW)).toBeUndefined();
  expect(retryWait(policy, answer(503), before, NOW)).toBe(1_000);
  expect(retryWait(policy, { kind: 'unreachable' }, before, NOW)).toBe(1_000);
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['Mon, 30 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 30 Nov 2026 11:00:00 GMT', 0],
    ['later', undefined],
    [null, undefined],
  ])('%j is %j ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
