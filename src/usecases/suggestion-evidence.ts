import type { ConfirmedName, SuggestionInput } from '../matching/suggest-mappings.ts';
import type { Snapshot } from '../ports/store.ts';
import { moduleName } from './known-module.ts';
import { readCatalogue } from './read-catalogue.ts';

/**
 * What suggestions are made from besides the names asked about: everything people mapped, and all names for the rarity
 * of words, so that a suggestion reads the same wherever it is shown.
 */
export async function suggestionEvidence(
  snapshot: Snapshot,
): Promise<Pick<SuggestionInput, 'organizations' | 'among' | 'confirmed'>> {
  const moduleOrganizations = await snapshot.list('moduleOrganizations');
  const catalogue = await readCatalogue(snapshot);
  const byId = new Map(moduleOrganizations.map((each) => [each.id, each]));
  const confirmed = (await snapshot.list('organizationMappings')).flatMap((mapping): ConfirmedName[] => {
    const own = mapping.status === 'mapped' ? byId.get(mapping.id) : undefined;
    if (mapping.status !== 'mapped' || !own) return [];
    return [
      {
        moduleOrganizationId: own.id,
        name: own.name,
        module: moduleName(catalogue, own.module),
        organizationId: mapping.organizationId,
      },
    ];
  });
  return { organizations: await snapshot.list('organizations'), among: moduleOrganizations, confirmed };
}
