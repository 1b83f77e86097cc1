import { IsoDate } from '../../src/domain/calendar.ts';
import {
  ACTIVITY_RESULTS,
  type ActivityFilter,
  type ActivityResult,
} from '../../src/usecases/activity-filter.ts';
import type { Core } from '../../src/usecases/core.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';

export const ACTIVITY_PATH = '/dashboard/activity';

export interface ActivityQuery {
  readonly filter: ActivityFilter;
  /** The organization as it is called, or as it was typed. */
  readonly organizationName: string;
  /** What could not be understood, in sentences; those parts are left out of the filter. */
  readonly problems: readonly string[];
}

const isResult = (text: string): text is ActivityResult => ACTIVITY_RESULTS.some((result) => result === text);

/**
 * What the page's address asks for; what nobody knows is told beside the form instead of as an error page.
 * @param failedOnly what to do where the address says nothing of it
 */
export async function readActivityQuery(
  core: Core,
  modules: readonly Pick<ModuleView, 'id'>[],
  params: URLSearchParams,
  failedOnly: boolean,
): Promise<ActivityQuery> {
  const text = (name: string): string => params.get(name)?.trim().slice(0, 200) ?? '';
  const [from, to] = [dayOf(text('from')), dayOf(text('to'))];
  const crossed = from.day !== undefined && to.day !== undefined && from.day > to.day;
  const organization = await organizationOf(core, text('organization'));
  const module = modules.find(({ id }) => id === text('module'))?.id;
  const result = text('result');
  return {
    filter: {
      ...(from.day && !crossed ? { from: from.day } : {}),
      ...(to.day && !crossed ? { to: to.day } : {}),
      ...(module && { module }),
      ...(organization.id && { organization: organization.id }),
      ...(text('billingType') && { billingType: text('billingType') }),
      ...(text('contract') && { contract: text('contract') }),
      ...(text('service') && { service: text('service') }),
      ...(isResult(result) && { result }),
      ...((saysFailed(params) ?? failedOnly) ? { failedOnly: true } : {}),
    },
    organizationName: organization.name,
    problems: [
      ...(crossed ? ['The first day lies after the last; both are left out.'] : []),
      ...[from, to, organization].flatMap(({ problem }) => problem ?? []),
    ],
  };
}

/** Whether the address itself says “only failed” or not. A form sends `no` first, and `yes` after it when ticked. */
export function saysFailed(params: URLSearchParams): boolean | undefined {
  const said = params.getAll('failed');
  return said.length === 0 ? undefined : said.includes('yes');
}

function dayOf(text: string): { readonly day?: IsoDate; readonly problem?: string } {
  if (text === '') return {};
  const day = IsoDate.safeParse(text);
  return day.success ? { day: day.data } : { problem: `“${text}” is no date such as 2026-11-30.` };
}

async function organizationOf(core: Core, typed: string) {
  if (typed === '') return { name: '' };
  const { organization, nearest } = await findOrganization(core, typed);
  if (organization) return { id: organization.id as string, name: organization.name };
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map(({ name }) => name).join(', ')}?` : '';
  return { name: typed, problem: `No organization is called “${typed}”.${hint}` };
}

/** The address of the page for a filter. */
export function activityHref({ failedOnly, ...filter }: ActivityFilter, cursor?: string): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) params.set(name, String(value));
  params.set('failed', failedOnly ? 'yes' : 'no');
  if (cursor) params.set('cursor', cursor);
  return `${ACTIVITY_PATH}?${params}`;
}
