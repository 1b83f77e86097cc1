import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Psa } from '../../src/ports/psa.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import type { Book, BookModuleOrganization, Counts } from './event-log.ts';

/** icb with vendors that answer what the test says, on a clock that the test moves. */
export interface YearCore {
  readonly core: Core;
  moveTo(date: string): void;
  /** What the modules answer from now on; one left out does not answer. */
  answer(answers: Readonly<Record<string, Counts | 'failed'>>): void;
}

/** Business time that only the test moves, and ids in order; both go on when icb starts anew. */
export interface YearTime {
  readonly clock: Clock;
  readonly newId: (prefix: string) => string;
  /** Every reading is a millisecond later than the one before. */
  moveTo(date: string): void;
}

/** @param after how many ids have been given out before */
export function yearTime(after = 0): YearTime {
  let now = Temporal.Instant.from('2026-01-01T00:00:00Z');
  let ids = after;
  return {
    clock: {
      now: () => {
        now = now.add({ milliseconds: 1 });
        return now;
      },
      today: () => isoDate(now.toString().slice(0, 10)),
      timeZone: 'UTC',
    },
    newId: (prefix) => `${prefix}_${String(++ids).padStart(8, '0')}`,
    moveTo: (date) => {
      const morning = Temporal.Instant.from(`${date}T01:15:00Z`);
      if (Temporal.Instant.compare(morning, now) > 0) now = morning;
    },
  };
}

export interface YearParts {
  readonly store?: TenantStore;
  readonly psa?: Psa;
  readonly time?: YearTime;
}

export const memoryTenant = (): Promise<TenantStore> => memoryStore().for('year');

/**
 * The tenant without its activity log: a year of 300 organizations writes half a million rows of it, which no rule reads
 * and every commit of the memory store would copy.
 */
export const withoutActivity = (tenant: TenantStore): TenantStore => ({
  snapshot: () => tenant.snapshot(),
  commit: ({ put: { activity: _, ...put } = {}, ...changes }, options) =>
    tenant.commit({ ...changes, put }, options),
});

type Answers = Readonly<Record<string, Counts | 'failed'>>;

export async function yearCore(
  { modules, moduleOrganizations }: Pick<Book, 'modules' | 'moduleOrganizations'>,
  { store, psa = localPsa(), time = yearTime() }: YearParts = {},
): Promise<YearCore> {
  let answers: Answers = {};
  const sources = modules.map((module) =>
    sourceOf(module, moduleOrganizations, () => answers[module] ?? 'failed'),
  );
  const core: Core = {
    store: store ?? (await memoryTenant()),
    psa,
    sources: new Map(sources.map((source) => [source.module, source])),
    notifier: { syncFinished: async () => {} },
    clock: time.clock,
    newId: time.newId,
    syncQueue: new SyncQueue(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  return {
    core,
    moveTo: time.moveTo,
    answer: (next) => {
      answers = next;
    },
  };
}

function sourceOf(
  module: string,
  moduleOrganizations: readonly BookModuleOrganization[],
  answer: () => Counts | 'failed',
): UsageSource {
  const organizations = moduleOrganizations
    .filter((each) => each.module === module)
    .map(({ externalId }) => ({ externalId, name: `Site ${externalId}` }));
  const count = async () => {
    const counted = answer();
    if (counted === 'failed')
      throw new IcbError('source-unavailable', 'The module did not answer. Try again.');
    const counts = Object.entries(counted).flatMap(([externalId, types]) =>
      Object.entries(types).map(([billingType, quantity]) => ({ externalId, billingType, quantity })),
    );
    return { organizations, counts, devices: [] };
  };
  return { module: ModuleId.parse(module), count };
}
