import { LEAKAGE_REASONS, type LeakageReason } from '../../src/domain/leakage.ts';
import type { Core } from '../../src/usecases/core.ts';
import type { LeakageFilter } from '../../src/usecases/list-leakage.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';
import { decodeLeakageDrill, encodeLeakageDrill } from '../../src/widgets/leakage-drill.ts';

export const LEAKAGE_PATH = '/dashboard/leakage';

export interface LeakageQuery {
  readonly filter: LeakageFilter;
  /** The organization as it is called, or as it was typed. */
  readonly organizationName: string;
  /** What could not be understood, in a sentence; that part is left out of the filter. */
  readonly problem?: string;
}

const isReason = (text: string): text is LeakageReason => LEAKAGE_REASONS.some((reason) => reason === text);

/** What the page's address asks for; what nobody knows is told beside the form instead of as an error page. */
export async function readLeakageQuery(
  core: Core,
  modules: readonly Pick<ModuleView, 'id'>[],
  params: URLSearchParams,
): Promise<LeakageQuery> {
  const reason = params.get('reason') ?? '';
  const module = modules.find(({ id }) => id === params.get('module'))?.id;
  const typed = params.get('organization')?.trim() ?? '';
  const drill = decodeLeakageDrill(params);
  const filter = {
    ...(module && { module }),
    ...(isReason(reason) && { reason }),
    ...(Object.keys(drill).length > 0 && { drill }),
  };
  if (typed === '') return { filter, organizationName: '' };
  const { organization, nearest } = await findOrganization(core, typed);
  if (organization)
    return { filter: { ...filter, organization: organization.id }, organizationName: organization.name };
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map(({ name }) => name).join(', ')}?` : '';
  return { filter, organizationName: typed, problem: `No organization is called “${typed}”.${hint}` };
}

/** The address of the page, or with `.csv` of the file, for a filter. */
export function leakageHref(
  { module, organization, reason, drill }: LeakageFilter,
  { cursor, csv = false }: { cursor?: string | undefined; csv?: boolean } = {},
): string {
  const params = new URLSearchParams({
    ...(module && { module }),
    ...(organization && { organization }),
    ...(reason && { reason }),
    ...(cursor && { cursor }),
  });
  for (const [name, value] of encodeLeakageDrill(drill ?? {})) params.append(name, value);
  return `${LEAKAGE_PATH}${csv ? '.csv' : ''}${params.size > 0 ? `?${params}` : ''}`;
}
