import { MAPPING_STATES, type MappingFilter, type MappingState } from '../../src/usecases/mapping-sheet.ts';

export const MAPPINGS_PATH = '/dashboard/mappings';
export const BY_ORGANIZATION_PATH = `${MAPPINGS_PATH}/organizations`;

export interface MappingQuery {
  readonly filter: MappingFilter & { readonly state: MappingState };
  /** The original's check box: with it on, saving offers to save the suggestions shown. */
  readonly suggested: boolean;
}

const isState = (text: string): text is MappingState => MAPPING_STATES.some((state) => state === text);

/** What the page's address asks for; what nobody knows is left out. */
export function readMappingQuery(
  params: URLSearchParams,
  modules: readonly { readonly id: string }[],
): MappingQuery {
  const state = params.get('state') ?? '';
  const module = modules.find(({ id }) => id === params.get('module'))?.id;
  const search = params.get('search')?.trim().slice(0, 200);
  return {
    filter: { state: isState(state) ? state : 'open', ...(module && { module }), ...(search && { search }) },
    // A form leaves an empty box out, so that "not asked for" needs a sign of its own.
    suggested: params.has('asked') ? params.has('suggested') : true,
  };
}

export function mappingParams({ filter, suggested }: MappingQuery): URLSearchParams {
  const { state, module, search } = filter;
  const params = new URLSearchParams();
  if (state !== 'open') params.set('state', state);
  if (module) params.set('module', module);
  if (search) params.set('search', search);
  if (!suggested) params.set('asked', '1');
  return params;
}

/** The address of a tab for a query. */
export function mappingHref(path: string, query: MappingQuery, cursor?: string): string {
  const params = mappingParams(query);
  if (cursor) params.set('cursor', cursor);
  return `${path}${params.size > 0 ? `?${params}` : ''}`;
}

export const organizationHref = (id: string): string => `/dashboard/organizations/${encodeURIComponent(id)}`;
