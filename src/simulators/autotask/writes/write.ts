import { REFUSALS } from '../billing/adjust.ts';
import { isPosted } from '../billing/ledger.ts';
import type { Entity } from '../entities/entities.ts';
import { labelOf } from '../entities/picklists.ts';
import { Refusal } from '../refusal.ts';
import type { Row } from '../tables.ts';
import type { World } from '../world.ts';
import { readValues, requireAll, type Values, writable } from './check-write.ts';

export interface Written {
  /** Null for an adjustment: it cannot be read afterwards. */
  readonly itemId: number | null;
}

/** Creates a record of an entity, below a parent where the path names one. */
export function create(world: World, entity: Entity, body: unknown, parentId?: number): Written {
  const parent = parentValues(world, entity, parentId);
  const given = readValues(entity, body, world);
  if (parent.contractID !== undefined && (given.contractID ?? parent.contractID) !== parent.contractID) {
    throw new Refusal(500, 'The contractID of the body is not that of the path.');
  }
  const values = writable(entity, { ...given, ...parent }, 'create');
  requireAll(entity, values);
  switch (entity.name) {
    case 'ContractServiceAdjustments':
      world.adjust(values);
      return { itemId: null };
    case 'ContractServices':
      return { itemId: createContractService(world, values) };
    case 'Contracts':
      checkContract(world, values);
      return {
        itemId: world.tables.insert('Contracts', { ...values, lastModifiedDateTime: world.instant() }).id,
      };
    default:
      return { itemId: world.tables.insert(entity.name, { ...createdNow(world, entity), ...values }).id };
  }
}

function parentValues(world: World, entity: Entity, parentId: number | undefined): Values {
  if (parentId === undefined || entity.under === undefined) return {};
  if (world.tables.row(entity.under.parent, parentId) === undefined)
    throw new Refusal(500, REFUSALS.noContract);
  return { contractID: parentId };
}

const createdNow = (world: World, entity: Entity): Values =>
  entity.name === 'Companies'
    ? { isActive: true, createDate: world.instant(), lastTrackedModifiedDateTime: world.instant() }
    : { isActive: true, createDate: world.instant(), lastModifiedDate: world.instant() };

function checkContract(world: World, values: Values): void {
  if (String(values.endDate) < String(values.startDate)) {
    throw new Refusal(500, 'The contract endDate must be on or after its startDate.');
  }
  const recurring = labelOf(world.lists, 'contractType', values.contractType) === 'Recurring Service';
  if (recurring && (values.contractPeriodType ?? null) === null) {
    throw new Refusal(500, 'Missing Required Field: contractPeriodType.');
  }
  if (!recurring) values.contractPeriodType = null;
}

/** A bare create gives no units: they come with an adjustment. */
function createContractService(world: World, values: Values): number {
  const contract = world.tables.row('Contracts', Number(values.contractID)) as Row;
  if (!world.isRecurring(contract)) {
    throw new Refusal(500, 'ContractService can only be created for a Contract of type Recurring Service.');
  }
  const service = world.tables.row('Services', Number(values.serviceID)) as Row;
  const { adjustedPrice, ...kept } = values;
  const row = world.tables.insert('ContractServices', kept);
  world.ledger.add({
    contractServiceId: row.id,
    contractId: contract.id,
    serviceId: service.id,
    from: String(contract.startDate),
    units: 0,
    unitPrice: Number(adjustedPrice ?? service.unitPrice ?? 0),
    unitCost: Number(values.unitCost ?? service.unitCost ?? 0),
    changes: [],
  });
  return row.id;
}

/** PATCH changes the fields given, PUT empties those left out. */
export function update(
  world: World,
  entity: Entity,
  body: unknown,
  whole: boolean,
  parentId?: number,
): Written {
  const given = readValues(entity, body, world);
  const row = world.tables.row(entity.name, Number(given.id ?? Number.NaN));
  if (row === undefined || (parentId !== undefined && row.contractID !== parentId)) {
    throw new Refusal(
      500,
      'No matching records found. The logged in Resource may not have the required permissions to update the data.',
    );
  }
  const fixed = entity.fields.filter(
    ({ name, isRequired, isReadOnly }) =>
      isRequired && isReadOnly && name in given && given[name] !== (row[name] ?? null),
  );
  if (fixed.length > 0) {
    throw new Refusal(
      500,
      ...fixed.map(({ name }) => `The field ${name} is read-only and cannot be updated.`),
    );
  }
  const values = writable(entity, given, 'update');
  const next = whole ? { ...emptied(entity), ...values } : values;
  requireKept(entity, next);
  apply(world, entity, row, next);
  return { itemId: row.id };
}

const emptied = (entity: Entity): Values =>
  Object.fromEntries(
    entity.fields.filter((field) => !field.isReadOnly && !field.writeOnly).map((field) => [field.name, null]),
  );

function requireKept(entity: Entity, next: Values): void {
  const lost = entity.fields.filter(
    ({ name, isRequired, isReadOnly }) =>
      isRequired && !isReadOnly && name in next && (next[name] ?? '') === '',
  );
  if (lost.length > 0) {
    throw new Refusal(500, ...lost.map(({ name }) => `Missing Required Field: ${name}.`));
  }
}

function apply(world: World, entity: Entity, row: Row, next: Values): void {
  switch (entity.name) {
    case 'Contracts':
      checkContract(world, { ...row, ...next } as Values);
      protectPosted(world, row, next);
      Object.assign(row, next, { lastModifiedDateTime: world.instant() });
      world.ledger.rewrite(row.id);
      return;
    case 'ContractServices': {
      const { adjustedPrice, unitCost, ...kept } = next;
      Object.assign(row, kept);
      const line = world.ledger.line(row.id);
      if (line === undefined) return;
      if (typeof adjustedPrice === 'number') line.unitPrice = adjustedPrice;
      if (typeof unitCost === 'number') line.unitCost = unitCost;
      world.ledger.rewrite(line.contractId);
      return;
    }
    case 'Companies':
      Object.assign(row, next, { lastTrackedModifiedDateTime: world.instant() });
      return;
    case 'Services':
      Object.assign(row, next, { lastModifiedDate: world.instant() });
      return;
    default:
      Object.assign(row, next);
  }
}

/** A contract's days cannot move so that a posted period would vanish or change. */
function protectPosted(world: World, contract: Row, next: Values): void {
  const posted = world.ledger
    .linesOf(contract.id)
    .flatMap((line) => world.ledger.rowsOf(line.contractServiceId))
    .filter(isPosted);
  const { startDate = contract.startDate, endDate = contract.endDate } = next;
  const moved = posted.length > 0 && startDate !== contract.startDate;
  if (moved || posted.some((row) => String(row.endDate) > String(endDate))) {
    throw new Refusal(500, REFUSALS.posted);
  }
}
