import type { Snapshot } from '../ports/store.ts';
import { type ModuleOrganizationView, moduleOrganizationView } from './list-module-organizations.ts';

/** These module organizations with their decisions, in the given order; one that is gone is left out. Reads no others. */
export async function readModuleOrganizations(
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<ModuleOrganizationView[]> {
  const pairs = Map.groupBy(await snapshot.list('rejectedPairs'), (pair) => pair.moduleOrganizationId);
  const views = await Promise.all(
    ids.map(async (id) => {
      const own = await snapshot.get('moduleOrganizations', id);
      if (!own) return [];
      const mapping = await snapshot.get('organizationMappings', id);
      const rejected = pairs.get(own.id);
      const named = new Map<string, string>();
      const organizationIds = [
        ...(mapping?.status === 'mapped' ? [mapping.organizationId] : []),
        ...(rejected ?? []).map((pair) => pair.organizationId),
      ];
      for (const each of organizationIds)
        named.set(each, (await snapshot.get('organizations', each))?.name ?? each);
      return [moduleOrganizationView(own, mapping, rejected, (other) => named.get(other) ?? other)];
    }),
  );
  return views.flat();
}
