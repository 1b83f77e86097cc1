import type { Actor } from '../domain/actor.ts';
import { addDays, type IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { type DemoCustomers, demoCustomers } from './demo-customers.ts';
import { decidedOn, demoOrganizationMappings, demoServiceMappings } from './demo-mappings.ts';
import {
  type DemoModuleOrganization,
  moduleOrganizationsOfCustomers,
  moduleOrganizationsOfSites,
  peopleByOrganization,
  startOf,
} from './demo-module-organizations.ts';
import { DATTO_RMM, type DemoModule, OTHER_MODULES } from './demo-modules.ts';
import { demoUsageReports } from './demo-usage-reports.ts';
import type { SampleSite } from './sample-site.ts';

export interface FilledHistory {
  readonly moduleStates: readonly ModuleState[];
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly organizationMappings: readonly OrganizationMapping[];
  readonly serviceMappings: readonly ServiceMapping[];
  /** One a day and module, oldest first. */
  readonly usageReports: readonly UsageReport[];
}

export interface HistoryInput {
  readonly organizations: readonly Organization[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly sites: readonly SampleSite[];
  readonly today: IsoDate;
  /** Who made the decisions. */
  readonly by: Actor;
  readonly seed: number;
}

/**
 * Twelve months of decisions and daily usage counts for the sample MSP, up to and including yesterday: the counts of
 * `today` are for the first sync of the demo to find, and only a step away. Sure suggestions are mapped, all other
 * module organizations are left for a person. The same input gives the same history.
 */
export function filledHistory(input: HistoryInput): FilledHistory {
  const { today } = input;
  const customers = demoCustomers(input);
  const sites = moduleOrganizationsOfSites(DATTO_RMM, input.sites, today);
  const rmm = historyOf(DATTO_RMM, sites, customers, input);
  const people = peopleByOrganization(sites, rmm.organizationMappings);
  const others = OTHER_MODULES.map((module) =>
    historyOf(
      module,
      moduleOrganizationsOfCustomers(module, [...customers.values()], people, today),
      customers,
      input,
    ),
  );
  const parts = [rmm, ...others];
  return {
    moduleStates: parts.flatMap((part) => part.moduleStates),
    moduleOrganizations: parts.flatMap((part) => part.moduleOrganizations),
    organizationMappings: parts.flatMap((part) => part.organizationMappings),
    serviceMappings: parts.flatMap((part) => part.serviceMappings),
    usageReports: parts
      .flatMap((part) => part.usageReports)
      .sort((a, b) => Number(a.date > b.date) - Number(a.date < b.date)),
  };
}

/** One module's share of the history. */
function historyOf(
  module: DemoModule,
  counted: readonly DemoModuleOrganization[],
  customers: DemoCustomers,
  input: HistoryInput,
): FilledHistory {
  const { today, by, organizations } = input;
  const start = startOf(module, today);
  const moduleOrganizations = counted.map(({ record }) => record);
  const mappings = demoOrganizationMappings(module, moduleOrganizations, organizations, start, by);
  const mapped = new Set(mappings.flatMap((each) => (each.status === 'mapped' ? each.organizationId : [])));
  const billed = [...mapped].flatMap((id) => customers.get(id) ?? []);
  return {
    moduleStates: [
      {
        id: module.id,
        enabled: true,
        changedAt: decidedOn(start),
        changedBy: by,
        lastCountedAt: IsoInstant.parse(`${addDays(today, -1)}T01:15:00.000Z`),
      },
    ],
    moduleOrganizations,
    organizationMappings: mappings,
    serviceMappings: demoServiceMappings(module, billed, start, by),
    usageReports: demoUsageReports(module, counted, start, today, input.seed),
  };
}
