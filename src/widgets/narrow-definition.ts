import type { WidgetDefinition } from './widget-definition.ts';
import type { WidgetFilters } from './widget-filters.ts';

/** What a tab's filter may name: lists, which two filters share exactly. */
export const TAB_FILTERS = ['module', 'organization', 'contract', 'billingType', 'service'] as const;

const FLAGS = { module: 'noModule', billingType: 'noBillingType' } as const;

/**
 * The definition as a tab shows it: only what both let through, so that a mark's rows are those behind it on this tab.
 * An empty list lets nothing through.
 */
export function narrowDefinition(definition: WidgetDefinition, filters: WidgetFilters): WidgetDefinition {
  const own: Record<string, unknown> = { ...definition.filters };
  for (const name of TAB_FILTERS) {
    const wanted: readonly string[] | undefined = filters[name];
    if (!wanted) continue;
    const had = own[name] as readonly string[] | undefined;
    const flag = name === 'module' || name === 'billingType' ? FLAGS[name] : undefined;
    // "Items without a module" alone, on a tab of certain modules, are none.
    const alone = flag !== undefined && own[flag] === true && !had;
    own[name] = alone ? [] : had ? had.filter((value) => wanted.includes(value)) : wanted;
    if (flag) delete own[flag];
  }
  return { ...definition, filters: own as WidgetFilters };
}
