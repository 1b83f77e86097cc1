import { dateIn } from '../../src/domain/calendar.ts';
import { gatherBillingItems } from '../../src/usecases/gather-billing-items.ts';
import { headingNames } from '../../src/usecases/names.ts';
import { definitionFilter, itemFilter } from '../../src/widgets/definition-filter.ts';
import { type EmbedGrant, scopeOf } from '../../src/widgets/embed-grant.ts';
import { byLabel, dimensions, headingOf } from '../../src/widgets/heading.ts';
import { openFilters, type ViewerFilterName } from '../../src/widgets/viewer-filter.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { RELATIVE_PERIODS, type WidgetFilters } from '../../src/widgets/widget-filters.ts';
import type { WebDeps } from '../deps.ts';

export interface ViewerChoice {
  readonly name: ViewerFilterName;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

const MOST_OPTIONS = 500;

const periodWords = (period: string): string =>
  `${period.charAt(0).toUpperCase()}${period.slice(1).replaceAll('-', ' ')}`;

/** What a viewer may choose: only what occurs in what the link shows, so that no list names another customer. */
export async function viewerChoices(
  { core }: WebDeps,
  grant: EmbedGrant,
  shown: { readonly definitions: readonly WidgetDefinition[]; readonly filters: readonly WidgetFilters[] },
  chosen: WidgetFilters,
): Promise<ViewerChoice[]> {
  const open = openFilters(grant);
  if (open.length === 0) return [];
  const snapshot = await core.store.snapshot();
  const names = await headingNames(snapshot);
  const today = grant.timeZone ? dateIn(core.clock.now(), grant.timeZone) : core.clock.today();
  const scope = [...scopeOf(grant), ...shown.filters].map((filters) => itemFilter(filters, today));
  // Many widgets of a tab are about the same items.
  const about = new Map(
    shown.definitions
      .filter(({ entity }) => entity !== 'leakage')
      .map((definition) => definitionFilter(definition, today))
      .map((filter) => [JSON.stringify(filter), [filter, ...scope]] as const),
  );
  const is = (name: ViewerFilterName, value: string): boolean => {
    const own: unknown = chosen[name];
    return Array.isArray(own) ? own.includes(value) : own === value;
  };
  const choices = open.map(async (name): Promise<ViewerChoice> => {
    if (name === 'months') {
      const options = RELATIVE_PERIODS.map((value) => ({
        ...{ value, label: periodWords(value), chosen: is(name, value) },
      }));
      return { name, label: 'Months', options };
    }
    const found = new Map<string, ReturnType<typeof headingOf>>();
    for (const filters of about.values()) {
      for (const { keys } of await gatherBillingItems(core, snapshot, { filters, by: [name], fields: [] }))
        if (keys[0]) found.set(keys[0], headingOf(name, keys[0], names));
    }
    const options = [...found.values()]
      .sort(byLabel)
      .slice(0, MOST_OPTIONS)
      .map(({ key, label }) => ({ value: key, label, chosen: is(name, key) }));
    return { name, label: dimensions[name].title, options };
  });
  return Promise.all(choices);
}
