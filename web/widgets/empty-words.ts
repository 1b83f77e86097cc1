import type { IsoDate } from '../../src/domain/calendar.ts';
import type { Names } from '../../src/usecases/names.ts';
import { definitionFilter } from '../../src/widgets/definition-filter.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { filterChips } from '../items/filter-words.ts';
import type { Show } from '../pages/show.ts';

/** What an empty widget was asked for, so that nobody looks for the fault elsewhere: its filter and its goal in words. */
export function emptyWords(
  definition: WidgetDefinition,
  { names, show, today }: { readonly names: Names; readonly show: Show; readonly today: IsoDate },
): string {
  const { status: _, ...filter } = definitionFilter(definition, today);
  const asked = filterChips(filter, names, show).map(({ text }) => text);
  const { goal } = definition;
  return [asked.length > 0 && `Asked for: ${asked.join(' · ')}.`, goal && `${goal.label}: ${goal.value}.`]
    .filter(Boolean)
    .join(' ');
}
