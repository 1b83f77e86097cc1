import { type IsoInstant, isoInstant } from '../../domain/calendar.ts';
import { roundToCents, times } from '../../domain/money.ts';
import type { PsaCall, PsaPostedItem } from '../../ports/psa.ts';
import { BillingItem } from './api-types.ts';
import { toMoney, toWhole } from './decimal.ts';
import type { Filter } from './filter.ts';
import type { Picklists } from './picklists.ts';
import { malformed } from './problems.ts';
import { readAll } from './read-all.ts';
import { contractServiceOf } from './read-units.ts';
import type { Session } from './session.ts';
import { together } from './together.ts';

const PERIOD = 'Recurring Services';
const ADJUSTMENT = 'Recurring Services Adjustment';

/**
 * Items of recurring services posted at `since` or later. One that was un-posted in Autotask has vanished from there, so a
 * caller reads a stretch again and misses what is gone. Source: facts/apis.md §2.13.
 */
export function readPosted(
  { session, picklists }: { readonly session: Session; readonly picklists: Picklists },
  { since }: { readonly since: IsoInstant },
  call: PsaCall,
): Promise<readonly PsaPostedItem[]> {
  return together(call, async (inner) => {
    const types = await picklists.of('BillingItems', 'billingItemType', [PERIOD, ADJUSTMENT], inner);
    const wanted = [PERIOD, ADJUSTMENT].map((label) => types.valueOf(label));
    const filter: Filter[] = [
      { op: 'gte', field: 'postedOnTime', value: since },
      { op: 'in', field: 'billingItemType', value: wanted.map(Number) },
    ];
    const rows = await readAll(session, { entity: 'BillingItems', filter, row: BillingItem }, inner);
    const serviceOf = await contractServiceOf(session, rows, inner);
    const adjustment = types.valueOf(ADJUSTMENT);
    return rows.flatMap((row): PsaPostedItem[] => {
      const contractServiceId = serviceOf(row);
      if (contractServiceId === undefined) return [];
      const isAdjustment =
        row.contractServiceAdjustmentID !== null || String(row.billingItemType) === adjustment;
      return [
        { ...moneyOf(row), id: row.id, contractServiceId, kind: isAdjustment ? 'adjustment' : 'period' },
      ];
    });
  });
}

/** `totalAmount` stays 0 until the item is invoiced; `extendedPrice` is filled when it is posted. */
function moneyOf(row: BillingItem): Omit<PsaPostedItem, 'id' | 'contractServiceId' | 'kind'> {
  const units = toWhole(row.quantity);
  const unitPrice = toMoney(row.rate);
  const amount = row.extendedPrice ? toMoney(row.extendedPrice) : times(unitPrice, units);
  return {
    itemDate: row.itemDate,
    units,
    unitPrice,
    amount: roundToCents(amount),
    ...(row.ourCost ? { cost: roundToCents(toMoney(row.ourCost)) } : {}),
    postedAt: postedAt(row),
  };
}

function postedAt({ id, postedOnTime }: BillingItem): IsoInstant {
  const ms = Date.parse(postedOnTime);
  if (Number.isNaN(ms)) throw malformed(`BillingItems, item ${id}`, 'postedOnTime is not a time');
  return isoInstant(Temporal.Instant.fromEpochMilliseconds(ms));
}
