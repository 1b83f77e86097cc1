import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import type { Core } from './core.ts';
import { inSteps } from './in-steps.ts';
import { sameRecords } from './same-records.ts';
import { suggestFor } from './suggest-for.ts';
import { readEvidence } from './suggestion-evidence.ts';

export interface SuggestionView {
  readonly moduleOrganizationId: string;
  readonly module: string;
  /** The module organization's name. */
  readonly name: string;
  readonly class: 'sure' | 'likely' | 'ambiguous' | 'none';
  readonly candidates: readonly {
    readonly organizationId: string;
    readonly name: string;
    readonly confidence: number;
    readonly reason: string;
  }[];
}

/** As little as it takes to find and to order a decided module organization; the rest is read for those shown. */
export interface DecidedEntry {
  readonly id: ModuleOrganization['id'];
  readonly module: string;
  readonly name: string;
  readonly organizationId?: string;
  readonly organization?: string;
}

export interface MappingIndex {
  /** Undecided module organizations of enabled modules, the surest suggestion first. */
  readonly open: readonly SuggestionView[];
  /** Mapped and ignored ones, by name. */
  readonly decided: readonly DecidedEntry[];
}

const ORDER = ['sure', 'likely', 'ambiguous', 'none'];
/** Far quicker than `localeCompare`, which looks the locale up for every pair. */
const { compare } = new Intl.Collator('en');

interface Kept {
  readonly revision: number;
  readonly made: Promise<Made>;
}
interface Made {
  readonly records: IndexRecords;
  readonly index: MappingIndex;
}

/** One index a book, made anew when what it shows has changed: turning a page reads the page, not the book. */
const KEPT = new WeakMap<TenantStore, Kept>();

/** Every module organization in the order people see it, as things are in a snapshot. */
export async function mappingIndex(core: Pick<Core, 'store'>, snapshot: Snapshot): Promise<MappingIndex> {
  const { revision } = snapshot;
  const kept = KEPT.get(core.store);
  if (kept?.revision === revision) return (await kept.made).index;
  const made = makeIndex(core, snapshot, kept?.made);
  KEPT.set(core.store, { revision, made });
  made.catch(() => KEPT.delete(core.store));
  return (await made).index;
}

type IndexRecords = Awaited<ReturnType<typeof readRecords>>;

const readRecords = async (snapshot: Snapshot) => ({
  ...(await readEvidence(snapshot)),
  moduleStates: await snapshot.list('moduleStates'),
});

async function makeIndex(
  core: Pick<Core, 'store'>,
  snapshot: Snapshot,
  last: Promise<Made> | undefined,
): Promise<Made> {
  const records = await readRecords(snapshot);
  const before = await last?.catch(() => undefined);
  if (before && sameRecords(before.records, records)) return before;
  const { moduleOrganizations: all, organizationMappings, moduleStates } = records;
  const enabled = new Set(moduleStates.filter((state) => state.enabled).map((state) => state.id));
  const decisions = new Map(organizationMappings.map((mapping) => [mapping.id, mapping]));
  const names = new Map<string, string>(records.organizations.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const open = all.filter((each) => !decisions.has(each.id) && enabled.has(each.module));
  const byId = new Map(open.map((each) => [each.id, each]));
  const suggestions = (await suggestFor(core, snapshot, open)).flatMap((suggestion): SuggestionView[] => {
    const own = byId.get(suggestion.moduleOrganizationId);
    if (!own) return [];
    const candidates = suggestion.candidates.map((each) => ({ ...each, name: nameOf(each.organizationId) }));
    const { id, module, name } = own;
    return [{ moduleOrganizationId: id, module, name, class: suggestion.class, candidates }];
  });
  const decided = all.flatMap((each) => entryOf(each, decisions.get(each.id), nameOf));
  const index = {
    open: suggestions.sort(
      (a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class) || compare(a.name, b.name),
    ),
    decided: await inSteps(byName(decided)),
  };
  return { records, index };
}

/** In steps; a customer is mostly called the same in many modules, so that each name is compared once. */
function* byName(entries: readonly DecidedEntry[]): Generator<void, DecidedEntry[]> {
  const groups = Map.groupBy(entries, ({ name }) => name);
  yield;
  const names = [...groups.keys()].sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
  yield;
  // Records come in order of their ids.
  return names.flatMap((name) => groups.get(name) ?? []);
}

function entryOf(
  { id, module, name }: ModuleOrganization,
  decision: OrganizationMapping | undefined,
  organizationName: (id: string) => string,
): DecidedEntry[] {
  if (!decision) return [];
  if (decision.status === 'ignored') return [{ id, module, name }];
  const { organizationId } = decision;
  return [{ id, module, name, organizationId, organization: organizationName(organizationId) }];
}
