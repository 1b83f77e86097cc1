import { type EntityField, fieldsFrom } from './entity-field.ts';
import { FIELD_TABLES } from './field-tables.ts';

export type EntityName = keyof typeof FIELD_TABLES;

export interface Entity {
  readonly name: EntityName;
  /** As references name it. */
  readonly singular: string;
  readonly fields: readonly EntityField[];
  /** By name in lower case: names in filters and bodies may be written in any case. */
  readonly byName: ReadonlyMap<string, EntityField>;
  /** Verbs of the collection's own path. */
  readonly root: readonly Verb[];
  readonly query: boolean;
  /** Below which entity it is also reached, by what name, and with which verbs. */
  readonly under?: { readonly parent: EntityName; readonly segment: string; readonly verbs: readonly Verb[] };
  /** User-defined fields of this tenant. */
  readonly udfs: readonly string[];
  readonly webhooks: boolean;
}
export type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

type Traits = Partial<Pick<Entity, 'root' | 'query' | 'under' | 'udfs' | 'webhooks'>>;

const ALL_WRITES: readonly Verb[] = ['POST', 'PATCH', 'PUT'];
const UPDATES: readonly Verb[] = ['PATCH', 'PUT'];

function entity(name: EntityName, singular: string, traits: Traits = {}): Entity {
  const fields = fieldsFrom(FIELD_TABLES[name]);
  return {
    name,
    singular,
    fields,
    byName: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    root: [],
    query: true,
    udfs: [],
    webhooks: false,
    ...traits,
  };
}

const underContract = (segment: string, verbs: readonly Verb[]) => ({
  under: { parent: 'Contracts' as const, segment, verbs },
});

/** What is served, and with which verbs; the vendor's other two hundred entities answer 404. */
export const ENTITIES: readonly Entity[] = [
  entity('Companies', 'Company', {
    root: ALL_WRITES,
    udfs: ['Support Tier', 'Account Code'],
    webhooks: true,
  }),
  entity('Contracts', 'Contract', { root: ALL_WRITES, udfs: ['Bonus'] }),
  entity('Services', 'Service', { root: ALL_WRITES }),
  entity('ContractServices', 'ContractService', underContract('Services', ['GET', ...ALL_WRITES])),
  entity('ContractServiceUnits', 'ContractServiceUnit', underContract('ServiceUnits', ['GET'])),
  entity('ContractServiceAdjustments', 'ContractServiceAdjustment', {
    root: ['POST'],
    query: false,
    ...underContract('ServiceAdjustments', ['POST']),
  }),
  // Bundles are always none here: read-only, where the vendor takes writes.
  entity('ContractServiceBundles', 'ContractServiceBundle', underContract('ServiceBundles', ['GET'])),
  entity(
    'ContractServiceBundleUnits',
    'ContractServiceBundleUnit',
    underContract('ServiceBundleUnits', ['GET']),
  ),
  entity('BillingItems', 'BillingItem', { root: UPDATES }),
  entity('BillingCodes', 'BillingCode'),
  entity('Currencies', 'Currency', { root: UPDATES }),
  // Read-only here, where the vendor takes updates.
  entity('Resources', 'Resource'),
];

const BY_NAME = new Map(ENTITIES.map((one) => [one.name.toLowerCase(), one]));
const BY_SINGULAR = new Map(ENTITIES.map((one) => [one.singular, one]));

/** By its plural name in any case. */
export const entityOf = (name: string): Entity | undefined => BY_NAME.get(name.toLowerCase());
export const referenceTarget = (singular: string): Entity | undefined => BY_SINGULAR.get(singular);
export const theEntity = (name: EntityName): Entity => BY_NAME.get(name.toLowerCase()) as Entity;
