import type { EntityName } from './entities/entities.ts';

export type Value = string | number | boolean | null;

/**
 * A stored record under its REST names. Days are YYYY-MM-DD, instants ISO with milliseconds, user-defined fields stand
 * under `udf:` and their name. What is not set is absent or null.
 */
export interface Row {
  readonly id: number;
  [field: string]: Value | undefined;
}

/** The tenant's records by entity, in the order of their ids. */
export interface Tables {
  rows(entity: EntityName): readonly Row[];
  row(entity: EntityName, id: number): Row | undefined;
  /** With the given id, or the entity's next one. */
  insert(entity: EntityName, values: Readonly<Record<string, Value | undefined>>): Row;
  remove(entity: EntityName, id: number): void;
}

/** Where each entity's own ids begin, so that an id of one is never by chance that of another. */
const FIRST_ID: Readonly<Partial<Record<EntityName, number>>> = {
  Companies: 29_690_000,
  Contracts: 29_720_000,
  Services: 29_750_000,
  ContractServices: 29_780_000,
  ContractServiceUnits: 1_000_000,
  ContractServiceAdjustments: 500_000,
  BillingItems: 2_000_000,
};

interface Table {
  readonly byId: Map<number, Row>;
  sorted: Row[] | undefined;
  nextId: number;
}

export function createTables(): Tables {
  const tables = new Map<EntityName, Table>();

  function table(entity: EntityName): Table {
    const found = tables.get(entity) ?? { byId: new Map(), sorted: [], nextId: FIRST_ID[entity] ?? 1 };
    tables.set(entity, found);
    return found;
  }

  return {
    rows: (entity) => {
      const one = table(entity);
      one.sorted ??= [...one.byId.values()].sort((a, b) => a.id - b.id);
      return one.sorted;
    },
    row: (entity, id) => table(entity).byId.get(id),
    insert: (entity, values) => {
      const one = table(entity);
      const id = typeof values.id === 'number' ? values.id : one.nextId;
      one.nextId = Math.max(one.nextId, id + 1);
      const row: Row = { ...values, id };
      one.byId.set(id, row);
      if (one.sorted !== undefined && id > (one.sorted.at(-1)?.id ?? -1)) one.sorted.push(row);
      else one.sorted = undefined;
      return row;
    },
    remove: (entity, id) => {
      const one = table(entity);
      one.byId.delete(id);
      one.sorted = undefined;
    },
  };
}
