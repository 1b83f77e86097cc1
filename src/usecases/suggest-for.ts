import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { MappingSuggester } from '../matching/mapping-suggester.ts';
import type { Evidence } from '../matching/suggestion-evidence.ts';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import type { Core } from './core.ts';
import { suggestionEvidence } from './suggestion-evidence.ts';

interface Kept {
  readonly suggester: MappingSuggester;
  /** The state of the book that the suggester has read; undefined where what it read was no such state. */
  revision: number | undefined;
}

/** One suggester a book, which follows the book's changes instead of reading all names anew for every page. */
const KEPT = new WeakMap<TenantStore, Kept>();

/**
 * Suggestions for module organizations as things are in a snapshot, one each in the given order.
 * @param isDecidedAnew module organizations whose own mapping is no evidence
 */
export async function suggestFor(
  { store }: Pick<Core, 'store'>,
  snapshot: Snapshot,
  moduleOrganizations: readonly ModuleOrganization[],
  isDecidedAnew: ReadonlySet<string> = new Set(),
): Promise<MappingSuggestion[]> {
  const kept = KEPT.get(store) ?? { suggester: new MappingSuggester(), revision: undefined };
  KEPT.set(store, kept);
  if (kept.revision === snapshot.revision && isDecidedAnew.size === 0)
    return kept.suggester.suggest(moduleOrganizations);
  const all = await suggestionEvidence(snapshot);
  const evidence = without(all, isDecidedAnew);
  // Nothing is awaited from here on, so that nobody else makes the suggester read another state in between.
  kept.suggester.read(evidence);
  kept.revision = evidence === all ? snapshot.revision : undefined;
  return kept.suggester.suggest(moduleOrganizations);
}

/** The same evidence where none of it is left out. */
function without(evidence: Evidence, ids: ReadonlySet<string>): Evidence {
  const confirmed = evidence.confirmed?.filter((each) => !ids.has(each.moduleOrganizationId));
  return confirmed?.length === evidence.confirmed?.length
    ? evidence
    : { ...evidence, confirmed: confirmed ?? [] };
}
