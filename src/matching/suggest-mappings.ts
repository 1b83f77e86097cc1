import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { classify, type Offer } from './classify.ts';
import { offersByName } from './offer.ts';
import { OrganizationIndex } from './organization-index.ts';
import { sharedDomain } from './shared-domain.ts';

/** A module organization that people mapped, under the name it has there. */
export interface ConfirmedName {
  readonly moduleOrganizationId: string;
  readonly name: string;
  /** The module's name for people: "Datto BCDR". */
  readonly module: string;
  readonly organizationId: string;
}

export interface SuggestionInput {
  /** Those to suggest for. */
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly organizations: readonly Organization[];
  /** Names by which the rarity of words is judged; those to suggest for when left out. */
  readonly among?: readonly { readonly name: string }[];
  readonly confirmed?: readonly ConfirmedName[];
  /** Pairs that people refused: never offered again. */
  readonly rejected?: readonly { readonly moduleOrganizationId: string; readonly organizationId: string }[];
  /** Web domains by id, where a system knows any. */
  readonly webDomains?: {
    readonly organizations: ReadonlyMap<string, readonly string[]>;
    readonly moduleOrganizations: ReadonlyMap<string, readonly string[]>;
  };
}

const LINKED = { confidence: 0.99, reason: 'the module is linked to this organization', isLink: true };

/**
 * Offers organizations for module organizations, one suggestion each in the given order. A link the module itself holds
 * comes first; without one, names decide (README.md). Organizations that cannot be mapped and refused pairs are never
 * offered. The order of the input does not matter.
 */
export function suggestMappings(input: SuggestionInput): MappingSuggestion[] {
  const evidence = readEvidence(input);
  return input.moduleOrganizations.map((own) => ({
    moduleOrganizationId: own.id,
    ...classify(offersFor(own, evidence)),
  }));
}

function readEvidence(input: SuggestionInput) {
  const { organizations, moduleOrganizations, confirmed = [], rejected = [] } = input;
  const mappable = new Map(
    organizations
      .filter((organization) => unmappableBecause(organization) === undefined)
      .map((organization): [string, Organization] => [organization.id, organization]),
  );
  const aliases = Map.groupBy(confirmed, (each) => each.organizationId);
  const index = new OrganizationIndex();
  for (const { id, name } of mappable.values()) {
    const known = (aliases.get(id) ?? []).map((alias) => ({ name: alias.name, mappedIn: alias.module }));
    index.put(id, [{ name }, ...known]);
  }
  for (const { name } of input.among ?? moduleOrganizations) index.see(name);
  return {
    index,
    mappable,
    mappedTo: new Map(confirmed.map((each) => [each.moduleOrganizationId, each])),
    rejected: new Set(rejected.map((pair) => pairKey(pair.moduleOrganizationId, pair.organizationId))),
    webDomains: input.webDomains,
  };
}
type Read = ReturnType<typeof readEvidence>;

const pairKey = (moduleOrganizationId: string, organizationId: string): string =>
  JSON.stringify([moduleOrganizationId, organizationId]);

function offersFor(own: ModuleOrganization, read: Read): Offer[] {
  const { mappable, index } = read;
  const isOut = (id: string): boolean => read.rejected.has(pairKey(own.id, id));
  const offers = new Map(
    offersByName(index, own.name, isOut).map((each): [string, Offer] => [each.organizationId, each]),
  );
  const raise = (
    id: string,
    evidence: Pick<Offer, 'confidence' | 'reason' | 'isLink'>,
    isOwnReason = false,
  ): void => {
    const organization = mappable.get(id);
    if (!organization || isOut(id)) return;
    const before = offers.get(organization.id);
    offers.set(organization.id, {
      organizationId: organization.id,
      isFirm: true,
      ...evidence,
      confidence: Math.max(evidence.confidence, before?.confidence ?? 0),
      decides: evidence.isLink === true && before?.isFirm === true,
      reason: before && !isOwnReason ? `${before.reason}; ${evidence.reason}` : evidence.reason,
    });
  };
  const domains = read.webDomains;
  for (const { id } of domains ? mappable.values() : []) {
    const shared = sharedDomain(domains?.moduleOrganizations.get(own.id), domains?.organizations.get(id));
    if (shared) raise(id, { confidence: 0.97, reason: `same web domain ${shared}` });
  }
  const parent = own.parentId && read.mappedTo.get(own.parentId);
  if (parent) raise(parent.organizationId, parentEvidence(parent, offers.get(parent.organizationId)));
  const linked = own.hints.organizationId;
  if (linked) raise(linked, LINKED, true);
  return [...offers.values()];
}

/** A site below a mapped one is its customer's too, unless its own name says otherwise. */
const parentEvidence = (parent: ConfirmedName, byName: Offer | undefined) => ({
  confidence: byName && byName.confidence >= 0.4 ? 0.97 : 0.75,
  reason: `“${parent.name}” above it is mapped to this organization`,
});
