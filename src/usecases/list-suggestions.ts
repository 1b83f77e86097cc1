import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import { suggestMappings } from '../matching/suggest-mappings.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { namesIn } from './names.ts';
import { suggestionEvidence } from './suggestion-evidence.ts';

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

const ORDER = ['sure', 'likely', 'ambiguous', 'none'];

/** What could be mapped to what: the undecided module organizations of enabled modules, surest first. Never saved by itself. */
export async function listSuggestions(
  core: Core,
  {
    module,
    search = '',
  }: { readonly module?: string | undefined; readonly search?: string | undefined } = {},
): Promise<SuggestionView[]> {
  const only = module === undefined ? undefined : (await knownModule(core, module)).id;
  const snapshot = await core.store.snapshot();
  const enabled = new Set(
    (await snapshot.list('moduleStates')).filter((state) => state.enabled).map((state) => state.id),
  );
  const decided = new Set<OrganizationMapping['id']>(
    (await snapshot.list('organizationMappings')).map((mapping) => mapping.id),
  );
  const open = (await snapshot.list('moduleOrganizations')).filter(
    (each) =>
      !decided.has(each.id) && enabled.has(each.module) && (only === undefined || each.module === only),
  );
  const names = await namesIn(snapshot);
  const byId = new Map(open.map((each) => [each.id, each]));
  const wanted = search.trim().toLowerCase();
  const evidence = await suggestionEvidence(snapshot);
  return suggestMappings({ ...evidence, moduleOrganizations: open })
    .flatMap((suggestion): SuggestionView[] => {
      const own = byId.get(suggestion.moduleOrganizationId);
      if (!own) return [];
      const candidates = suggestion.candidates.map((each) => ({
        ...each,
        name: names.organization(each.organizationId),
      }));
      return [
        {
          moduleOrganizationId: own.id,
          module: own.module,
          name: own.name,
          class: suggestion.class,
          candidates,
        },
      ];
    })
    .filter((view) =>
      [view.name, ...view.candidates.map((each) => each.name)].join('\n').toLowerCase().includes(wanted),
    )
    .sort((a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class) || a.name.localeCompare(b.name, 'en'));
}
