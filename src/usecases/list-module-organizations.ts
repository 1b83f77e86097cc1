import type { Actor } from '../domain/actor.ts';
import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { namesIn } from './names.ts';

export interface ModuleOrganizationView {
  readonly id: string;
  readonly module: string;
  readonly externalId: string;
  readonly name: string;
  readonly parentId?: string;
  readonly mapping: {
    readonly status: 'unmapped' | 'mapped' | 'ignored';
    readonly organizationId?: string;
    /** The organization's name. */
    readonly organization?: string;
    readonly by?: Actor;
    readonly at?: IsoInstant;
    readonly reason?: string;
  };
}

/** Module organizations with their mapping, by name. Error: `unknown-module`. */
export async function listModuleOrganizations(
  core: Core,
  {
    module,
    status,
    search = '',
  }: {
    readonly module?: string | undefined;
    readonly status?: 'unmapped' | 'mapped' | 'ignored' | undefined;
    readonly search?: string | undefined;
  } = {},
): Promise<ModuleOrganizationView[]> {
  const only = module === undefined ? undefined : (await knownModule(core, module)).id;
  const snapshot = await core.store.snapshot();
  const mappings = new Map(
    (await snapshot.list('organizationMappings')).map((mapping) => [mapping.id, mapping]),
  );
  const names = await namesIn(snapshot);
  const wanted = search.trim().toLowerCase();
  return (await snapshot.list('moduleOrganizations'))
    .filter((each) => only === undefined || each.module === only)
    .map((each) => viewOf(each, mappings.get(each.id), names.organization))
    .filter((view) => status === undefined || view.mapping.status === status)
    .filter((view) => `${view.name} ${view.mapping.organization ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}

function viewOf(
  { id, module, externalId, name, parentId }: ModuleOrganization,
  mapping: OrganizationMapping | undefined,
  organizationName: (id: string) => string,
): ModuleOrganizationView {
  const own = { id, module, externalId, name, ...(parentId ? { parentId } : {}) };
  if (!mapping) return { ...own, mapping: { status: 'unmapped' } };
  const { by, at } = mapping;
  if (mapping.status === 'ignored')
    return { ...own, mapping: { status: 'ignored', by, at, reason: mapping.reason } };
  const { organizationId } = mapping;
  return {
    ...own,
    mapping: { status: 'mapped', organizationId, organization: organizationName(organizationId), by, at },
  };
}
