import { BUILT_IN } from '../catalog/catalogue.ts';
import type { Actor } from '../domain/actor.ts';
import { type IsoDate, IsoInstant, later } from '../domain/calendar.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import { type ServiceMapping, serviceMappingId, type UnitRule } from '../domain/service-mapping.ts';
import { suggestMappings } from '../matching/suggest-mappings.ts';
import type { DemoCustomer } from './demo-customers.ts';
import type { DemoModule } from './demo-modules.ts';

/** People decide in the morning. */
export const decidedOn = (date: IsoDate): IsoInstant => IsoInstant.parse(`${date}T09:30:00.000Z`);

/** Left for whoever tries the demo to map, with a suggestion. */
const LEFT_OPEN: ReadonlySet<string> = new Set(['Daily Mail - Warehouse']);

/** The sure suggestions, as a person would have approved them on the module's first day. */
export function demoOrganizationMappings(
  module: DemoModule,
  moduleOrganizations: readonly ModuleOrganization[],
  organizations: readonly Organization[],
  start: IsoDate,
  by: Actor,
): OrganizationMapping[] {
  const open = new Set(moduleOrganizations.flatMap(({ id, name }) => (LEFT_OPEN.has(name) ? [id] : [])));
  return suggestMappings({ moduleOrganizations, organizations }).flatMap((suggestion) => {
    if (open.has(suggestion.moduleOrganizationId)) return [];
    const [candidate] = suggestion.candidates;
    if (suggestion.class !== 'sure' || !candidate) return [];
    const { organizationId, ...suggested } = candidate;
    return {
      status: 'mapped' as const,
      id: suggestion.moduleOrganizationId,
      module: module.id,
      by,
      at: decidedOn(start),
      organizationId,
      suggestion: suggested,
    };
  });
}

/** For each customer the module's billing types on the contract's services, the rest ignored. */
export const demoServiceMappings = (
  module: DemoModule,
  customers: readonly DemoCustomer[],
  start: IsoDate,
  by: Actor,
): ServiceMapping[] => customers.flatMap((customer) => serviceMappingsOf(module, customer, start, by));

function serviceMappingsOf(
  module: DemoModule,
  customer: DemoCustomer,
  start: IsoDate,
  by: Actor,
): ServiceMapping[] {
  const { contract, services } = customer;
  if (!services.has(module.service)) return [];
  const since = later(start, contract.startDate);
  const choices = module.choices(customer);
  return (BUILT_IN.find(module.id)?.billingTypes ?? []).map(({ name }): ServiceMapping => {
    const key = {
      id: serviceMappingId(contract.id, module.id, name),
      contractId: contract.id,
      module: module.id,
      billingType: name,
      by,
      at: decidedOn(since),
    };
    const service = services.get(choices[name] ?? '');
    if (!service) return { status: 'ignored', ...key };
    return {
      status: 'mapped',
      ...key,
      contractServiceId: service.id,
      unitRule: unitRuleOf(customer),
      from: 'period-start',
      since,
    };
  });
}

/** Customers billed in mid-month get no prorated lines. */
const unitRuleOf = ({ contract }: DemoCustomer): UnitRule =>
  contract.startDate.endsWith('-15') ? 'next-period' : 'prorate-daily';
