import { leakage } from '../../src/billing/leakage.ts';
import type { LeakageInput } from '../../src/billing/leakage-input.ts';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { Contract, ContractService } from '../../src/domain/contract.ts';
import { ModuleState } from '../../src/domain/module.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization } from '../../src/domain/organization.ts';
import { OrganizationMapping } from '../../src/domain/organization-mapping.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { ServiceMapping, serviceMappingId } from '../../src/domain/service-mapping.ts';
import { UsageReport } from '../../src/domain/usage-count.ts';

const BY = { by: SYSTEM, at: '2026-11-01T08:00:00.000Z' as IsoInstant };
const RMM = 'datto-rmm';

/** A site as Datto RMM counts it: 10 desktops and 4 servers are 14 devices. */
export const SITE = { AllDevicesMetric: 14, 'Desktop & Laptop': 10, Desktop: 10, Server: 4 };

/** Organizations with Datto RMM sites and monthly contracts, on 20 November 2026. Nothing is there until it is said. */
export class LeakageWorld {
  #input: LeakageInput = {
    today: isoDate('2026-11-20'),
    modules: BUILT_IN.modules,
    organizations: [],
    contracts: [],
    contractServices: [],
    moduleStates: [ModuleState.parse({ id: RMM, enabled: true, changedAt: BY.at, changedBy: SYSTEM })],
    moduleOrganizations: [],
    organizationMappings: [],
    serviceMappings: [],
    usageReports: [],
    lines: [],
  };

  #add<K extends keyof LeakageInput>(
    key: K,
    ...records: LeakageInput[K] extends readonly (infer T)[] ? T[] : never
  ): this {
    this.#input = { ...this.#input, [key]: [...(this.#input[key] as readonly unknown[]), ...records] };
    return this;
  }

  organization(id: string, more: object = {}): this {
    return this.#add(
      'organizations',
      Organization.parse({ id, name: `Organization ${id}`, type: 'customer', active: true, ...more }),
    );
  }

  site(externalId: string, mapped: string | { ignored: string } | undefined, module = RMM): this {
    const id = `${module}:${externalId}`;
    const seen = { firstSeen: '2026-11-01', lastSeen: '2026-11-20' };
    this.#add(
      'moduleOrganizations',
      ModuleOrganization.parse({ id, module, externalId, name: externalId, ...seen }),
    );
    if (mapped === undefined) return this;
    const decision =
      typeof mapped === 'string'
        ? { status: 'mapped', organizationId: mapped }
        : { status: 'ignored', reason: mapped.ignored };
    return this.#add('organizationMappings', OrganizationMapping.parse({ id, module, ...BY, ...decision }));
  }

  /** A contract with one service: contract `c1` holds `s-c1`. */
  contract(id: string, organizationId: string, unitPrice: string, more: object = {}): this {
    const { currency = 'USD', ...rest } = more as { currency?: string };
    this.#add(
      'contracts',
      Contract.parse({
        id,
        organizationId,
        name: `Contract ${id}`,
        type: 'recurring-service',
        periodType: 'monthly',
        status: 'active',
        startDate: '2026-01-01',
        ...rest,
      }),
    );
    return this.#add(
      'contractServices',
      ContractService.parse({
        id: `s-${id}`,
        contractId: id,
        service: `Service ${id}`,
        unitPrice,
        currency,
        readOn: '2026-01-01',
      }),
    );
  }

  map(contractId: string, billingType: string, more: object = {}, module = RMM): this {
    return this.#add(
      'serviceMappings',
      ServiceMapping.parse({
        status: 'mapped',
        id: serviceMappingId(contractId, module, billingType),
        contractId,
        module,
        billingType,
        contractServiceId: `s-${contractId}`,
        unitRule: 'prorate-daily',
        from: 'period-start',
        since: '2026-11-01',
        ...BY,
        ...more,
      }),
    );
  }

  ignore(contractId: string, billingType: string): this {
    const id = serviceMappingId(contractId, RMM, billingType);
    return this.#add(
      'serviceMappings',
      ServiceMapping.parse({ status: 'ignored', id, contractId, module: RMM, billingType, ...BY }),
    );
  }

  /** What the plan says of a mapping. */
  line(contractId: string, billingType: string, line: Partial<Record<keyof PlanLine, unknown>>): this {
    const id = serviceMappingId(contractId, RMM, billingType);
    return this.#add('lines', { id, contractId, module: RMM, billingType, ...line } as unknown as PlanLine);
  }

  count(
    date: string,
    counts: Record<string, Record<string, number>>,
    more: { module?: string; complete?: boolean } = {},
  ): this {
    const { module = RMM, complete = true } = more;
    const report = { id: `${module}:${date}`, module, date, takenAt: BY.at, complete, counts };
    return this.#add('usageReports', UsageReport.parse(report));
  }

  enable(module: string): this {
    return this.#add(
      'moduleStates',
      ModuleState.parse({ id: module, enabled: true, changedAt: BY.at, changedBy: SYSTEM }),
    );
  }

  rows() {
    return leakage(this.#input);
  }

  /** Rows as one can write them in a table: `site-1 Server 4 ignored-billing-type 160.00 USD typical 2026-11-18`. */
  table(): string[] {
    return this.rows()
      .map((row) =>
        [
          row.moduleOrganizationId.replace(/^.*:/, ''),
          row.billingType,
          row.units,
          row.reason.code,
          ...(row.amount === undefined ? ['-'] : [row.amount, row.currency, row.priceFrom]),
          row.since,
        ].join(' '),
      )
      .toSorted();
  }
}
