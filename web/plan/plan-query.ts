import { PLAN_ACTIONS, type PlanAction } from '../../src/domain/plan.ts';
import type { Core } from '../../src/usecases/core.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';
import type { PlanFilter } from '../../src/usecases/list-plan.ts';

export const PLAN_PATH = '/dashboard/plan';

export interface PlanQuery {
  readonly filter: PlanFilter;
  /** The organization as it is called, or as it was typed. */
  readonly organizationName: string;
  /** What could not be understood, in a sentence; that part is left out of the filter. */
  readonly problem?: string;
}

const isAction = (text: string): text is PlanAction => PLAN_ACTIONS.some((action) => action === text);

/** What the page's address asks for; what nobody knows is told beside the form instead of as an error page. */
export async function readPlanQuery(
  core: Core,
  modules: readonly { readonly id: string }[],
  params: URLSearchParams,
): Promise<PlanQuery> {
  const action = params.get('action') ?? '';
  const module = modules.find(({ id }) => id === params.get('module'))?.id;
  const typed = params.get('organization')?.trim() ?? '';
  const filter = { ...(isAction(action) && { action }), ...(module && { module }) };
  if (typed === '') return { filter, organizationName: '' };
  const { organization, nearest } = await findOrganization(core, typed);
  if (organization)
    return { filter: { ...filter, organization: organization.id }, organizationName: organization.name };
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map(({ name }) => name).join(', ')}?` : '';
  return { filter, organizationName: typed, problem: `No organization is called “${typed}”.${hint}` };
}

export function planParams({ action, module, organization }: PlanFilter): URLSearchParams {
  return new URLSearchParams({
    ...(action && { action }),
    ...(module && { module }),
    ...(organization && { organization }),
  });
}

/** The address of the page for a filter. */
export function planHref(filter: PlanFilter, cursor?: string): string {
  const params = planParams(filter);
  if (cursor) params.set('cursor', cursor);
  return `${PLAN_PATH}${params.size > 0 ? `?${params}` : ''}`;
}

/** The address of a form that decides something, which comes back to this filter. */
export function decideHref(path: string, filter: PlanFilter, more: Record<string, string> = {}): string {
  const query = planParams(filter).toString();
  const params = new URLSearchParams({ ...more, ...(query && { query }) });
  return `${PLAN_PATH}/${path}${params.size > 0 ? `?${params}` : ''}`;
}
