import { takeFault } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import type { StandIn } from '../stand-in.ts';

/** Calls under way at once for one integration on one entity. */
const THREADS = 3;

/** @throws Refusal 401, or what the code's fault says */
export function checkKeys({ user, secret, integrationCode, faults }: StandIn, headers: Headers): void {
  const given = (name: string) => headers.get(name) ?? '';
  if (given('UserName').toLowerCase() !== user.toLowerCase() || given('Secret') !== secret) {
    throw new Refusal(401);
  }
  if (given('ApiIntegrationCode') !== integrationCode) {
    throw new Refusal(faults.wrongCodeStatus, 'IntegrationCode is invalid.');
  }
}

/** Counts the call towards the hour. @throws Refusal where it is used up */
export function countCall({ window, faults }: StandIn, entity: string): void {
  const forced = takeFault(faults, 'throttled', entity);
  if (forced === null && window.admit()) return;
  const refusal = new Refusal(
    faults.thresholdStatus,
    `The maximum number of requests of ${window.threshold} per 60 minutes has been exceeded.`,
  );
  refusal.retryAfter = forced?.retryAfterSeconds;
  throw refusal;
}

/** Takes one of the three places. @returns gives it back */
export function enter({ threads, faults }: StandIn, code: string, entity: string): () => void {
  const key = `${code}\u0000${entity}`;
  const busy = threads.get(key) ?? 0;
  if (takeFault(faults, 'threads', entity) !== null || busy >= THREADS) {
    throw new Refusal(
      faults.threadStatus,
      `The thread threshold of ${THREADS} for this integration and object endpoint has been exceeded. Itgenatr005`,
    );
  }
  threads.set(key, busy + 1);
  return () => threads.set(key, (threads.get(key) ?? 1) - 1);
}
