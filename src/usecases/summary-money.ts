import { addMonths, type IsoDate, type IsoMonth, monthOf } from '../domain/calendar.ts';
import { type Money, zero } from '../domain/money.ts';
import type { RunTotal, SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import { moduleTotals } from '../sync/run-totals.ts';
import { itemTotals } from './list-billing-items.ts';
import { type Names, namesIn } from './names.ts';

/** What everything comes to in one currency, and what it came to before. */
export interface SummaryMoney extends RunTotal {
  readonly ofMonth: IsoMonth;
  /**
   * As of the newest run of an earlier day: yesterday, where a night went before. `month` only where that day lies in
   * the same month, since items of different months cannot be told apart from growth.
   */
  readonly before?: {
    readonly date: IsoDate;
    readonly month?: Money;
    readonly units: number;
    readonly monthly: Money;
  };
  /** The month by module, most money first, each against the same days as the whole. */
  readonly byModule: readonly ModuleMoney[];
  /** All items of the month before, pending and posted. Absent where there are none. */
  readonly lastMonth?: Money;
}

export interface ModuleMoney {
  readonly module: string;
  readonly month: Money;
  readonly before?: Money;
  readonly lastMonth?: Money;
}

export async function summaryMoney(snapshot: Snapshot, run: SyncRun): Promise<SummaryMoney[]> {
  const ofMonth = monthOf(run.date);
  const lastMonth = monthOf(addMonths(`${ofMonth}-01` as IsoDate, -1));
  const items = await snapshot.list('billingItems', { from: lastMonth, to: lastMonth });
  const last = new Map(itemTotals(items).map(({ currency, amount }) => [currency, amount]));
  const before = await runBefore(snapshot, run);
  const names = await namesIn(snapshot);
  return (run.totals ?? []).map((total) => {
    const then = before?.totals?.find((each) => each.currency === total.currency);
    const amount = last.get(total.currency);
    const sameMonth = before && monthOf(before.date) === ofMonth ? then?.modules : undefined;
    const lastModules =
      amount === undefined
        ? undefined
        : moduleTotals(items.filter((item) => item.currency === total.currency));
    return {
      ...total,
      ofMonth,
      byModule: byModule(names, total.modules ?? [], sameMonth, lastModules),
      ...(before && then ? { before: comparable(then, before.date, ofMonth) } : {}),
      ...(amount === undefined ? {} : { lastMonth: amount }),
    };
  });
}

type Modules = NonNullable<RunTotal['modules']>;

/** A module that is gone from the month stands there with nothing, so that its loss is seen. */
function byModule(
  names: Names,
  now: Modules,
  before: Modules | undefined,
  last: Modules | undefined,
): ModuleMoney[] {
  const of = (all: Modules | undefined, module: Modules[number]['module']) =>
    all && (all.find((each) => each.module === module)?.month ?? zero);
  const modules = new Set([...now, ...(before ?? []), ...(last ?? [])].map(({ module }) => module));
  return [...modules].map((module): ModuleMoney => {
    const then = of(before, module);
    const lastMonth = of(last, module);
    return {
      module: names.module(module),
      month: of(now, module) ?? zero,
      ...(then === undefined ? {} : { before: then }),
      ...(lastMonth === undefined ? {} : { lastMonth }),
    };
  });
}

const comparable = ({ month, units, monthly }: RunTotal, date: IsoDate, ofMonth: IsoMonth) => ({
  date,
  units,
  monthly,
  ...(monthOf(date) === ofMonth ? { month } : {}),
});

/** The newest run of an earlier day that applied a plan. */
async function runBefore(snapshot: Snapshot, { date }: SyncRun): Promise<SyncRun | undefined> {
  for (const month of (await snapshot.partitions('syncRuns')).toReversed()) {
    const earlier = (await snapshot.list('syncRuns', { from: month, to: month }))
      .filter((run) => run.totals && run.date < date)
      .sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1));
    if (earlier[0]) return earlier[0];
  }
  return undefined;
}
