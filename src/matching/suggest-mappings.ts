import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { MappingCandidate, MappingSuggestion } from '../domain/organization-mapping.ts';
import { readName } from './normalise-name.ts';
import { type ReadableName, sameNameReason } from './same-name-reason.ts';

const LINKED: Omit<MappingCandidate, 'organizationId'> = {
  confidence: 0.99,
  reason: 'the module is linked to this organization',
};

interface Named extends ReadableName {
  readonly organization: Organization;
}

/**
 * Offers organizations for module organizations, one suggestion each in the given order. A link the module itself holds
 * is sure, so is a single organization of the same name; several of that name, or a link and a name that disagree, are
 * ambiguous with all candidates, best first. Organizations that cannot be mapped are never offered.
 * Takes time linear in the names.
 */
export function suggestMappings(input: {
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly organizations: readonly Organization[];
}): MappingSuggestion[] {
  const mappable = input.organizations
    .filter((organization) => unmappableBecause(organization) === undefined)
    .map((organization): Named => ({ organization, ...readable(organization.name) }));
  const byId = new Map<string, Named>(mappable.map((named) => [named.organization.id, named]));
  const byKey = Map.groupBy(mappable, (named) => named.key);

  return input.moduleOrganizations.map((moduleOrganization) => {
    const name = readable(moduleOrganization.name);
    const linked = byId.get(moduleOrganization.hints.organizationId ?? '');
    const sameName = byKey.get(name.key) ?? [];
    const candidates =
      linked && (sameName.length === 0 || sameName.includes(linked))
        ? [{ organizationId: linked.organization.id, ...LINKED }]
        : rivals(name, linked, sameName);
    return { moduleOrganizationId: moduleOrganization.id, class: classOf(candidates), candidates };
  });
}

const readable = (name: string): ReadableName => ({ name, ...readName(name) });

const classOf = (candidates: readonly MappingCandidate[]): MappingSuggestion['class'] =>
  candidates.length === 0 ? 'none' : candidates.length === 1 ? 'sure' : 'ambiguous';

/** All who could be meant; they share the confidence, since at most one of them is right. */
function rivals(
  name: ReadableName,
  linked: Named | undefined,
  sameName: readonly Named[],
): MappingCandidate[] {
  const found: MappingCandidate[] = sameName.map(({ organization, ...other }) => ({
    organizationId: organization.id,
    ...sameNameReason(name, other),
  }));
  if (linked) found.unshift({ organizationId: linked.organization.id, ...LINKED });
  return found
    .map((candidate) => ({ ...candidate, confidence: round(candidate.confidence / found.length) }))
    .sort((a, b) => b.confidence - a.confidence || (a.organizationId < b.organizationId ? -1 : 1));
}

const round = (confidence: number): number => Math.round(confidence * 100) / 100;
