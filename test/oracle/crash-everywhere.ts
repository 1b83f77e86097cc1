import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { RECORD_KINDS } from '../../src/domain/records.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import type { EventLog, Step } from './event-log.ts';
import { begin, shownItems } from './live-log.ts';
import { live } from './live-year.ts';
import { Mortal } from './mortal.ts';
import { memoryTenant, yearCore, yearTime } from './year-core.ts';

export interface CrashRound {
  readonly call: number;
  readonly items: readonly string[];
}

export interface Crashes {
  /** Items before the last days, after them without a crash, and after each crash. */
  readonly before: readonly string[];
  readonly whole: readonly string[];
  readonly rounds: readonly CrashRound[];
}

const MANY_IDS = 1_000_000;

/**
 * Lives a log, and its steps from `date` on again and again: each time the process dies at another commit or PSA call,
 * icb starts anew on what is stored, takes up what was left behind, and the step in which it died is done again.
 */
export async function crashEverywhere(
  log: EventLog,
  date: string,
  when: 'before' | 'after',
): Promise<Crashes> {
  const year = await begin(log);
  for (const step of log.steps.filter((each) => each.date < date)) await live(year, step);
  const before = await shownItems(year);
  const last: EventLog = { book: log.book, steps: log.steps.filter((each) => each.date >= date) };
  const { calls, items: whole } = await liveWithDeath(last, await copyOf(year.core.store), new Mortal());
  const rounds: CrashRound[] = [];
  for (let call = 1; call <= calls; call++) {
    const { items } = await liveWithDeath(last, await copyOf(year.core.store), new Mortal(call, when));
    rounds.push({ call, items });
  }
  return { before, whole, rounds };
}

async function liveWithDeath({ book, steps }: EventLog, tenant: TenantStore, mortal: Mortal) {
  const time = yearTime(MANY_IDS);
  let year = await yearCore(book, { store: mortal.store(tenant), psa: mortal.psa(localPsa()), time });
  let answers: Extract<Step, { kind: 'sync' }>['answers'] = {};
  for (const step of steps) {
    if (step.kind === 'sync') answers = step.answers;
    const wasDead = mortal.dead;
    await live(year, step).catch((error: unknown) => {
      if (!mortal.dead) throw error;
    });
    if (!mortal.dead || wasDead) continue;
    year = await yearCore(book, { store: tenant, time });
    year.answer(answers);
    await recoverRuns(year.core);
    await year.core.syncQueue.idle();
    await live(year, step);
  }
  return { calls: mortal.calls, items: await shownItems(year) };
}

async function copyOf(tenant: TenantStore): Promise<TenantStore> {
  const snapshot = await tenant.snapshot();
  const records = await Promise.all(
    RECORD_KINDS.map(async (kind) => [kind, await snapshot.list(kind)] as const),
  );
  const copy = await memoryTenant();
  await copy.commit({ put: Object.fromEntries(records) });
  return copy;
}
