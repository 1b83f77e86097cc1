import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { classify, type Offer } from './classify.ts';
import { KnownOrganizations } from './known-organizations.ts';
import { offersByName } from './offer.ts';
import { sharedDomain } from './shared-domain.ts';
import type { ConfirmedName, Evidence } from './suggestion-evidence.ts';

const LINKED = { confidence: 0.99, reason: 'the module is linked to this organization', isLink: true };

/** So many suggestions take a few milliseconds. */
const AT_ONCE = 10;

interface Made {
  readonly own: ModuleOrganization;
  readonly suggestion: MappingSuggestion;
}

/**
 * Suggestions for a book that changes. `read` compares new evidence with the last and updates the index for what
 * differs; `suggest` makes anew only what the difference can bear on. The result is that of a suggester made afresh.
 */
export class MappingSuggester {
  readonly #known = new KnownOrganizations();
  #mappedTo: ReadonlyMap<string, ConfirmedName> = new Map();
  #rejected: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #webDomains: Evidence['webDomains'];
  readonly #made = new Map<string, Made>();

  read(evidence: Evidence): void {
    atOnce(this.reading(evidence));
  }

  /** One suggestion each, in the given order. */
  suggest(moduleOrganizations: readonly ModuleOrganization[]): MappingSuggestion[] {
    return atOnce(this.suggesting(moduleOrganizations));
  }

  /** `read` in steps. It is to be gone through to its end before anything else is asked. */
  *reading(evidence: Evidence): Generator<void, void> {
    const mappedTo = new Map((evidence.confirmed ?? []).map((each) => [each.moduleOrganizationId, each]));
    const changed = [
      yield* this.#known.reading(evidence),
      !sameMappings(this.#mappedTo, mappedTo),
      this.#webDomains !== evidence.webDomains,
    ];
    // How rare a word is bears on every name, so that one changed name may change any suggestion.
    if (changed.includes(true)) this.#made.clear();
    this.#mappedTo = mappedTo;
    this.#webDomains = evidence.webDomains;
    const rejected = rejectedOf(evidence.rejected ?? []);
    for (const id of new Set([...rejected.keys(), ...this.#rejected.keys()]))
      if (!sameSet(rejected.get(id), this.#rejected.get(id))) this.#made.delete(id);
    this.#rejected = rejected;
  }

  /** `suggest` in steps. */
  *suggesting(moduleOrganizations: readonly ModuleOrganization[]): Generator<void, MappingSuggestion[]> {
    const suggestions: MappingSuggestion[] = [];
    for (const own of moduleOrganizations) {
      const made = this.#made.get(own.id);
      if (made && isSame(made.own, own)) {
        suggestions.push(made.suggestion);
        continue;
      }
      const suggestion = { moduleOrganizationId: own.id, ...classify(this.#offersFor(own)) };
      this.#made.set(own.id, { own, suggestion });
      suggestions.push(suggestion);
      if (suggestions.length % AT_ONCE === 0) yield;
    }
    return suggestions;
  }

  #offersFor(own: ModuleOrganization): Offer[] {
    const { mappable, index } = this.#known;
    const out = this.#rejected.get(own.id);
    const isOut = (id: string): boolean => out?.has(id) ?? false;
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
    const domains = this.#webDomains;
    for (const { id } of domains ? mappable.values() : []) {
      const shared = sharedDomain(domains?.moduleOrganizations.get(own.id), domains?.organizations.get(id));
      if (shared) raise(id, { confidence: 0.97, reason: `same web domain ${shared}` });
    }
    const parent = own.parentId && this.#mappedTo.get(own.parentId);
    if (parent) raise(parent.organizationId, parentEvidence(parent, offers.get(parent.organizationId)));
    const linked = own.hints.organizationId;
    if (linked) raise(linked, LINKED, true);
    return [...offers.values()];
  }
}

function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A site below a mapped one is its customer's too, unless its own name says otherwise. */
const parentEvidence = (parent: ConfirmedName, byName: Offer | undefined) => ({
  confidence: byName && byName.confidence >= 0.4 ? 0.97 : 0.75,
  reason: `“${parent.name}” above it is mapped to this organization`,
});

function rejectedOf(pairs: NonNullable<Evidence['rejected']>): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = Map.groupBy(pairs, (pair) => pair.moduleOrganizationId);
  return new Map([...byId].map(([id, own]) => [id, new Set(own.map((pair) => pair.organizationId))]));
}

const sameSet = (a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean =>
  a.size === b.size && a.isSubsetOf(b);

const sameMappings = (
  a: ReadonlyMap<string, ConfirmedName>,
  b: ReadonlyMap<string, ConfirmedName>,
): boolean =>
  a.size === b.size &&
  [...a].every(([id, { name, module, organizationId }]) => {
    const other = b.get(id);
    return other?.name === name && other.module === module && other.organizationId === organizationId;
  });

/** Whether nothing differs that a suggestion rests on. */
const isSame = (a: ModuleOrganization, b: ModuleOrganization): boolean =>
  a === b ||
  (a.name === b.name && a.parentId === b.parentId && a.hints.organizationId === b.hints.organizationId);
