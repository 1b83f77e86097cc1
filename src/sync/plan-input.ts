import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import type { HoldLimits } from '../domain/settings.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';

/** Everything a plan depends on. The same input always gives the same plan. */
export interface PlanInput {
  readonly today: IsoDate;
  readonly organizations: readonly Organization[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly moduleStates: readonly ModuleState[];
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly organizationMappings: readonly OrganizationMapping[];
  readonly serviceMappings: readonly ServiceMapping[];
  readonly unitLedgers: readonly UnitLedger[];
  readonly usageReports: readonly UsageReport[];
  /** Items of every period that begins on or after `itemsFrom`. */
  readonly billingItems: readonly BillingItem[];
  /** Periods that begin earlier are not looked at: their items are not known here. Left out: all are. */
  readonly itemsFrom?: IsoDate;
  /** When counts wait for a person. Left out: never. */
  readonly holdLimits?: HoldLimits;
  /** What people decided about counts that waited. */
  readonly lineDecisions?: readonly LineDecisions[];
}

/** The input by the keys that planning looks up. */
export interface PlanIndex {
  readonly input: PlanInput;
  readonly today: IsoDate;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly services: ReadonlyMap<string, ContractService>;
  /** How many services a contract holds. */
  readonly servicesOn: ReadonlyMap<string, number>;
  readonly moduleStates: ReadonlyMap<string, ModuleState>;
  /** Reports by module, ascending by date. */
  readonly reports: ReadonlyMap<string, readonly UsageReport[]>;
  /** External ids mapped to an organization, by `<module> <organization>`. */
  readonly mappedTo: ReadonlyMap<string, readonly string[]>;
  readonly itemsByService: ReadonlyMap<string, readonly BillingItem[]>;
  /** Mappings of one billing type that share its count, by `sharingKey`. */
  readonly sharing: ReadonlyMap<string, readonly MappedService[]>;
  /** Decisions by plan line. */
  readonly decisions: ReadonlyMap<string, LineDecisions>;
}

export const mappedKey = (module: string, organizationId: string): string => `${module} ${organizationId}`;

/** The same usage: one billing type of one module at one organization. */
export const sharingKey = (mapping: ServiceMapping, organizationId: string): string =>
  JSON.stringify([mapping.module, mapping.billingType, organizationId]);

export function indexPlanInput(input: PlanInput): PlanIndex {
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    new Map(records.map((r) => [r.id as string, r]));
  const moduleOrganizations = byId(input.moduleOrganizations);
  const mapped = input.organizationMappings.filter((mapping) => mapping.status === 'mapped');
  const contracts = byId(input.contracts);
  const shared = input.serviceMappings.filter(
    (mapping): mapping is MappedService => mapping.status === 'mapped' && mapping.share !== undefined,
  );
  const servicesOn = Map.groupBy(input.contractServices, (service) => service.contractId as string);
  return {
    input,
    today: input.today,
    organizations: byId(input.organizations),
    contracts,
    services: byId(input.contractServices),
    servicesOn: new Map([...servicesOn].map(([id, services]) => [id, services.length])),
    moduleStates: byId(input.moduleStates),
    reports: Map.groupBy(
      input.usageReports.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
      (report) => report.module,
    ),
    mappedTo: new Map(
      [...Map.groupBy(mapped, (mapping) => mappedKey(mapping.module, mapping.organizationId))].map(
        ([key, mappings]) => [
          key,
          mappings.flatMap((mapping) => moduleOrganizations.get(mapping.id)?.externalId ?? []),
        ],
      ),
    ),
    itemsByService: Map.groupBy(input.billingItems, (item) => item.contractServiceId as string),
    decisions: byId(input.lineDecisions ?? []),
    sharing: Map.groupBy(shared, (mapping) =>
      sharingKey(mapping, contracts.get(mapping.contractId)?.organizationId ?? ''),
    ),
  };
}
