import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import type { ModuleOrganizationView } from './list-module-organizations.ts';
import { type DecidedEntry, mappingIndex } from './mapping-index.ts';
import { readModuleOrganizations } from './read-module-organizations.ts';

/**
 * One page of the mapped and ignored module organizations, by name; only those on the page are read. `page` counts from
 * 0; one past the end gives the last. Error: `unknown-module`.
 */
export async function listDecided(
  core: Core,
  filter: { readonly module?: string; readonly organization?: string; readonly search?: string },
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{
  readonly items: readonly ModuleOrganizationView[];
  readonly total: number;
  readonly page: number;
}> {
  const module = filter.module === undefined ? undefined : (await knownModule(core, filter.module)).id;
  const snapshot = await core.store.snapshot();
  const { decided } = await mappingIndex(core, snapshot);
  const wanted = (filter.search ?? '').trim().toLowerCase();
  const found = decided.filter(
    (each) =>
      (module === undefined || each.module === module) &&
      (filter.organization === undefined || each.organizationId === filter.organization) &&
      (wanted === '' || searched(each).includes(wanted)),
  );
  const at = Math.min(page, Math.max(0, Math.ceil(found.length / size) - 1));
  const shown = found.slice(at * size, (at + 1) * size).map(({ id }) => id);
  return { items: await readModuleOrganizations(snapshot, shown), total: found.length, page: at };
}

const searched = ({ name, organization = '' }: DecidedEntry): string =>
  `${name} ${organization}`.toLowerCase();
