import type { Sharer } from '../billing/line-units.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
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
  readonly moduleStates: ReadonlyMap<string, ModuleState>;
  readonly reports: ReadonlyMap<string, ModuleReports>;
  /** External ids mapped to an organization, by `<module> <organization>`. */
  readonly mappedTo: ReadonlyMap<string, readonly string[]>;
  /** Mappings of one billing type that share its count, by `sharingKey`. */
  readonly sharing: ReadonlyMap<string, readonly Sharer[]>;
  /** Decisions by plan line. */
  readonly decisions: ReadonlyMap<string, LineDecisions>;
  readonly services: ByContract<ContractService>;
  readonly unitLedgers: ByContract<UnitLedger>;
  readonly billingItems: ByContract<BillingItem>;
}

type ByContract<T> = ReadonlyMap<string, readonly T[]>;

/** The reports of one module. */
export interface ModuleReports {
  /** Ascending by date. */
  readonly all: readonly UsageReport[];
  readonly newest: UsageReport;
  /** Of those before the newest one: the newest day, and when the last of them was taken. */
  readonly before: { readonly through: IsoDate | ''; readonly at: IsoInstant | '' };
}

export const mappedKey = (module: string, organizationId: string): string => `${module} ${organizationId}`;

/** The same usage: one billing type of one module at one organization. */
export const sharingKey = (mapping: ServiceMapping, organizationId: string): string =>
  JSON.stringify([mapping.module, mapping.billingType, organizationId]);

export function indexPlanInput(input: PlanInput): PlanIndex {
  return {
    input,
    today: input.today,
    organizations: byId(input.organizations),
    moduleStates: byId(input.moduleStates),
    reports: reportsByModule(input.usageReports),
    mappedTo: externalIdsByOrganization(input),
    sharing: mappingsThatShare(input),
    decisions: byId(input.lineDecisions ?? []),
    services: byContract(input.contractServices),
    unitLedgers: byContract(input.unitLedgers),
    billingItems: byContract(input.billingItems),
  };
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id as string, record]));

const byContract = <T extends { readonly contractId: string }>(records: readonly T[]): ByContract<T> =>
  Map.groupBy(records, (record) => record.contractId as string);

function reportsByModule(reports: readonly UsageReport[]): ReadonlyMap<string, ModuleReports> {
  const ascending = reports.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const byModule = Map.groupBy(ascending, (report) => report.module as string);
  return new Map(
    [...byModule].flatMap(([module, all]) => {
      const newest = all.at(-1);
      if (!newest) return [];
      const others = all.slice(0, -1);
      const through = others.at(-1)?.date ?? '';
      const at = others
        .map(({ takenAt }) => takenAt)
        .reduce((a, b) => (a > b ? a : b), '' as IsoInstant | '');
      return [[module, { all, newest, before: { through, at } }]];
    }),
  );
}

function externalIdsByOrganization({ moduleOrganizations, organizationMappings }: PlanInput) {
  const known = byId(moduleOrganizations);
  const externalIds = new Map<string, string[]>();
  for (const mapping of organizationMappings) {
    const externalId = known.get(mapping.id)?.externalId;
    if (mapping.status !== 'mapped' || externalId === undefined) continue;
    externalIds
      .getOrInsertComputed(mappedKey(mapping.module, mapping.organizationId), () => [])
      .push(externalId);
  }
  return externalIds;
}

function mappingsThatShare({ contracts, serviceMappings }: PlanInput) {
  const known = byId(contracts);
  const shared = serviceMappings.filter(
    (mapping): mapping is MappedService => mapping.status === 'mapped' && mapping.share !== undefined,
  );
  return Map.groupBy(
    shared.map((mapping) => ({ mapping, contract: known.get(mapping.contractId) })),
    ({ mapping, contract }) => sharingKey(mapping, contract?.organizationId ?? ''),
  );
}
