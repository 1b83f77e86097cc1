import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import type { IcbError } from '../../src/domain/errors.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { SourceCount, UsageAnswer, UsageSource } from '../../src/ports/usage-source.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { mapBillingTypes, type ServiceMappingDecision } from '../../src/usecases/map-billing-types.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { type SyncRequest, startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';

export const ADA: Actor = { kind: 'slack', userId: 'U1', name: 'Ada' };
export const BOB: Actor = { kind: 'slack', userId: 'U2', name: 'Bob' };
export const RMM = ModuleId.parse('datto-rmm');

const contract = (id: string, organizationId: string, more: object = {}) => ({
  id,
  organizationId,
  name: `Contract ${id}`,
  type: 'recurring-service',
  periodType: 'monthly',
  status: 'active',
  startDate: '2026-01-01',
  endDate: null,
  ...more,
});
const service = (id: string, contractId: string, name: string, more: object = {}) => ({
  id,
  contractId,
  service: name,
  unitPrice: '12.50',
  unitCost: '4.00',
  currency: 'USD',
  ...more,
});

/** Daily Mail (1) and Acme (2) can be billed; the others cannot, each for a reason of its own. */
export const BOOK = {
  organizations: [
    { id: '0', name: 'Northwind IT', type: 'customer', active: true },
    { id: '1', name: 'Daily Mail', type: 'customer', active: true },
    { id: '2', name: 'Acme', type: 'customer', active: true },
    { id: '3', name: 'Gone', type: 'dead', active: true },
    { id: '4', name: 'Leaving', type: 'cancellation', active: true },
    { id: '5', name: 'Asleep', type: 'customer', active: false },
  ],
  contracts: [
    contract('c0', '0'),
    contract('c1', '1'),
    contract('c2', '2'),
    contract('c2b', '2'),
    contract('c3', '3'),
    contract('quarterly', '1', { periodType: 'quarterly' }),
    contract('inactive', '1', { status: 'inactive' }),
    contract('empty', '1'),
    contract('retainer', '1', { type: 'retainer' }),
    contract('ended', '1', { endDate: '2026-06-30' }),
  ],
  contractServices: [
    service('s0', 'c0', 'Own'),
    service('s1', 'c1', 'Desktop Monitoring'),
    service('s1b', 'c1', 'Server Monitoring', { unitPrice: '40.00' }),
    service('s2', 'c2', 'Desktop Monitoring'),
    service('s2b', 'c2b', 'Desktop Monitoring'),
    service('s3', 'c3', 'Desktop Monitoring'),
    ...['quarterly', 'inactive', 'retainer', 'ended'].map((id) =>
      service(`s-${id}`, id, 'Desktop Monitoring'),
    ),
  ],
};

/** An icb in memory, with what a test turns: the clock, the module, the channel. */
export class Office {
  readonly core: Core;
  readonly told: SyncRun[] = [];
  readonly logged: { readonly facts: object; readonly message: string }[] = [];
  /** Sites by name with their counts; replaced by `problem` when that is set. */
  sites: Record<string, Record<string, number>> = {
    'Daily Mail': { AllDevicesMetric: 14, Server: 2 },
    Acme: { AllDevicesMetric: 6 },
  };
  /** Where set, the names (and ids) of Daily Mail's devices; else each site has one server. */
  devices: readonly string[] | undefined;
  /** What the module cannot tell. */
  limits: Pick<UsageAnswer, 'billingTypes' | 'unknown' | 'untold'> = {};
  problem: unknown;
  /** Where set, counting waits for it. */
  gate: Promise<unknown> | undefined;
  notify: (run: SyncRun) => Promise<void> = async () => {};
  #now = Temporal.Instant.from('2026-11-10T09:00:00Z');
  #ids = 0;

  private constructor(store: Core['store'], { connected = true }: { connected?: boolean } = {}) {
    const source: UsageSource = { module: RMM, count: (options) => this.#count(options.onRequest) };
    const log = (facts: object, message: string) => void this.logged.push({ facts, message });
    this.core = {
      store,
      psa: localPsa(),
      sources: new Map(connected ? [[RMM, source]] : []),
      notifier: {
        syncFinished: async (run) => {
          this.told.push(run);
          await this.notify(run);
        },
      },
      clock: {
        now: () => {
          this.#now = this.#now.add({ milliseconds: 1 });
          return this.#now;
        },
        today: () => dateIn(this.#now, 'UTC'),
        timeZone: 'UTC',
      },
      newId: (prefix) => `${prefix}_${String(++this.#ids).padStart(6, '0')}`,
      syncQueue: new SyncQueue(),
      log: { info: log, warn: log, error: log },
    };
  }

  static async empty(options: { connected?: boolean; core?: Core } = {}): Promise<Office> {
    return new Office(options.core?.store ?? (await memoryStore().for('default')), options);
  }

  /** With the book imported and Datto RMM enabled and counted once. */
  static async open(): Promise<Office> {
    const office = await Office.empty();
    await importBook(office.core, { by: ADA, book: BOOK });
    await enableModule(office.core, { module: 'datto-rmm', by: ADA });
    await office.sync();
    return office;
  }

  /** As `open`, with both organizations mapped and no service. */
  static async ready(): Promise<Office> {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapOrganization('Acme', '2');
    return office;
  }

  /** As `open`, with Daily Mail mapped and its devices on Desktop Monitoring from the period's start. */
  static async mapped(): Promise<Office> {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    return office;
  }

  async #count(onRequest?: () => void): Promise<UsageAnswer> {
    onRequest?.();
    await this.gate;
    if (this.problem) throw this.problem;
    const counts = Object.entries(this.sites).flatMap(([externalId, own]): SourceCount[] =>
      Object.entries(own).map(([billingType, quantity]) => ({ externalId, billingType, quantity })),
    );
    const devices = this.devices
      ? this.devices.map((name) => ({ externalId: 'Daily Mail', id: name, name, billingType: 'Desktop' }))
      : Object.keys(this.sites).map((externalId) => ({
          externalId,
          id: `${externalId}-1`,
          name: `SRV-${externalId}`,
          billingType: 'Server',
        }));
    return {
      organizations: Object.keys(this.sites).map((name) => ({ externalId: name, name })),
      counts,
      devices,
      ...this.limits,
    };
  }

  /** Nine in the morning of `date`. */
  day(date: string): this {
    this.#now = Temporal.Instant.from(`${date}T09:00:00Z`);
    return this;
  }

  at(instant: string): this {
    this.#now = Temporal.Instant.from(instant);
    return this;
  }

  async sync(request: Partial<SyncRequest> = {}): Promise<SyncRun> {
    return (await startSync(this.core, { trigger: 'api', by: ADA, ...request })).finished;
  }

  mapOrganization(site: string, organizationId: string) {
    return confirmMappings(this.core, {
      by: ADA,
      mappings: [{ moduleOrganizationId: `datto-rmm:${site}`, organizationId }],
    });
  }

  mapService(decision: Partial<ServiceMappingDecision> & object) {
    const mapping = { module: 'datto-rmm', billingType: 'AllDevicesMetric', ...decision };
    return mapBillingTypes(this.core, { by: ADA, mappings: [mapping as ServiceMappingDecision] });
  }

  /** `pending period 2026-11-01 14 175.00`, oldest first. */
  async items(): Promise<string[]> {
    const { items } = await listBillingItems(this.core, { filter: {} });
    return items
      .toReversed()
      .map(({ status, kind, itemDate, units, amount }) => `${status} ${kind} ${itemDate} ${units} ${amount}`);
  }

  async plan() {
    return (await previewSync(this.core)).lines;
  }

  list<K extends Parameters<Awaited<ReturnType<Core['store']['snapshot']>>['list']>[0]>(kind: K) {
    return this.core.store.snapshot().then((snapshot) => snapshot.list(kind));
  }

  async revision(): Promise<number> {
    return (await this.core.store.snapshot()).revision;
  }
}

/** What `work` was refused with, or an error when it was not. */
export async function refusal(
  work: Promise<unknown>,
): Promise<Pick<IcbError, 'code' | 'message' | 'details'>> {
  try {
    await work;
  } catch (error) {
    const { code, message, details } = error as IcbError;
    return { code, message, details };
  }
  throw new Error('it was not refused');
}
