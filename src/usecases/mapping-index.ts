import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { Snapshot, TenantStore } from '../ports/store.ts';
import type { Core } from './core.ts';
import { namesIn } from './names.ts';
import { suggestFor } from './suggest-for.ts';

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
  readonly revision: number;
  /** Undecided module organizations of enabled modules, the surest suggestion first. */
  readonly open: readonly SuggestionView[];
  /** Mapped and ignored ones, by name. */
  readonly decided: readonly DecidedEntry[];
}

const ORDER = ['sure', 'likely', 'ambiguous', 'none'];
/** Far quicker than `localeCompare`, which looks the locale up for every pair. */
const { compare } = new Intl.Collator('en');

/** One index a book, made anew when the book has changed: turning a page reads the page, not the book. */
const KEPT = new WeakMap<TenantStore, Promise<MappingIndex>>();

/** Every module organization in the order people see it, as things are in a snapshot. */
export async function mappingIndex(core: Pick<Core, 'store'>, snapshot: Snapshot): Promise<MappingIndex> {
  const kept = await KEPT.get(core.store)?.catch(() => undefined);
  if (kept?.revision === snapshot.revision) return kept;
  const made = makeIndex(core, snapshot);
  KEPT.set(core.store, made);
  return made;
}

async function makeIndex(core: Pick<Core, 'store'>, snapshot: Snapshot): Promise<MappingIndex> {
  const [all, mappings, states, names] = await Promise.all([
    snapshot.list('moduleOrganizations'),
    snapshot.list('organizationMappings'),
    snapshot.list('moduleStates'),
    namesIn(snapshot),
  ]);
  const enabled = new Set(states.filter((state) => state.enabled).map((state) => state.id));
  const decisions = new Map(mappings.map((mapping) => [mapping.id, mapping]));
  const open = all.filter((each) => !decisions.has(each.id) && enabled.has(each.module));
  const byId = new Map(open.map((each) => [each.id, each]));
  const suggestions = (await suggestFor(core, snapshot, open)).flatMap((suggestion): SuggestionView[] => {
    const own = byId.get(suggestion.moduleOrganizationId);
    if (!own) return [];
    const candidates = suggestion.candidates.map((each) => ({
      ...each,
      name: names.organization(each.organizationId),
    }));
    const { id, module, name } = own;
    return [{ moduleOrganizationId: id, module, name, class: suggestion.class, candidates }];
  });
  return {
    revision: snapshot.revision,
    open: suggestions.sort(
      (a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class) || compare(a.name, b.name),
    ),
    decided: all
      .flatMap((each) => entryOf(each, decisions.get(each.id), names.organization))
      .sort((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1)),
  };
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
