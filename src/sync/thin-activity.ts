import type { Activity } from '../domain/activity.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';

const lineOf = (row: Activity): string => row.id.slice(row.runId.length + 1);

/**
 * Rows that say no more than that a line had the units it had before. Kept among them are those an explanation reads: of
 * each line the month's first one, the one after a hold, which tells how it ended, and the first one from the day of a
 * billing item on, which tells which run made it.
 */
export function quietRows(rows: readonly Activity[], items: readonly BillingItem[]): Activity[] {
  const itemDates = new Map<string, IsoDate[]>();
  for (const { contractServiceId, itemDate } of items)
    itemDates.getOrInsertComputed(contractServiceId, () => []).push(itemDate);
  return [...Map.groupBy(rows, lineOf).values()].flatMap((own) => {
    const ascending = own.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const makers = new Set(
      (itemDates.get(own[0]?.contractServiceId ?? '') ?? []).map(
        (day) => ascending.find(({ date }) => date >= day)?.id,
      ),
    );
    return ascending.filter(
      (row, i) => isQuiet(row) && !makers.has(row.id) && ascending[i - 1]?.result !== 'held' && i > 0,
    );
  });
}

const isQuiet = ({ result, reason }: Activity): boolean => result === 'same' && reason.code === 'count-same';

/** Rows of lines none of whose items waits to be posted. */
export function doneRows(rows: readonly Activity[], pending: readonly BillingItem[]): Activity[] {
  const open = new Set<string>(pending.map(({ contractServiceId }) => contractServiceId));
  return rows.filter(({ contractServiceId }) => !contractServiceId || !open.has(contractServiceId));
}
