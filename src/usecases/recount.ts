import { earlier, type IsoDate, type IsoInstant } from '../domain/calendar.ts';
import type { ModuleState } from '../domain/module.ts';

/** However late counts of a day change, they are applied: the next plan has to look back that far. */
export function recountOf(
  { recount }: Pick<ModuleState, 'recount'>,
  dates: Iterable<IsoDate>,
  today: IsoDate,
  at: IsoInstant,
): Pick<ModuleState, 'recount'> {
  const from = [...dates].reduce(earlier, today);
  return from >= today ? {} : { recount: { from: earlier(from, recount?.from ?? from), at } };
}
