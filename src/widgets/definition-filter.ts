import type { IsoDate } from '../domain/calendar.ts';
import type { BillingItemFilter } from './billing-item-filter.ts';
import { monthRange } from './month-range.ts';
import type { WidgetDefinition } from './widget-definition.ts';

/** The billing items a widget is about on a given day. */
export function definitionFilter(definition: WidgetDefinition, today: IsoDate): BillingItemFilter {
  const { months, ...lists } = definition.filters;
  const period = monthRange(months, today);
  return {
    ...(definition.entity !== 'both' && { status: definition.entity }),
    ...lists,
    ...(period && { period }),
  };
}
