import { isIcbError } from '../../domain/errors.ts';
import type { Finding } from '../../ports/finding.ts';
import type { PsaCall, PsaCheck } from '../../ports/psa.ts';
import { keep } from './kept.ts';
import { budgetUsedUp } from './problems.ts';
import { readRights } from './rights.ts';
import type { Session } from './session.ts';

export interface Health {
  check(how?: { readonly thorough?: boolean }): Promise<PsaCheck>;
  inspect(call: PsaCall): Promise<readonly Finding[]>;
  /** Something failed: what was good a while ago may not be so any more. */
  doubt(): void;
}

/** A page that shows the PSA's state must not eat the MSP's budget of calls. */
const GOOD_LASTS_MS = 15 * 60_000;
const BAD_LASTS_MS = 30_000;
const CHECK_TIMEOUT_MS = 30_000;
/** Beyond this a bookmark or a day's end may be read wrongly. */
const SKEW_MS = 2 * 60_000;

const SANDBOX =
  'AUTOTASK_USERNAME belongs to a sandbox or pre-release database of Autotask; integrated billing works on a live one only.';

export function createHealth(session: Session, now: () => number): Health {
  let last: { readonly check: PsaCheck; readonly until: number; readonly thorough: boolean } | undefined;
  const rights = keep((call) => readRights(session, call), now, 0);

  async function look(call: PsaCall, thorough: boolean): Promise<PsaCheck> {
    const zone = await session.zone(call);
    const { sandbox } = zone;
    if (sandbox) return { reachable: true, sandbox, problem: SANDBOX };
    await session.readBudget(call);
    session.budget.demand();
    const known = thorough ? await rights.get(call) : [];
    const lacking = known.find(({ problem }) => problem !== undefined);
    const problem = lacking?.problem ?? skewProblem(session.skewMs());
    return { reachable: true, sandbox, ...(problem === undefined ? {} : { problem }) };
  }

  async function checked(thorough: boolean): Promise<PsaCheck> {
    try {
      const { stoppedUntil } = session.budget;
      if (stoppedUntil !== undefined) throw budgetUsedUp(stoppedUntil);
      return await look({ signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) }, thorough);
    } catch (error) {
      return { reachable: false, sandbox: false, problem: sentence(error) };
    }
  }

  async function check({ thorough = false } = {}): Promise<PsaCheck> {
    const isKnown = last?.thorough || !thorough || last?.check.reachable === false;
    if (last !== undefined && now() < last.until && isKnown) return last.check;
    const found = await checked(thorough);
    const lasts = found.problem === undefined ? GOOD_LASTS_MS : BAD_LASTS_MS;
    last = { check: found, until: now() + lasts, thorough };
    return found;
  }

  async function inspect(call: PsaCall): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const fine = (text: string) => findings.push({ ok: true, text });
    const wrong = (text: string) => findings.push({ ok: false, text });
    try {
      const zone = await session.zone(call);
      fine(`Autotask’s zone of the API user is ${zone.name || 'unnamed'} at ${zone.root.host}.`);
      if (zone.sandbox) wrong(SANDBOX);
      else fine('The database is a live one, no sandbox.');
      await session.readBudget(call);
      const moved = session.moved();
      if (moved !== undefined) fine(moved);
      fine('Autotask accepts the API user, the secret and the integration code.');
      findings.push(budgetFinding(session));
      const skew = skewProblem(session.skewMs());
      if (skew === undefined) fine('The clocks of icb and Autotask agree.');
      else wrong(skew);
      for (const { entity, to, problem } of await rights.get(call)) {
        if (problem === undefined) fine(`The API user may ${to} ${entity}.`);
        else wrong(problem);
      }
    } catch (error) {
      wrong(sentence(error));
    }
    return findings;
  }

  return {
    check,
    inspect,
    doubt() {
      if (last?.check.problem === undefined) last = undefined;
    },
  };
}

function budgetFinding({ budget }: Session): Finding {
  const { used, limit } = budget.state();
  const share = Math.round((used / limit) * 100);
  return {
    ok: used < limit * 0.75,
    text: `Of Autotask’s ${limit} API calls an hour, shared by all your integrations, ${used} are used (${share} %)${
      used < limit * 0.75
        ? '.'
        : ': see which integration makes so many, icb slows down at 75 % and stops at 95 %.'
    }`,
  };
}

function skewProblem(skewMs: number | undefined): string | undefined {
  if (skewMs === undefined || Math.abs(skewMs) <= SKEW_MS) return undefined;
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return `The clock of this machine is ${minutes} minutes ${skewMs > 0 ? 'behind' : 'ahead of'} Autotask’s: set it, best by NTP.`;
}

const sentence = (error: unknown): string =>
  isIcbError(error) ? error.message : 'Autotask did not answer in time: sync again later.';
