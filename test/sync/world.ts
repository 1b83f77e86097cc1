import { SYSTEM } from '../../src/domain/actor.ts';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { type IsoInstant, isoDate, isoInstant } from '../../src/domain/calendar.ts';
import { Contract, ContractService } from '../../src/domain/contract.ts';
import { ModuleState } from '../../src/domain/module.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { roundToCents } from '../../src/domain/money.ts';
import { Organization } from '../../src/domain/organization.ts';
import { OrganizationMapping } from '../../src/domain/organization-mapping.ts';
import { ServiceMapping, serviceMappingId } from '../../src/domain/service-mapping.ts';
import type { UnitLedger } from '../../src/domain/unit-ledger.ts';
import { UsageReport } from '../../src/domain/usage-count.ts';
import type { PlanInput } from '../../src/sync/plan-input.ts';
import { type Plan, planSync } from '../../src/sync/plan-sync.ts';

const AT = '2026-11-01T01:15:00.000Z' as IsoInstant;
const BY = { by: SYSTEM, at: AT };

/** Daily Mail with one Datto RMM site, one monthly contract and the service Desktop Monitoring at 12.50. */
export class World {
  input: PlanInput;
  #taken = 0;

  constructor(overrides: { startDate?: string; endDate?: string; units?: number; readOn?: string } = {}) {
    this.input = {
      today: isoDate('2026-11-10'),
      organizations: [Organization.parse({ id: '1', name: 'Daily Mail', type: 'customer', active: true })],
      contracts: [
        Contract.parse({
          id: 'c1',
          organizationId: '1',
          name: 'Managed services',
          type: 'recurring-service',
          periodType: 'monthly',
          status: 'active',
          startDate: overrides.startDate ?? '2026-01-01',
          endDate: overrides.endDate ?? null,
        }),
      ],
      contractServices: [
        ContractService.parse({
          id: 's1',
          contractId: 'c1',
          service: 'Desktop Monitoring',
          unitPrice: '12.50',
          unitCost: '4.00',
          currency: 'USD',
          units: overrides.units ?? 0,
          readOn: overrides.readOn ?? '2026-11-01',
        }),
        ContractService.parse({
          id: 's2',
          contractId: 'c1',
          service: 'Server Monitoring',
          unitPrice: '40',
          currency: 'USD',
          readOn: '2026-11-01',
        }),
      ],
      moduleStates: [ModuleState.parse({ id: 'datto-rmm', enabled: true, changedAt: AT, changedBy: SYSTEM })],
      moduleOrganizations: [
        ModuleOrganization.parse({
          id: 'datto-rmm:site-1',
          module: 'datto-rmm',
          externalId: 'site-1',
          name: 'Daily Mail',
          firstSeen: '2026-11-01',
          lastSeen: '2026-11-01',
        }),
      ],
      organizationMappings: [
        OrganizationMapping.parse({
          status: 'mapped',
          id: 'datto-rmm:site-1',
          module: 'datto-rmm',
          organizationId: '1',
          ...BY,
        }),
      ],
      serviceMappings: [],
      unitLedgers: [],
      usageReports: [],
      billingItems: [],
    };
  }

  map(options: {
    since: string;
    from?: string;
    unitRule?: string;
    service?: string;
    [more: string]: unknown;
  }): this {
    const { since, from = 'period-start', unitRule = 'prorate-daily', service = 's1', ...more } = options;
    const mapping = ServiceMapping.parse({
      status: 'mapped',
      id: serviceMappingId('c1', 'datto-rmm', 'AllDevicesMetric'),
      contractId: 'c1',
      module: 'datto-rmm',
      billingType: 'AllDevicesMetric',
      contractServiceId: service,
      unitRule,
      from,
      since,
      ...BY,
      ...more,
    });
    return this.set({ serviceMappings: [mapping] });
  }

  ignore(): this {
    const [mapping] = this.input.serviceMappings;
    if (!mapping) throw new Error('map first');
    const { id, contractId, module, billingType } = mapping;
    return this.set({ serviceMappings: [{ status: 'ignored', id, contractId, module, billingType, ...BY }] });
  }

  /** A complete report of `date`, and the business day moves there. */
  count(date: string, quantity: number, more: Record<string, number> = {}): this {
    const report = UsageReport.parse({
      id: `datto-rmm:${date}`,
      module: 'datto-rmm',
      date,
      // Counted one second after the count before, so that a recount is newer than what it replaces.
      takenAt: isoInstant(Temporal.Instant.from(AT).add({ seconds: this.#taken++ })),
      complete: true,
      counts: Object.fromEntries(
        Object.entries({ 'site-1': quantity, ...more }).map(([id, each]) => [id, { AllDevicesMetric: each }]),
      ),
    });
    const others = this.input.usageReports.filter((other) => other.date !== report.date);
    return this.set({ usageReports: [...others, report] }).day(date);
  }

  /** A day counted again later: the business day stays. */
  recount(date: string, quantity: number): this {
    const { today } = this.input;
    return this.count(date, quantity).day(today);
  }

  /** A second site of the organization, mapped from now on. */
  mapSite(id: string): this {
    const [site] = this.input.moduleOrganizations;
    const [mapping] = this.input.organizationMappings;
    if (!site || !mapping) throw new Error('no site');
    return this.set({
      moduleOrganizations: [
        ...this.input.moduleOrganizations,
        ModuleOrganization.parse({ ...site, id: `datto-rmm:${id}`, externalId: id }),
      ],
      organizationMappings: [
        ...this.input.organizationMappings,
        OrganizationMapping.parse({ ...mapping, id: `datto-rmm:${id}` }),
      ],
    });
  }

  day(date: string): this {
    return this.set({ today: isoDate(date) });
  }

  set(changes: Partial<PlanInput>): this {
    this.input = { ...this.input, ...changes };
    return this;
  }

  plan(): Plan {
    return planSync(this.input);
  }

  /** Plans and takes the plan over, as a run does. */
  run(): Plan {
    const plan = this.plan();
    const removed = new Set<string>(plan.items.remove.map((item) => item.id));
    this.set({
      unitLedgers: merge<UnitLedger>(this.input.unitLedgers, plan.ledgers),
      billingItems: merge<BillingItem>(this.input.billingItems, plan.items.put).filter(
        (item) => !removed.has(item.id),
      ),
    });
    return plan;
  }

  post(): this {
    const posted = this.input.billingItems.map((item) =>
      item.status === 'posted'
        ? item
        : {
            ...item,
            status: 'posted' as const,
            amount: roundToCents(item.amount),
            postedAt: AT,
            postedBy: SYSTEM,
          },
    );
    return this.set({ billingItems: posted });
  }

  /** Items as one can write them in a table: `pending period 2026-11-01 datto-rmm 10 125.00`. */
  items(): string[] {
    const orderOf = ({ itemDate, status, id }: BillingItem) =>
      `${itemDate} ${status === 'posted' ? 'first' : 'then'} ${id}`;
    return this.input.billingItems
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
      .map(
        (item) =>
          [item.status, item.kind, item.itemDate, item.module ?? '-', item.units, item.amount].join(' ') +
          (item.corrects ? ' corrects' : ''),
      );
  }
}

function merge<T extends { readonly id: string }>(before: readonly T[], put: readonly T[]): T[] {
  return [...new Map([...before, ...put].map((record) => [record.id, record])).values()];
}
