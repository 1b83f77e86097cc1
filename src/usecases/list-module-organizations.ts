import type { Actor } from '../domain/actor.ts';
import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { RejectedPair } from '../domain/rejected-pair.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { namesIn } from './names.ts';

const { compare } = new Intl.Collator('en');

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
  /** Organizations that people said it is not; left out where there are none. */
  readonly rejected?: readonly {
    readonly organizationId: string;
    readonly organization: string;
    readonly by: Actor;
    readonly at: IsoInstant;
  }[];
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
  const rejected = Map.groupBy(await snapshot.list('rejectedPairs'), (pair) => pair.moduleOrganizationId);
  const names = await namesIn(snapshot);
  const wanted = search.trim().toLowerCase();
  return (await snapshot.list('moduleOrganizations'))
    .filter((each) => only === undefined || each.module === only)
    .map((each) =>
      moduleOrganizationView(each, mappings.get(each.id), rejected.get(each.id), names.organization),
    )
    .filter((view) => status === undefined || view.mapping.status === status)
    .filter((view) => `${view.name} ${view.mapping.organization ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

/** A module organization with its decision in words. */
export function moduleOrganizationView(
  { id, module, externalId, name, parentId }: ModuleOrganization,
  mapping: OrganizationMapping | undefined,
  pairs: readonly RejectedPair[] | undefined,
  organizationName: (id: string) => string,
): ModuleOrganizationView {
  const rejected = pairs?.map(({ organizationId, by, at }) => ({
    organizationId,
    organization: organizationName(organizationId),
    by,
    at,
  }));
  const own = {
    id,
    module,
    externalId,
    name,
    ...(parentId ? { parentId } : {}),
    ...(rejected ? { rejected } : {}),
  };
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
