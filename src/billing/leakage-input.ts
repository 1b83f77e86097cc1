import { addDays, type IsoDate } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import { LOOK_BACK_DAYS } from '../domain/leakage.ts';
import type { Module, ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { type Containment, containmentOf } from './containment.ts';

/** Everything leakage depends on. The same input always gives the same rows. */
export interface LeakageInput {
  readonly today: IsoDate;
  /** The catalogue: which billing types contain which. */
  readonly modules: readonly Module[];
  readonly organizations: readonly Organization[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly moduleStates: readonly ModuleState[];
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly organizationMappings: readonly OrganizationMapping[];
  readonly serviceMappings: readonly ServiceMapping[];
  /** Of the last `LOOK_BACK_DAYS` at least; older ones are not looked at. */
  readonly usageReports: readonly UsageReport[];
  /** What a sync would do today: which service mappings are held or blocked, and what they have in force. */
  readonly lines: readonly PlanLine[];
}

/** A person's decision about a billing type on one contract, with what is known about it. */
export interface Decision {
  readonly mapping: ServiceMapping;
  readonly contract: Contract;
  readonly service: ContractService | undefined;
  readonly line: PlanLine | undefined;
}

/** The input by the keys that are looked up. */
export interface LeakageIndex {
  readonly today: IsoDate;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly moduleOrganizations: ReadonlyMap<string, readonly ModuleOrganization[]>;
  readonly organizationMappings: ReadonlyMap<string, OrganizationMapping>;
  /** By organization. */
  readonly contracts: ReadonlyMap<string, readonly Contract[]>;
  /** By contract. */
  readonly services: ReadonlyMap<string, readonly ContractService[]>;
  readonly decisions: readonly Decision[];
  decisionsOn(organizationId: string, module: string, billingType: string): readonly Decision[];
  /** Whether anybody decided about the module on the contract. */
  feeds(contractId: string, module: string): boolean;
  /** Reports of a module, the newest first. */
  reportsOf(module: string): readonly UsageReport[];
  containment(module: string): Containment;
}

export function indexLeakage(input: LeakageInput): LeakageIndex {
  const contracts = byId(input.contracts);
  const services = byId(input.contractServices);
  const lines = byId(input.lines);
  const decisions = input.serviceMappings.flatMap((mapping): Decision[] => {
    const contract = contracts.get(mapping.contractId);
    const service = mapping.status === 'mapped' ? services.get(mapping.contractServiceId) : undefined;
    return contract ? [{ mapping, contract, service, line: lines.get(mapping.id) }] : [];
  });
  const decided = Map.groupBy(decisions, ({ mapping, contract }) =>
    keyOf(contract.organizationId, mapping.module, mapping.billingType),
  );
  const fed = new Set(decisions.map(({ mapping }) => `${mapping.module}\n${mapping.contractId}`));
  const modules = new Map(input.modules.map((module) => [module.id as string, containmentOf(module)]));
  const reports = newestFirst(input.usageReports);
  return {
    today: input.today,
    organizations: byId(input.organizations),
    moduleOrganizations: Map.groupBy(input.moduleOrganizations, (each) => each.module as string),
    organizationMappings: byId(input.organizationMappings),
    contracts: Map.groupBy(input.contracts, (contract) => contract.organizationId as string),
    services: Map.groupBy(input.contractServices, (service) => service.contractId as string),
    decisions,
    decisionsOn: (organizationId, module, billingType) =>
      decided.get(keyOf(organizationId, module, billingType)) ?? [],
    feeds: (contractId, module) => fed.has(`${module}\n${contractId}`),
    reportsOf: (module) => reports.get(module) ?? [],
    containment: (module) => modules.get(module) ?? NOTHING_INSIDE,
  };
}

const NOTHING_INSIDE = containmentOf(undefined);

const keyOf = (organizationId: string, module: string, billingType: string): string =>
  `${module}\n${organizationId}\n${billingType}`;

const byId = <T extends { readonly id: string }>(records: readonly T[]): Map<string, T> =>
  new Map(records.map((record) => [record.id, record]));

/** By module, no further back from its newest report than `LOOK_BACK_DAYS`. */
function newestFirst(reports: readonly UsageReport[]): Map<string, readonly UsageReport[]> {
  const sorted = reports.toSorted((a, b) => (a.date > b.date ? -1 : 1));
  return new Map(
    [...Map.groupBy(sorted, (report) => report.module as string)].map(([module, own]) => {
      const oldest = own[0] && addDays(own[0].date, -LOOK_BACK_DAYS);
      return [module, own.filter((report) => oldest !== undefined && report.date >= oldest)];
    }),
  );
}
