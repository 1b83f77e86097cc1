import { Refusal } from '../refusal.ts';
import type { Row, Tables, Value } from '../tables.ts';
import { isPosted, type Ledger } from './ledger.ts';
import { forceOn, type Line } from './segments.ts';

/** An adjustment that took effect, in the order they did: whoever sends them can be checked against these. */
export interface Adjustment {
  readonly contractServiceId: number;
  readonly effectiveDate: string;
  readonly unitChange: number;
  /** It is in force. */
  readonly committed: boolean;
}

/** An adjustment as asked for, its fields of the right kinds. */
export type AdjustmentInput = Readonly<Record<string, Value | undefined>>;

export const REFUSALS = {
  outsideContract:
    'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID.',
  sameDay:
    'Unable to create the ContractServiceAdjustment. Attempt to insert duplicate data into contract_service_period.',
  posted:
    'Unable to make changes as it would result in the deletion/modification of an already approved and posted contract period',
  inactive: 'The Contract referenced by contractID is not active.',
  wrongType: 'ContractServiceAdjustment can only be created for a Contract of type Recurring Service.',
  belowZero: 'The adjustment would result in a negative number of units for the ContractService.',
  noService:
    'Reference value on field: contractServiceID of type: ContractService does not exist or is invalid.',
  noContract: 'Reference value on field: contractID of type: Contract does not exist or is invalid.',
} as const;

export interface AdjustWorld {
  readonly tables: Tables;
  readonly ledger: Ledger;
  readonly adjustments: Adjustment[];
  /** Whether a change inside a posted period is refused, or splits it and becomes an item of its own. */
  readonly postedPeriods: 'refuse' | 'adjust';
  isRecurring(contract: Row): boolean;
  isActive(contract: Row): boolean;
}

/**
 * Puts an adjustment in force: splits the period at its day and carries the new units forward. Refused with the vendor's
 * sentence where it cannot be.
 */
export function adjust(world: AdjustWorld, asked: AdjustmentInput): void {
  const { tables, ledger } = world;
  const named = asked.contractServiceID ?? null;
  const present = named === null ? lineByService(ledger, asked) : ledger.line(Number(named));
  if (named !== null && present === undefined) throw new Refusal(500, REFUSALS.noService);
  const contract = tables.row('Contracts', present?.contractId ?? Number(asked.contractID ?? Number.NaN));
  if (contract === undefined) throw new Refusal(500, REFUSALS.noContract);
  if (present !== undefined && (asked.contractID ?? contract.id) !== contract.id) {
    throw new Refusal(500, REFUSALS.noService);
  }
  const date = String(asked.effectiveDate);
  checkContract(world, contract, date);
  const line = present ?? newLine(world, contract, asked, date);
  const unitChange = Number(asked.unitChange ?? 0);
  checkLine(world, line, date, unitChange);
  if (present === undefined) enter(world, line);

  const row = tables.insert('ContractServiceAdjustments', {
    ...asked,
    contractServiceID: line.contractServiceId,
  });
  line.changes.push({
    adjustmentId: row.id,
    effectiveDate: date,
    unitChange,
    ...(typeof asked.adjustedUnitPrice === 'number' ? { unitPrice: asked.adjustedUnitPrice } : {}),
    ...(typeof asked.adjustedUnitCost === 'number' ? { unitCost: asked.adjustedUnitCost } : {}),
  });
  line.changes.sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
  ledger.rewrite(line.contractId);
  world.adjustments.push({
    contractServiceId: line.contractServiceId,
    effectiveDate: date,
    unitChange,
    committed: true,
  });
}

function lineByService(ledger: Ledger, asked: AdjustmentInput): Line | undefined {
  if (asked.allowRepeatService === true) return undefined;
  return ledger
    .linesOf(Number(asked.contractID ?? Number.NaN))
    .find((line) => line.serviceId === asked.serviceID);
}

function checkContract(world: AdjustWorld, contract: Row, date: string): void {
  if (!world.isRecurring(contract)) throw new Refusal(500, REFUSALS.wrongType);
  if (!world.isActive(contract)) throw new Refusal(500, REFUSALS.inactive);
  if (date < String(contract.startDate) || date > String(contract.endDate)) {
    throw new Refusal(500, REFUSALS.outsideContract);
  }
}

/** A service the contract lacks begins with its first adjustment. */
function newLine(world: AdjustWorld, contract: Row, asked: AdjustmentInput, date: string): Line {
  const service = world.tables.row('Services', Number(asked.serviceID ?? Number.NaN));
  if (service === undefined) {
    throw new Refusal(
      500,
      'Reference value on field: serviceID of type: Service does not exist or is invalid.',
    );
  }
  return {
    contractServiceId: Number.NaN,
    contractId: contract.id,
    serviceId: service.id,
    from: date,
    units: 0,
    unitPrice: Number(service.unitPrice ?? 0),
    unitCost: Number(service.unitCost ?? 0),
    changes: [],
  };
}

function enter(world: AdjustWorld, line: Line): void {
  const row = world.tables.insert('ContractServices', {
    contractID: line.contractId,
    serviceID: line.serviceId,
  });
  Object.assign(line, { contractServiceId: row.id });
  world.ledger.add(line);
}

function checkLine(world: AdjustWorld, line: Line, date: string, unitChange: number): void {
  const { ledger, postedPeriods } = world;
  const [first, ...more] = ledger
    .rowsOf(line.contractServiceId)
    .filter((row) => String(row.endDate) >= date && isPosted(row));
  const inside = first !== undefined && more.length === 0 && String(first.startDate) < date;
  if (first !== undefined && !(inside && postedPeriods === 'adjust')) throw new Refusal(500, REFUSALS.posted);
  if (line.changes.some((change) => change.effectiveDate === date)) throw new Refusal(500, REFUSALS.sameDay);
  const days = [date, ...line.changes.map((change) => change.effectiveDate).filter((later) => later > date)];
  if (days.some((day) => forceOn(line, day).units + unitChange < 0))
    throw new Refusal(500, REFUSALS.belowZero);
}
