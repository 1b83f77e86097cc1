import { converted } from '../exact.ts';
import type { Row, Tables } from '../tables.ts';
import { MONTHS_OF, type Period, periodsOf } from './periods.ts';
import { forceOn, type Line, type Segment, segmentsOf } from './segments.ts';

export interface LedgerSettings {
  /** Business day, YYYY-MM-DD. */
  readonly today: () => string;
  /** Label of a contract's period: Monthly … */
  readonly periodLabel: (contract: Row) => string;
  /** How many periods after the present one have rows already. */
  readonly futurePeriods: number;
  /** Whether a row's price and cost are those of one unit or of all its units. */
  readonly rowPrice: 'unit' | 'row';
}

/** Keeps the rows of ContractServiceUnits in step with contracts, contract services and adjustments. */
export interface Ledger {
  /** Its rows are written at once, or before the first `catchUp` by that. */
  add(line: Line): void;
  line(contractServiceId: number): Line | undefined;
  linesOf(contractId: number): readonly Line[];
  /** The line's row that begins on a day. */
  rowAt(contractServiceId: number, start: string): Row | undefined;
  /** The line's rows in the table, by their first day. */
  rowsOf(contractServiceId: number): readonly Row[];
  /** Every line's rows up to today with the segments behind them. */
  all(): readonly { readonly row: Row; readonly segment: Segment }[];
  /** Brings all rows up to today, e.g. after the clock moved. Does nothing on the same day. */
  catchUp(): void;
  /** Writes the rows of a contract anew after it, a service of it or an adjustment changed. Posted rows stay, or are cut. */
  rewrite(contractId: number): void;
}

export function createLedger(tables: Tables, settings: LedgerSettings): Ledger {
  const lines = new Map<number, Line>();
  const byContract = new Map<number, Line[]>();
  /** Many contracts have the same days and so the same periods. Good for one day. */
  const known = new Map<string, readonly Period[]>();
  const rows = new Map<number, Map<string, Row>>();
  let writtenOn = '';

  const linesOf = (contractId: number) => byContract.get(contractId) ?? [];

  function periodsNow(start: string, end: string, months: number): readonly Period[] {
    const key = `${settings.today()} ${start} ${end} ${months}`;
    const found =
      known.get(key) ?? periodsOf({ start, end, months }, settings.today(), settings.futurePeriods);
    known.set(key, found);
    return found;
  }

  function segmentsNow(line: Line): Segment[] {
    const contract = tables.row('Contracts', line.contractId);
    if (contract === undefined) return [];
    const months = MONTHS_OF[settings.periodLabel(contract)];
    if (months === undefined) return [];
    return segmentsOf(line, periodsNow(String(contract.startDate), String(contract.endDate), months));
  }

  function write(line: Line): void {
    const written = rows.get(line.contractServiceId) ?? new Map<string, Row>();
    rows.set(line.contractServiceId, written);
    const segments = segmentsNow(line);
    const starts = new Set(segments.map((segment) => segment.start));
    for (const [start, row] of written) {
      if (starts.has(start) || isPosted(row)) continue;
      written.delete(start);
      tables.remove('ContractServiceUnits', row.id);
    }
    for (const segment of segments) {
      const present = written.get(segment.start);
      const values = valuesOf(line, segment);
      if (present === undefined) {
        written.set(segment.start, tables.insert('ContractServiceUnits', values));
      } else if (!isPosted(present)) Object.assign(present, values);
      else if (segment.end < String(present.endDate)) present.endDate = segment.end;
    }
  }

  function valuesOf(line: Line, segment: Segment) {
    const count = settings.rowPrice === 'row' ? segment.units : 1;
    const price = converted(segment.unitPrice, count);
    return {
      contractID: line.contractId,
      contractServiceID: line.contractServiceId,
      serviceID: line.serviceId,
      startDate: segment.start,
      endDate: segment.end,
      units: segment.units,
      price,
      cost: converted(segment.unitCost, count),
      internalCurrencyPrice: converted(price, rateOf(tables, line.contractId)),
      approveAndPostDate: null,
      vendorCompanyID: null,
    };
  }

  return {
    add: (line) => {
      lines.set(line.contractServiceId, line);
      byContract.set(line.contractId, [...linesOf(line.contractId), line]);
      if (writtenOn === '') return;
      write(line);
      showPrice(tables, line, settings.today());
    },
    line: (id) => lines.get(id),
    linesOf,
    rowAt: (id, start) => rows.get(id)?.get(start),
    rowsOf: (id) =>
      [...(rows.get(id)?.values() ?? [])].sort((a, b) =>
        String(a.startDate) < String(b.startDate) ? -1 : 1,
      ),
    all: () =>
      [...lines.values()].flatMap((line) =>
        segmentsNow(line).flatMap((segment) => {
          const row = rows.get(line.contractServiceId)?.get(segment.start);
          return row === undefined ? [] : [{ row, segment }];
        }),
      ),
    catchUp: () => {
      const today = settings.today();
      if (today === writtenOn) return;
      known.clear();
      for (const line of lines.values()) {
        write(line);
        showPrice(tables, line, today);
      }
      writtenOn = today;
    },
    rewrite: (contractId) => {
      for (const line of linesOf(contractId)) {
        write(line);
        showPrice(tables, line, settings.today());
      }
    },
  };
}

export const isPosted = (row: Row): boolean => (row.approveAndPostDate ?? null) !== null;

/** What one unit of the customer's currency is in the MSP's own. */
export function rateOf(tables: Tables, contractId: number): number {
  const company = tables.row('Companies', Number(tables.row('Contracts', contractId)?.companyID));
  return Number(tables.row('Currencies', Number(company?.currencyID))?.exchangeRate ?? 1);
}

/** A contract service shows the catalogue's price, and the price in force only in the MSP's own currency. */
function showPrice(tables: Tables, line: Line, today: string): void {
  const row = tables.row('ContractServices', line.contractServiceId);
  if (row === undefined) return;
  const { unitPrice, unitCost } = forceOn(line, today);
  const rate = rateOf(tables, line.contractId);
  const catalogue = Number(tables.row('Services', line.serviceId)?.unitPrice ?? 0);
  Object.assign(row, {
    unitPrice: catalogue,
    unitCost,
    internalCurrencyUnitPrice: converted(catalogue, rate),
    internalCurrencyAdjustedPrice: converted(unitPrice, rate),
  });
}
