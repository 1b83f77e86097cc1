import { type Adjustment, type AdjustWorld, adjust } from './billing/adjust.ts';
import {
  closeEmpty,
  invoice,
  type PostingWorld,
  pendingRows,
  postRow,
  unpost,
} from './billing/approve-and-post.ts';
import { createLedger, type Ledger } from './billing/ledger.ts';
import { dayAfter } from './billing/periods.ts';
import type { SimBook } from './book.ts';
import { labelOf, type Picklists, picklistsOf, picklistValue } from './entities/picklists.ts';
import { stock } from './stock.ts';
import { createTables, type Row, type Tables } from './tables.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly book: SimBook;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `posted` (the default): periods that are over when the stand-in starts were approved and posted in their time. */
  readonly history?: 'posted' | 'pending';
  /** How many periods after the present one have rows of units already; 0 by default. */
  readonly futurePeriods?: number;
  /** Whether price and cost of a row of units are those of one unit, the default, or of all its units. */
  readonly rowPrice?: 'unit' | 'row';
  /** `refuse` (the default): no change reaches into a posted period. `adjust`: it becomes an item of its own, unless it starts on a posted row's first day or later rows are posted too. */
  readonly postedPeriods?: 'refuse' | 'adjust';
}

/** Which rows to approve: those that begin no later than `throughDate`, of one contract or all, or single ones. */
export interface ApprovalScope {
  readonly throughDate?: string | undefined;
  readonly contractId?: number | undefined;
  readonly unitRowIds?: readonly number[] | undefined;
}

/** The tenant: its records and what its people do in Autotask's own pages. */
export interface World extends AdjustWorld {
  readonly seed: number;
  readonly lists: Picklists;
  readonly tables: Tables;
  readonly ledger: Ledger;
  readonly adjustments: Adjustment[];
  /** YYYY-MM-DD, the UTC date of the clock. */
  today(): string;
  /** ISO, UTC, with milliseconds. */
  instant(): string;
  adjust(asked: Parameters<typeof adjust>[1]): void;
  pending(): ReturnType<typeof pendingRows>;
  approveAndPost(scope: ApprovalScope): { posted: number };
  unpost(billingItemId: number): void;
  /** Invoices what is posted and dated no later than the day. */
  invoice(throughDate: string): { invoiced: number };
}

export function createWorld(options: WorldOptions): World {
  const { seed, now } = options;
  const lists = picklistsOf(seed);
  const tables = createTables();
  const today = () => new Date(now()).toISOString().slice(0, 10);
  const instant = () => new Date(now()).toISOString();
  const ledger = createLedger(tables, {
    today,
    periodLabel: (contract) => labelOf(lists, 'contractPeriodType', contract.contractPeriodType),
    futurePeriods: options.futurePeriods ?? 0,
    rowPrice: options.rowPrice ?? 'unit',
  });
  const approver = stock({ tables, ledger, lists }, options.book, today());
  const itemTypes = new Map<string, number>();
  const posting: PostingWorld = {
    tables,
    ledger,
    approver,
    itemType: (list, label) => {
      const known = itemTypes.get(list + label) ?? picklistValue(lists, list, label);
      itemTypes.set(list + label, known);
      return known;
    },
  };
  const is = (list: string, field: string, label: string) => (contract: Row) =>
    labelOf(lists, list, contract[field]) === label;

  const world: World = {
    seed,
    lists,
    tables,
    ledger,
    adjustments: [],
    postedPeriods: options.postedPeriods ?? 'refuse',
    today,
    instant,
    isRecurring: is('contractType', 'contractType', 'Recurring Service'),
    isActive: is('status', 'status', 'Active'),
    adjust: (asked) => adjust(world, asked),
    pending: () => {
      ledger.catchUp();
      return pendingRows(ledger);
    },
    approveAndPost: ({ throughDate, contractId, unitRowIds }) => {
      const due = world
        .pending()
        .filter(({ segment }) => throughDate === undefined || segment.start <= throughDate)
        .filter(({ row }) => contractId === undefined || row.contractID === contractId)
        .filter(({ row }) => unitRowIds === undefined || unitRowIds.includes(row.id));
      for (const one of due) postRow(posting, one, instant());
      if (throughDate !== undefined && contractId === undefined) {
        closeEmpty(ledger, throughDate < today() ? throughDate : dayAfter(today(), -1));
      }
      return { posted: due.length };
    },
    unpost: (id) => unpost(posting, id),
    invoice: (throughDate) => invoice(posting, throughDate),
  };
  ledger.catchUp();
  if (options.history !== 'pending') postHistory(world, posting);
  return world;
}

/** Each ended period as if it had been approved on the morning of its third day. */
function postHistory(world: World, posting: PostingWorld): void {
  const today = world.today();
  for (const one of world.pending()) {
    if (one.segment.period.end >= today) continue;
    const third = dayAfter(one.segment.period.start, 2);
    postRow(posting, one, `${third < today ? third : one.segment.start}T08:30:00.000Z`);
  }
  closeEmpty(world.ledger, dayAfter(today, -1));
}
