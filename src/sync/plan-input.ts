import type { Sharer } from '../billing/line-units.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { ContractId } from '../domain/ids.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import type { HoldLimits } from '../domain/settings.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { OrdinaryNight } from './ordinary-night.ts';

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
  /** Where a module has been counted: what an ordinary night does. */
  readonly nights: ReadonlyMap<string, OrdinaryNight>;
  /** External ids mapped to an organization, by `ofModule`. */
  readonly mappedTo: ReadonlyMap<string, readonly string[]>;
  /** Mappings of one billing type that share its count, by `sharingKey`. */
  readonly sharing: ReadonlyMap<string, readonly Sharer[]>;
  /** Decisions by plan line. */
  readonly decisions: ReadonlyMap<string, LineDecisions>;
  readonly onContracts: ReadonlyMap<string, OnContract>;
  /** Other active contracts of the same organization that run today as well; none for most. */
  readonly runningBeside: ReadonlyMap<string, readonly Contract[]>;
}

/** What hangs on one contract, in the order of the input. */
export interface OnContract {
  readonly services: readonly ContractService[];
  readonly unitLedgers: readonly UnitLedger[];
  readonly billingItems: readonly BillingItem[];
  /** Those in scope, by module and billing type. */
  readonly serviceMappings: readonly ServiceMapping[];
}

/** The reports of one module. */
export interface ModuleReports {
  /** Ascending by date. */
  readonly all: readonly UsageReport[];
  readonly newest: UsageReport;
  /** Of those before the newest one: the newest day, and when the last of them was taken. */
  readonly before: { readonly through: IsoDate | ''; readonly at: IsoInstant | '' };
}

/** The same usage: one billing type of one module at one organization. */
export const sharingKey = (mapping: ServiceMapping, organizationId: string): string =>
  JSON.stringify([mapping.module, mapping.billingType, organizationId]);

/** A module's usage at one organization. Modules' ids hold no blanks. */
export const ofModule = (module: string, organizationId: string): string => `${module} ${organizationId}`;

/** @param inScope service mappings to plan */
export function indexPlanInput(input: PlanInput, inScope: (mapping: ServiceMapping) => boolean): PlanIndex {
  const { today } = input;
  const reports = reportsByModule(input.usageReports);
  return {
    input,
    today,
    organizations: byId(input.organizations),
    moduleStates: byId(input.moduleStates),
    reports,
    nights: new Map([...reports].map(([module, all]) => [module, new OrdinaryNight(all, today)])),
    mappedTo: externalIdsByOrganization(input),
    sharing: mappingsThatShare(input),
    decisions: byId(input.lineDecisions ?? []),
    onContracts: byContract(input, inScope),
    runningBeside: runningBeside(input),
  };
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id as string, record]));

function runningBeside({ contracts, today }: PlanInput): ReadonlyMap<string, readonly Contract[]> {
  const running = contracts.filter(
    ({ status, startDate, endDate }) =>
      status === 'active' && startDate <= today && (endDate === null || today <= endDate),
  );
  const several = [...Map.groupBy(running, ({ organizationId }) => organizationId).values()].filter(
    (own) => own.length > 1,
  );
  return new Map(
    several.flatMap((own) => own.map(({ id }) => [id, own.filter((other) => other.id !== id)] as const)),
  );
}

type Growing = { [K in keyof OnContract]: OnContract[K][number][] };

function byContract(input: PlanInput, inScope: (mapping: ServiceMapping) => boolean) {
  const onContracts = new Map<string, Growing>();
  for (const { id } of input.contracts)
    onContracts.set(id, { services: [], unitLedgers: [], billingItems: [], serviceMappings: [] });
  eachOn(onContracts, input.contractServices, ({ services }, service) => services.push(service));
  eachOn(onContracts, input.unitLedgers, ({ unitLedgers }, ledger) => unitLedgers.push(ledger));
  eachOn(onContracts, input.billingItems, ({ billingItems }, item) => billingItems.push(item));
  addMappings(onContracts, input.serviceMappings, inScope);
  return onContracts;
}

/** Records of a contract mostly come one after another. */
function eachOn<T extends { readonly contractId: ContractId }>(
  onContracts: ReadonlyMap<string, Growing>,
  records: readonly T[],
  add: (on: Growing, record: T) => void,
): void {
  let contractId: ContractId | undefined;
  let on: Growing | undefined;
  for (const record of records) {
    if (record.contractId !== contractId) {
      contractId = record.contractId;
      on = onContracts.get(contractId);
    }
    if (on) add(on, record);
  }
}

/** In order of module and billing type: they recur in many mappings, so only the different ones are compared. */
function addMappings(
  onContracts: ReadonlyMap<string, Growing>,
  mappings: readonly ServiceMapping[],
  inScope: (mapping: ServiceMapping) => boolean,
): void {
  const byType = new Map<string, Map<string, OfType>>();
  eachOn(onContracts, mappings, (on, mapping) => {
    if (!inScope(mapping)) return;
    const ofType = byType
      .getOrInsertComputed(mapping.module, noTypes)
      .getOrInsertComputed(mapping.billingType, nothing);
    ofType.mappings.push(mapping);
    ofType.on.push(on);
  });
  for (const ofModule of inOrderOfName(byType))
    for (const { mappings, on } of inOrderOfName(ofModule))
      mappings.forEach((mapping, i) => {
        on[i]?.serviceMappings.push(mapping);
      });
}

/** Mappings of one module and billing type, and what each hangs on. */
interface OfType {
  readonly mappings: ServiceMapping[];
  readonly on: Growing[];
}
const noTypes = (): Map<string, OfType> => new Map();
const nothing = (): OfType => ({ mappings: [], on: [] });

const inOrderOfName = <T>(named: ReadonlyMap<string, T>): T[] =>
  [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);

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
      .getOrInsertComputed(ofModule(mapping.module, mapping.organizationId), () => [])
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
