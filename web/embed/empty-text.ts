import { dateIn } from '../../src/domain/calendar.ts';
import { readNames } from '../../src/usecases/names.ts';
import { itemFilter } from '../../src/widgets/definition-filter.ts';
import { type EmbedGrant, scopeOf } from '../../src/widgets/embed-grant.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WidgetFilters } from '../../src/widgets/widget-filters.ts';
import type { WebDeps } from '../deps.ts';
import { filterChips } from '../items/filter-words.ts';
import { createShow } from '../pages/show.ts';

const EMPTY = {
  pending: 'No billing items are pending',
  posted: 'No billing items have been posted in this time',
  both: 'There are no billing items in this time',
  leakage: 'Everything that is counted is billed',
} as const;

interface Emptied {
  readonly definition: WidgetDefinition;
  readonly locale: string;
  /** The tab's, and what the viewer chose. */
  readonly tabFilters: readonly WidgetFilters[];
}

/** Why an embed shows nothing: true of what the link opens, which is not all that icb has. */
export async function emptyText(
  { core, settings }: WebDeps,
  grant: EmbedGrant,
  { definition, locale, tabFilters }: Emptied,
): Promise<string> {
  const locked = scopeOf(grant).filter((filters) => Object.keys(filters).length > 0);
  const today = grant.timeZone ? dateIn(core.clock.now(), grant.timeZone) : core.clock.today();
  const names = await readNames(core);
  const show = createShow({ locale, timeZone: grant.timeZone ?? settings.timeZone }, core.clock.now());
  const asked = wordedFilters(locked, [definition.filters, ...tabFilters])
    .map((filters) => itemFilter(grant.capabilities.modules ? filters : withoutModules(filters), today))
    .flatMap((filter) => filterChips(filter, names, show).map(({ text }) => text));
  const { goal } = definition;
  return [
    `${EMPTY[definition.entity]}${locked.length > 0 ? ' for the filter of this link' : ''}.`,
    ...(asked.length > 0 ? [`Asked for: ${[...new Set(asked)].join(' · ')}.`] : []),
    ...(goal ? [`${goal.label}: ${goal.value}.`] : []),
  ].join(' ');
}

/** A widget's own filter may name other customers, and is no business of whom a link is locked to; its months are. */
const wordedFilters = (
  locked: readonly WidgetFilters[],
  others: readonly WidgetFilters[],
): readonly WidgetFilters[] =>
  locked.length === 0
    ? others
    : [...locked, ...others.map(({ months }): WidgetFilters => (months ? { months } : {}))];

/** A billing type is told with its module's words. */
function withoutModules(filters: WidgetFilters): WidgetFilters {
  const { module: _, noModule: __, billingType: ___, noBillingType: ____, ...rest } = filters;
  return rest;
}
