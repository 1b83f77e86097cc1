import { addDays, type IsoDate } from '../../src/domain/calendar.ts';
import type { CountedDay } from '../../src/usecases/explanation.ts';
import { escapeName } from '../words/escape.ts';
import { day } from '../words/wording.ts';

/** Days in a row that say the same. */
interface DayRun {
  readonly first: CountedDay;
  readonly last: IsoDate;
}

/**
 * Counts by day, one line for days in a row that say the same: `• 10 Nov 2026 to 19 Nov 2026: *14*`. The item's date
 * begins a line of its own and is marked.
 */
export function dayRunLines(counts: readonly CountedDay[], itemDate: IsoDate): string[] {
  const runs: DayRun[] = [];
  for (const each of counts) {
    const open = runs.at(-1);
    const goesOn = open && each.date === addDays(open.last, 1) && each.date !== itemDate;
    if (goesOn && saying(open.first) === saying(each)) runs[runs.length - 1] = { ...open, last: each.date };
    else runs.push({ first: each, last: each.date });
  }
  return runs.map(({ first, last }) => {
    const days = last === first.date ? day(first.date) : `${day(first.date)} to ${day(last)}`;
    return `• ${days}: ${saying(first)}${first.date === itemDate ? ' ← this item' : ''}`;
  });
}

function saying({ quantity, units, moduleOrganizations, excluded, held }: CountedDay): string {
  const parts = moduleOrganizations
    .slice(0, 5)
    .map((one) => `${escapeName(one.name)} ${one.quantity ?? 'unknown'}`)
    .join(', ');
  const notes = [
    ...(moduleOrganizations.length > 1 ? [parts] : []),
    ...(excluded === undefined ? [] : [excluded === 'all' ? 'excluded' : `${excluded} excluded`]),
    ...(units !== null && units !== quantity ? [`${units} units`] : []),
    ...(held ? ['held'] : []),
  ];
  return `*${quantity ?? 'unknown'}*${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}
