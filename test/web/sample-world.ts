import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { BillingItem as BillingItemSchema } from '../../src/domain/billing-item.ts';
import { addDays, addMonths, dateIn, daysInclusive, isoDate } from '../../src/domain/calendar.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import { money, prorate, roundToCents } from '../../src/domain/money.ts';
import type { UsageAnswer, UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';

/** 22 November 2026, noon: the day every sample happens on. */
export const NOON = Temporal.Instant.from('2026-11-22T12:00:00Z');
export const RMM = ModuleId.parse('datto-rmm');

/** A module that answers what the test puts into it; `problem` makes it fail. */
export interface StandInSource extends UsageSource {
  answer: UsageAnswer;
  problem?: Error | undefined;
}

export function standInSource(): StandInSource {
  const source: StandInSource = {
    module: RMM,
    answer: {
      organizations: [
        { externalId: 's1', name: 'Daily Mail' },
        { externalId: 's2', name: 'Acme' },
      ],
      counts: [
        { externalId: 's1', billingType: 'AllDevicesMetric', quantity: 14 },
        { externalId: 's2', billingType: 'AllDevicesMetric', quantity: 6 },
      ],
      devices: [],
    },
    async count() {
      if (source.problem) throw source.problem;
      return source.answer;
    },
  };
  return source;
}

export interface LogLine {
  readonly facts: object;
  readonly message: string;
}

export async function sampleCore(source: UsageSource = standInSource(), log: LogLine[] = []): Promise<Core> {
  let count = 0;
  const note = (facts: object, message: string): void => {
    log.push({ facts, message });
  };
  return {
    store: await memoryStore().for('default'),
    psa: localPsa(),
    sources: new Map([[source.module, source]]),
    notifier: { syncFinished: async () => {} },
    clock: { now: () => NOON, today: () => dateIn(NOON, 'UTC'), timeZone: 'UTC' },
    newId: (prefix) => `${prefix}_${String(++count).padStart(5, '0')}`,
    syncQueue: new SyncQueue(),
    log: { info: note, warn: note, error: note },
  };
}

export const HOSTILE = '<script>alert(1)</script> & "Sons"';

/** Three organizations with a monthly contract each. */
export const BOOK = {
  organizations: [
    { id: 'o1', name: 'Daily Mail', type: 'customer', active: true },
    { id: 'o2', name: 'Acme', type: 'customer', active: true },
    { id: 'o3', name: HOSTILE, type: 'customer', active: true },
  ],
  contracts: ['o1', 'o2', 'o3'].map((organizationId, at) => ({
    id: `c${at + 1}`,
    organizationId,
    name: 'Managed services',
    type: 'recurring-service',
    periodType: 'monthly',
    status: 'active',
    startDate: '2025-11-01',
    endDate: null,
  })),
  contractServices: ['c1', 'c2', 'c3'].map((contractId, at) => ({
    id: `cs${at + 1}`,
    contractId,
    service: 'Desktop Monitoring',
    unitPrice: '12.50',
    unitCost: '4.00',
    currency: 'USD',
  })),
};

export const importSampleBook = (core: Core) => importBook(core, { by: SYSTEM, book: BOOK });

/** One whole-month billing item; what a test does not care about is filled in. */
export function sampleItem(
  part: Partial<Record<keyof BillingItem, unknown>> & { id: string; month?: string },
): BillingItem {
  const { month = '2026-11', ...given } = part;
  const start = isoDate(`${month}-01`);
  const end = addDays(addMonths(start, 1), -1);
  const days = daysInclusive(start, end);
  const {
    units = 10,
    unitPrice = '12.50',
    status = 'pending',
  } = given as { units?: number; unitPrice?: string; status?: string };
  const full = prorate(money(unitPrice), units, days, days);
  const cost = prorate(money('4.00'), units, days, days);
  return BillingItemSchema.parse({
    kind: 'period',
    organizationId: 'o1',
    contractId: 'c1',
    contractServiceId: 'cs1',
    service: 'Desktop Monitoring',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    period: { start, end, days },
    itemDate: start,
    days,
    units,
    unitPrice,
    unitCost: '4.00',
    amount: status === 'posted' ? roundToCents(full) : full,
    cost,
    currency: 'USD',
    status,
    ...(status === 'posted' && { postedAt: '2026-11-02T08:00:00Z', postedBy: SYSTEM }),
    ...given,
  });
}

export const putItems = (core: Core, items: readonly BillingItem[]) =>
  core.store.commit({ put: { billingItems: items } });
