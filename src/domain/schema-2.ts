import { idOnContract, stableId } from './ids.ts';
import type { RawRecord, RawRecords } from './migrations.ts';
import { serviceMappingId } from './service-mapping.ts';
import { unitLedgerId } from './unit-ledger.ts';

/**
 * Schema 2: ids of service mappings, unit ledgers and billing items begin alike for all that hangs on one contract.
 * What names them follows: decisions on a line, and corrections of a billing item. Ids that were made otherwise, as those
 * of items found in the PSA, stay.
 */
export function idsOnContracts(records: RawRecords): RawRecords {
  const of = (kind: string): readonly RawRecord[] => records.get(kind) ?? [];
  const mappings = renamed(of('serviceMappings'), (mapping) =>
    serviceMappingId(text(mapping.contractId), text(mapping.module), text(mapping.billingType)),
  );
  const ledgers = renamed(of('unitLedgers'), (ledger) =>
    unitLedgerId(
      text(ledger.contractId),
      text(ledger.contractServiceId),
      textOrNull(ledger.module),
      textOrNull(ledger.billingType),
    ),
  );
  const items = renamed(of('billingItems'), newItemId);
  const decisions = of('lineDecisions').map((each) => ({
    ...each,
    id: mappings.ids.get(each.id) ?? each.id,
  }));
  const corrected = items.records.map((item) =>
    item.corrects === undefined
      ? item
      : { ...item, corrects: items.ids.get(text(item.corrects)) ?? item.corrects },
  );
  return new Map([
    ...records,
    ...present('serviceMappings', mappings.records),
    ...present('unitLedgers', ledgers.records),
    ...present('billingItems', corrected),
    ...present('lineDecisions', decisions),
  ]);
}

const present = (kind: string, records: readonly RawRecord[]): [string, readonly RawRecord[]][] =>
  records.length > 0 ? [[kind, records]] : [];

interface Renamed {
  /** New ids by old ones. */
  readonly ids: ReadonlyMap<string, string>;
  readonly records: readonly RawRecord[];
}

function renamed(records: readonly RawRecord[], newId: (record: RawRecord) => string): Renamed {
  const ids = new Map(records.map((record) => [record.id, newId(record)]));
  return { ids, records: records.map((record) => ({ ...record, id: ids.get(record.id) ?? record.id })) };
}

/** Postings and corrections of one service and day have a number behind the facts that make their id. */
const MOST_ON_ONE_DAY = 1_000;

function newItemId(item: RawRecord): string {
  const [module, billingType] = [textOrNull(item.module), textOrNull(item.billingType)];
  const [contractId, serviceId, day] = [
    text(item.contractId),
    text(item.contractServiceId),
    text(item.itemDate),
  ];
  const oldLedger = stableId('ul', serviceId, module ?? '', billingType ?? '');
  const newLedger = unitLedgerId(contractId, serviceId, module, billingType);
  for (let sequence = 0; sequence < MOST_ON_ONE_DAY; sequence++) {
    const more = sequence === 0 ? [] : [String(sequence)];
    if (stableId('bi', oldLedger, day, ...more) === item.id)
      return idOnContract('bi', contractId, newLedger, day, ...more);
  }
  return item.id;
}

const text = (value: unknown): string => String(value ?? '');
const textOrNull = (value: unknown): string | null => (value == null ? null : String(value));
