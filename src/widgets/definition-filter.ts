import type { IsoDate } from '../domain/calendar.ts';
import type { BillingItemFilter } from './billing-item-filter.ts';
import { monthRange } from './month-range.ts';
import type { WidgetDefinition } from './widget-definition.ts';
import type { WidgetFilters } from './widget-filters.ts';

/** The billing items that filters name on a given day. */
export function itemFilter({ months, ...rest }: WidgetFilters, today: IsoDate): BillingItemFilter {
  const period = monthRange(months, today);
  return { ...rest, ...(period && { period }) };
}

/** The billing items a widget is about on a given day. */
export const definitionFilter = (definition: WidgetDefinition, today: IsoDate): BillingItemFilter => ({
  ...((definition.entity === 'pending' || definition.entity === 'posted') && { status: definition.entity }),
  ...itemFilter(definition.filters, today),
  ...inCurrency(definition),
});

/** Its own currency and the filter's must both hold: of two different ones nothing is left, which an empty list says. */
function inCurrency({ currency, filters }: WidgetDefinition): BillingItemFilter {
  if (!currency) return {};
  return { currency, ...(filters.currency && filters.currency !== currency && { organization: [] }) };
}
