import { catalogueOf } from '../catalog/catalogue.ts';
import type { ConfirmedName, Evidence } from '../matching/suggestion-evidence.ts';
import type { Snapshot } from '../ports/store.ts';
import { moduleName } from './known-module.ts';

/** The records that suggestions rest on. */
export type EvidenceRecords = Awaited<ReturnType<typeof readEvidence>>;

export async function readEvidence(snapshot: Snapshot) {
  return {
    organizations: await snapshot.list('organizations'),
    moduleOrganizations: await snapshot.list('moduleOrganizations'),
    organizationMappings: await snapshot.list('organizationMappings'),
    rejectedPairs: await snapshot.list('rejectedPairs'),
    addedModules: await snapshot.list('addedModules'),
  };
}

/**
 * What suggestions are made from besides the names asked about: everything people mapped or rejected, and all names for the rarity
 * of words, so that a suggestion reads the same wherever it is shown.
 */
export function suggestionEvidence(records: EvidenceRecords): Evidence {
  const { moduleOrganizations, organizationMappings } = records;
  const catalogue = catalogueOf(records.addedModules);
  const byId = new Map(moduleOrganizations.map((each) => [each.id, each]));
  const confirmed = organizationMappings.flatMap((mapping): ConfirmedName[] => {
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
  return {
    organizations: records.organizations,
    among: moduleOrganizations,
    confirmed,
    rejected: records.rejectedPairs,
  };
}
