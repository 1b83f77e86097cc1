import type { Core } from './core.ts';
import { listModuleOrganizations, type ModuleOrganizationView } from './list-module-organizations.ts';
import { listSuggestions, type SuggestionView } from './list-suggestions.ts';

export const MAPPING_STATES = ['open', 'mapped', 'ignored', 'all'] as const;
export type MappingState = (typeof MAPPING_STATES)[number];

export interface MappingSheetRow extends ModuleOrganizationView {
  /** The name of the module organization it stands under. */
  readonly parent?: string;
  /** Of one that nobody has decided on. */
  readonly suggestion?: Pick<SuggestionView, 'class' | 'candidates'>;
}

export interface MappingFilter {
  readonly module?: string | undefined;
  readonly state?: MappingState | undefined;
  /** Any part of a module organization's name, or of an organization's it is or could be mapped to. */
  readonly search?: string | undefined;
}

/**
 * Module organizations with what was decided or is suggested: open ones first, the surest suggestion on top, the rest by
 * name. Error: `unknown-module`.
 */
export async function mappingSheet(
  core: Core,
  { module, state = 'all', search = '' }: MappingFilter = {},
): Promise<MappingSheetRow[]> {
  const [all, suggestions] = await Promise.all([
    listModuleOrganizations(core, { module }),
    state === 'mapped' || state === 'ignored' ? [] : listSuggestions(core, { module }),
  ]);
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const rank = new Map(suggestions.map((each, i) => [each.moduleOrganizationId, i]));
  const wanted = search.trim().toLowerCase();
  return all
    .filter(
      ({ mapping }) => state === 'all' || (mapping.status === 'unmapped' ? 'open' : mapping.status) === state,
    )
    .map((row): MappingSheetRow => {
      const suggestion = suggestions[rank.get(row.id) ?? -1];
      const parent = row.parentId && names.get(row.parentId);
      return { ...row, ...(parent ? { parent } : {}), ...(suggestion ? { suggestion } : {}) };
    })
    .filter((row) => searched(row).includes(wanted))
    .sort((a, b) => placeOf(a, rank) - placeOf(b, rank));
}

const searched = ({ name, parent = '', mapping, suggestion }: MappingSheetRow): string =>
  [name, parent, mapping.organization ?? '', ...(suggestion?.candidates ?? []).map((each) => each.name)]
    .join('\n')
    .toLowerCase();

/** Sorting is stable, so what is decided keeps its order by name. */
const placeOf = ({ id, mapping }: MappingSheetRow, rank: ReadonlyMap<string, number>): number =>
  mapping.status === 'unmapped' ? (rank.get(id) ?? rank.size) : rank.size + 1;
