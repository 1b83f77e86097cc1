import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { MappingSuggester } from '../matching/mapping-suggester.ts';
import type { Evidence } from '../matching/suggestion-evidence.ts';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import type { Core } from './core.ts';
import { inSteps } from './in-steps.ts';
import { sameRecords } from './same-records.ts';
import { type EvidenceRecords, readEvidence, suggestionEvidence } from './suggestion-evidence.ts';

interface Kept {
  readonly suggester: MappingSuggester;
  /** The records that the suggester has read; undefined where what it read was no state of the book. */
  read: EvidenceRecords | undefined;
  /** Whoever asks waits for whoever asked before: the suggester can be in one state at a time. */
  before: Promise<unknown>;
}

/** One suggester a book, which follows the book's changes instead of reading all names anew for every page. */
const KEPT = new WeakMap<TenantStore, Kept>();

/**
 * Suggestions for module organizations as things are in a snapshot, one each in the given order. A large book takes a
 * while, in steps that let others have their turn.
 * @param isDecidedAnew module organizations whose own mapping is no evidence
 */
export function suggestFor(
  { store }: Pick<Core, 'store'>,
  snapshot: Snapshot,
  moduleOrganizations: readonly ModuleOrganization[],
  isDecidedAnew: ReadonlySet<string> = new Set(),
): Promise<MappingSuggestion[]> {
  const kept = KEPT.get(store) ?? {
    suggester: new MappingSuggester(),
    read: undefined,
    before: Promise.resolve(),
  };
  KEPT.set(store, kept);
  const made = kept.before.then(async () => {
    await follow(kept, snapshot, isDecidedAnew);
    return inSteps(kept.suggester.suggesting(moduleOrganizations));
  });
  kept.before = made.catch(() => undefined);
  return made;
}

async function follow(kept: Kept, snapshot: Snapshot, isDecidedAnew: ReadonlySet<string>): Promise<void> {
  const records = await readEvidence(snapshot);
  if (isDecidedAnew.size === 0 && sameRecords(kept.read, records)) return;
  const all = suggestionEvidence(records);
  const evidence = without(all, isDecidedAnew);
  kept.read = undefined;
  await inSteps(kept.suggester.reading(evidence));
  kept.read = evidence === all ? records : undefined;
}

/** The same evidence where none of it is left out. */
function without(evidence: Evidence, ids: ReadonlySet<string>): Evidence {
  const confirmed = evidence.confirmed?.filter((each) => !ids.has(each.moduleOrganizationId));
  return confirmed?.length === evidence.confirmed?.length
    ? evidence
    : { ...evidence, confirmed: confirmed ?? [] };
}
