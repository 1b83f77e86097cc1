import { isIcbError } from '../../domain/errors.ts';
import type { AdjustmentOutcome, PsaCall, UnitAdjustment } from '../../ports/psa.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { HttpUnreachable } from '../http/http-unreachable.ts';
import { retryAfterMs } from '../http/retry-policy.ts';
import { Created } from './api-types.ts';
import { idNumber } from './filter.ts';
import { parseAnswer } from './parse-answer.ts';
import { oneLine, stopped } from './problems.ts';
import { refusalOf } from './refusal.ts';
import type { Ask, Session } from './session.ts';
import { errorsOf, isBudgetRefusal, isThreadRejection } from './sort-answer.ts';

const ENTITY = 'ContractServiceAdjustments';

/**
 * Sends each adjustment once, three at a time and never two on one contract. After one whose outcome is not known the
 * contract is left alone: the vendor may still be at work on it, and what is read afterwards must tell this one's fate.
 * Source: facts/apis.md §3.3.
 */
export async function adjustUnits(
  session: Session,
  now: () => number,
  adjustments: readonly UnitAdjustment[],
  call: PsaCall,
): Promise<readonly AdjustmentOutcome[]> {
  const outcomes = new Map<UnitAdjustment, AdjustmentOutcome>();
  const contracts = Map.groupBy(adjustments, ({ contractId }) => contractId);
  await Promise.all(
    [...contracts.values()].map(async (ofContract) => {
      let open = false;
      for (const adjustment of ofContract) {
        const outcome: AdjustmentOutcome = open
          ? LEFT_ALONE
          : await adjustOnce(session, now, adjustment, call);
        outcomes.set(adjustment, outcome);
        open ||= outcome.kind === 'unclear';
      }
    }),
  );
  return adjustments.map((adjustment) => outcomes.get(adjustment) ?? LEFT_ALONE);
}

const LEFT_ALONE: AdjustmentOutcome = {
  kind: 'not-sent',
  text: 'Not sent: it is not known whether Autotask took an earlier change on the same contract.',
};

async function adjustOnce(
  session: Session,
  now: () => number,
  adjustment: UnitAdjustment,
  call: PsaCall,
): Promise<AdjustmentOutcome> {
  let sent = false;
  try {
    const onRequest = () => {
      sent = true;
      call.onRequest?.();
    };
    // A 401 was turned away before anything was done, so the session may ask once more.
    return outcomeOf(await session.send(askOf(adjustment), { ...call, onRequest }), session, now());
  } catch (error) {
    return outcomeOfError(error, sent, session, call);
  }
}

const askOf = ({ contractId, contractServiceId, effectiveDate, change }: UnitAdjustment): Ask => ({
  entity: ENTITY,
  path: `Contracts/${idNumber(contractId)}/ServiceAdjustments`,
  json: JSON.stringify({
    contractServiceID: idNumber(contractServiceId),
    unitChange: change,
    effectiveDate: `${effectiveDate}T00:00:00Z`,
  }),
  once: true,
});

function outcomeOf(answer: HttpAnswer, session: Session, nowMs: number): AdjustmentOutcome {
  const { status, text } = answer;
  const errors = errorsOf(text);
  if (status === 200) return acceptedIfWhole(text);
  if (isBudgetRefusal(status, text) || isThreadRejection(status, text)) {
    const until =
      session.budget.stoppedUntil ?? nowMs + (retryAfterMs(answer.retryAfter ?? null, nowMs) ?? 60_000);
    return notSent('Autotask turned the change away because too many calls were made.', until);
  }
  if (errors.length > 0) return { kind: 'refused', code: refusalOf(errors), text: oneLine(errors.join(' ')) };
  if (status === 403) {
    return {
      kind: 'refused',
      code: 'no-rights',
      text: 'The API user may not create ContractServiceAdjustments.',
    };
  }
  if (status === 404) {
    return { kind: 'refused', code: 'service-missing', text: 'Autotask does not know the contract.' };
  }
  if (status === 405) {
    return {
      kind: 'refused',
      code: 'other',
      text: 'Autotask takes no adjustments at this address (HTTP 405).',
    };
  }
  return unclear(`Autotask failed on the change (HTTP ${status}) and did not say whether it was taken.`);
}

/** What a proxy answers in Autotask's place proves nothing. */
function acceptedIfWhole(text: string): AdjustmentOutcome {
  try {
    parseAnswer(Created, text, ENTITY);
    return { kind: 'accepted' };
  } catch {
    return unclear('Autotask’s answer to the change was cut off.');
  }
}

/** Nothing can have reached the vendor. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function outcomeOfError(error: unknown, sent: boolean, session: Session, call: PsaCall): AdjustmentOutcome {
  if (call.signal.aborted) {
    return sent
      ? unclear('icb stopped while Autotask was at work on the change.')
      : notSent(stopped().message);
  }
  if (error instanceof HttpUnreachable) {
    if (NEVER_CONNECTED.has(error.code)) return notSent(`Autotask could not be reached (${error.code}).`);
    const why =
      error.reason === 'timeout' ? 'Autotask did not answer in time' : 'the connection to Autotask broke';
    return unclear(`The change was sent and ${why}.`);
  }
  // Zone, credentials and budget are looked to before anything leaves, and a 401 takes nothing.
  if (isIcbError(error)) return notSent(error.message, session.budget.stoppedUntil);
  if (error instanceof RangeError) return { kind: 'refused', code: 'service-missing', text: error.message };
  throw error;
}

const unclear = (text: string): AdjustmentOutcome => ({ kind: 'unclear', text });

/** @param until epoch milliseconds */
const notSent = (text: string, until?: number): AdjustmentOutcome => ({
  kind: 'not-sent',
  text,
  ...(until === undefined ? {} : { retryAt: Temporal.Instant.fromEpochMilliseconds(Math.round(until)) }),
});
