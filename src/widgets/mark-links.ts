import { encodeBillingItemFilter } from './billing-item-filter-url.ts';
import { drillFilter } from './drill-filter.ts';
import { formatFigure } from './format-figure.ts';
import { encodeLeakageDrill, leakageDrill } from './leakage-drill.ts';
import { overallLabel } from './measure.ts';
import type { Mark, WidgetResult } from './query.ts';

export interface MarkLink {
  /** Empty where the rows cannot be named in an address of a length that servers take: show no link then. */
  readonly href: string;
  /** For people who hear the chart: `Datto RMM, Nov 2026: $1,234.50`. */
  readonly label: string;
}

export const markText = (mark: Mark, locale?: string): string =>
  formatFigure(mark.value, mark.currency, locale);

export function markLabel(mark: Mark, locale?: string, overall = 'Total'): string {
  const names = [mark.series?.label, mark.group?.label].filter((label) => label !== undefined);
  return `${names.length > 0 ? names.join(', ') : overall}: ${markText(mark, locale)}`;
}

/** Beside the page of billing items. */
const leakagePath = (path: string): string => path.replace(/[^/]*$/, 'leakage');

/** Proxies and Node itself refuse longer addresses: no link is better than one that fails. */
const MOST_CHARACTERS = 6_000;

function hrefOf(result: WidgetResult, mark: Mark, path: string): string {
  const leaks = result.definition.entity === 'leakage';
  const query = (
    leaks
      ? encodeLeakageDrill(leakageDrill(result, mark))
      : encodeBillingItemFilter(drillFilter(result, mark))
  ).toString();
  const page = leaks ? leakagePath(path) : path;
  if (query.length > MOST_CHARACTERS) return '';
  return query || !leaks ? `${page}?${query}` : page;
}

/** A link to the rows behind each mark, by mark index. `path` is the page that lists billing items. */
export const markLinks = (result: WidgetResult, path: string, locale?: string): MarkLink[] =>
  result.marks.map((mark) => ({
    href: hrefOf(result, mark, path),
    label: markLabel(mark, locale, overallLabel(result.definition.measure)),
  }));
