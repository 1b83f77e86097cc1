import { addDays, addMonths, type IsoDate } from '../domain/calendar.ts';
import { moduleOrganizationId, OrganizationId } from '../domain/ids.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { DemoCustomer } from './demo-customers.ts';
import type { CountsByPeople, DemoModule } from './demo-modules.ts';
import type { SampleSite } from './sample-site.ts';

/** A module organization of the demo, with what it counts today. */
export interface DemoModuleOrganization {
  readonly record: ModuleOrganization;
  readonly counts: Readonly<Record<string, number>>;
}

export type PeopleByOrganization = ReadonlyMap<OrganizationId, number>;

/** The first day the module was counted. */
export const startOf = (module: DemoModule, today: IsoDate): IsoDate => addMonths(today, -module.monthsAgo);

/** Datto RMM's sites, under the ids and with the links its simulator serves. */
export const moduleOrganizationsOfSites = (
  module: DemoModule,
  sites: readonly SampleSite[],
  today: IsoDate,
): DemoModuleOrganization[] =>
  sites.map(({ uid, name, autotaskCompanyId, counts }) => ({
    record: {
      ...seen(module, uid, name, today),
      hints: autotaskCompanyId ? { organizationId: OrganizationId.parse(autotaskCompanyId) } : {},
    },
    counts,
  }));

/** One for each customer whose contract holds the module's service, under the customer's own name. */
export const moduleOrganizationsOfCustomers = (
  module: DemoModule & CountsByPeople,
  customers: readonly DemoCustomer[],
  people: PeopleByOrganization,
  today: IsoDate,
): DemoModuleOrganization[] =>
  customers
    .filter(({ services }) => services.has(module.service))
    .map(({ organization: { id, name } }) => ({
      record: { ...seen(module, `${module.id}-${id}`, name, today), hints: {} },
      counts: module.counts(people.get(id) ?? 10),
    }));

const seen = (module: DemoModule, externalId: string, name: string, today: IsoDate) => ({
  id: moduleOrganizationId(module.id, externalId),
  module: module.id,
  externalId,
  name,
  firstSeen: startOf(module, today),
  lastSeen: addDays(today, -1),
});

/** Desktops and laptops stand for the people of an organization. */
export function peopleByOrganization(
  counted: readonly DemoModuleOrganization[],
  mappings: readonly OrganizationMapping[],
): PeopleByOrganization {
  const countsOf = new Map(counted.map(({ record, counts }) => [record.id, counts]));
  const people = new Map<OrganizationId, number>();
  for (const mapping of mappings) {
    if (mapping.status !== 'mapped') continue;
    const { Desktop = 0, Laptop = 0 } = countsOf.get(mapping.id) ?? {};
    people.set(mapping.organizationId, (people.get(mapping.organizationId) ?? 0) + Desktop + Laptop);
  }
  return people;
}
