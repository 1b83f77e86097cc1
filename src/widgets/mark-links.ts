import { encodeBillingItemFilter } from './billing-item-filter-url.ts';
import { drillFilter } from './drill-filter.ts';
import { formatFigure } from './format-figure.ts';
import { leakageParams } from './gather-leakage.ts';
import type { Heading } from './heading.ts';
import type { Mark, WidgetResult } from './query.ts';

export interface MarkLink {
  readonly href: string;
  /** For people who hear the chart: `Datto RMM, Nov 2026: $1,234.50`. */
  readonly label: string;
}

export const markText = (mark: Mark, locale?: string): string =>
  formatFigure(mark.value, mark.currency, locale);

export function markLabel(mark: Mark, locale?: string): string {
  const names = [mark.series?.label, mark.group?.label].filter((label) => label !== undefined);
  return `${names.length > 0 ? names.join(', ') : 'Total'}: ${markText(mark, locale)}`;
}

/** Beside the page of billing items. */
const leakagePath = (path: string): string => path.replace(/[^/]*$/, 'leakage');

/** The page narrows to one module, organization and reason; "Other" and what it does not know lead to more rows. */
function leakageHref({ definition }: WidgetResult, { group, series }: Mark, path: string): string {
  const { groupBy, breakDownBy } = definition;
  const keyOf = (heading: Heading | undefined): string | null =>
    heading?.kind === 'value' ? heading.key : null;
  const params = leakageParams([
    [groupBy, keyOf(group)],
    ...(breakDownBy ? [[breakDownBy, keyOf(series)] as const] : []),
  ]);
  return `${leakagePath(path)}${params.size > 0 ? `?${params}` : ''}`;
}

/** A link to the rows behind each mark, by mark index. `path` is the page that lists billing items. */
export const markLinks = (result: WidgetResult, path: string, locale?: string): MarkLink[] =>
  result.marks.map((mark) => ({
    href:
      result.definition.entity === 'leakage'
        ? leakageHref(result, mark, path)
        : `${path}?${encodeBillingItemFilter(drillFilter(result, mark))}`,
    label: markLabel(mark, locale),
  }));
