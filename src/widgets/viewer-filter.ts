import { IcbError } from '../domain/errors.ts';
import type { EmbedGrant } from './embed-grant.ts';
import { RELATIVE_PERIODS, WidgetFilters } from './widget-filters.ts';

/** As `EmbedGrant.viewerFilters` names them. */
export const VIEWER_FILTERS = ['module', 'organization', 'billingType', 'service', 'months'] as const;
export type ViewerFilterName = (typeof VIEWER_FILTERS)[number];

type Grant = Pick<EmbedGrant, 'filters' | 'capabilities' | 'viewerFilters'>;

/** What viewers of a link may filter by: never what is locked, and no modules where the link hides them. */
export const openFilters = ({ filters, capabilities, viewerFilters }: Grant): readonly ViewerFilterName[] =>
  VIEWER_FILTERS.filter(
    (name) =>
      viewerFilters.includes(name) &&
      filters[name] === undefined &&
      (name !== 'module' || capabilities.modules),
  );

/**
 * A viewer's own filter, which only narrows what the link shows. Errors: `forbidden` for what the link does not open,
 * `bad-input` for a value that is none.
 */
export function viewerFilter(grant: Grant, asked: ReadonlyMap<string, readonly string[]>): WidgetFilters {
  const open: readonly string[] = openFilters(grant);
  const chosen: Record<string, unknown> = {};
  for (const [name, values] of asked) {
    if (!open.includes(name))
      throw new IcbError('forbidden', 'This link does not let its viewers filter like this.');
    chosen[name] = name === 'months' ? values[0] : values;
  }
  const months = chosen.months;
  const parsed = WidgetFilters.safeParse(chosen);
  if (!parsed.success || (months !== undefined && !RELATIVE_PERIODS.some((period) => period === months)))
    throw new IcbError('bad-input', 'The filter in this address is not understood; take it out.');
  return parsed.data;
}
