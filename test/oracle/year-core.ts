import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import type { Psa } from '../../src/ports/psa.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import type { BookModuleOrganization, Counts } from './event-log.ts';

/** icb with vendors that answer what the test says, on a clock that the test moves. */
export interface YearCore {
  readonly core: Core;
  /** Moves business time; every call is a minute later than the one before. */
  moveTo(date: string): void;
  /** What the modules answer from now on; one left out does not answer. */
  answer(answers: Readonly<Record<string, Counts | 'failed'>>): void;
}

export interface YearParts {
  readonly store?: TenantStore;
  readonly psa?: Psa;
}

export const memoryTenant = (): Promise<TenantStore> => memoryStore().for('year');

export async function yearCore(
  modules: readonly string[],
  moduleOrganizations: readonly BookModuleOrganization[],
  { store, psa = localPsa() }: YearParts = {},
): Promise<YearCore> {
  let now = Temporal.Instant.from('2026-01-01T00:00:00Z');
  let answers: Readonly<Record<string, Counts | 'failed'>> = {};
  let ids = 0;
  const sources = modules.map((module): [ModuleId, UsageSource] => {
    const id = ModuleId.parse(module);
    const organizations = moduleOrganizations
      .filter((each) => each.module === module)
      .map(({ externalId }) => ({ externalId, name: `Site ${externalId}` }));
    const count = async () => {
      const answer = answers[module] ?? 'failed';
      if (answer === 'failed')
        throw new IcbError('source-unavailable', 'The module did not answer. Try again.');
      const counts = Object.entries(answer).flatMap(([externalId, types]) =>
        Object.entries(types).map(([billingType, quantity]) => ({ externalId, billingType, quantity })),
      );
      return { organizations, counts, devices: [] };
    };
    return [id, { module: id, count }];
  });
  const core: Core = {
    store: store ?? (await memoryTenant()),
    psa,
    sources: new Map(sources),
    notifier: { syncFinished: async () => {} },
    clock: {
      now: () => {
        now = now.add({ milliseconds: 1 });
        return now;
      },
      today: () => isoDate(now.toString().slice(0, 10)),
      timeZone: 'UTC',
    },
    newId: (prefix) => `${prefix}_${String(++ids).padStart(8, '0')}`,
    syncQueue: new SyncQueue(),
    log: {
      info: () => {},
      warn: () => {},
      error: ({ err }: { err?: unknown }) => {
        throw err;
      },
    },
  };
  return {
    core,
    moveTo: (date) => {
      const morning = Temporal.Instant.from(`${date}T01:15:00Z`);
      if (Temporal.Instant.compare(morning, now) > 0) now = morning;
    },
    answer: (next) => {
      answers = next;
    },
  };
}
