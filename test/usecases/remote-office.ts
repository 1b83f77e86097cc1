import { finalUnits } from '../../src/domain/unit-ledger.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes, type ServiceMappingDecision } from '../../src/usecases/map-billing-types.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { type SyncRequest, startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { FakeRemotePsa } from '../support/fake-remote-psa.ts';
import { ADA, BOOK, Office } from './office.ts';

/** An icb whose PSA lives elsewhere: Daily Mail (c1) and Acme (c2) with a service each that can be fed. */
export class RemoteOffice {
  readonly office: Office;
  readonly psa: FakeRemotePsa;
  readonly waits: number[] = [];
  core: Core;
  /** Called while the run waits. */
  atWait: () => void | Promise<void> = () => {};

  private constructor(office: Office, psa: FakeRemotePsa) {
    this.office = office;
    this.psa = psa;
    this.core = this.started();
  }

  /** @param units that contract services hold in the PSA already */
  static async empty(units: Record<string, number> = {}, day = '2026-11-10'): Promise<RemoteOffice> {
    const office = (await Office.empty()).day(day);
    const psa = new FakeRemotePsa(
      {
        ...BOOK,
        contractServices: BOOK.contractServices.map((service) => ({
          ...service,
          units: units[service.id] ?? 0,
        })),
      },
      office.core.clock,
    );
    return new RemoteOffice(office, psa);
  }

  /** With the book read, the module counted once, and Daily Mail's devices on Desktop Monitoring. */
  static async mapped(units: Record<string, number> = {}, day = '2026-11-10'): Promise<RemoteOffice> {
    const world = await RemoteOffice.empty(units, day);
    await enableModule(world.core, { module: 'datto-rmm', by: ADA });
    await world.night();
    await world.mapOrganization('Daily Mail', '1');
    await world.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    return world;
  }

  /** icb as it starts anew on what is stored. */
  started(parts: Partial<Core> = {}): Core {
    return {
      ...this.office.core,
      psa: this.psa.psa,
      syncQueue: new SyncQueue(),
      wait: async (ms) => {
        this.waits.push(Math.ceil(ms / 60_000));
        const until = this.office.core.clock.now().add({ milliseconds: ms });
        await this.atWait();
        this.office.at(until.toString());
      },
      ...parts,
    };
  }

  async restart(): Promise<void> {
    this.core = this.started();
    await recoverRuns(this.core);
    await this.core.syncQueue.idle();
  }

  async night(request: Partial<SyncRequest> = {}) {
    return (await startSync(this.core, { trigger: 'night', by: ADA, ...request })).finished;
  }

  day(date: string): this {
    this.office.day(date);
    return this;
  }

  /** What Datto RMM counts at Daily Mail from now on. */
  devices(count: number): this {
    this.office.sites = { ...this.office.sites, 'Daily Mail': { AllDevicesMetric: count, Server: 2 } };
    return this;
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

  list: Office['list'] = (kind) => this.office.list(kind);

  /** `s1 2026-11-16 +4 confirmed`, by day. */
  async pushes(): Promise<string[]> {
    return (await this.list('unitPushes'))
      .map(({ contractServiceId, effectiveDate, change, state }) =>
        [contractServiceId, effectiveDate, `${change > 0 ? '+' : ''}${change}`, state.status].join(' '),
      )
      .sort();
  }

  /** Units by icb's ledgers, of services that are fed. */
  async ledgerUnits(): Promise<Record<string, number>> {
    const units: Record<string, number> = {};
    for (const { contractServiceId, changes } of await this.list('unitLedgers'))
      units[contractServiceId] = (units[contractServiceId] ?? 0) + finalUnits(changes);
    return units;
  }

  psaUnits(serviceId: string): number {
    return this.psa.unitsOn(serviceId, this.office.core.clock.today());
  }

  items(): Promise<string[]> {
    return this.office.items();
  }
}
