import type { Entity } from '../entities/entities.ts';
import type { EntityField } from '../entities/entity-field.ts';
import type { Picklists } from '../entities/picklists.ts';
import type { Row, Value } from '../tables.ts';

/** A record as the API shows it: every field there, days at midnight with Z. @param include lower-case names, or all */
export function recordBody(entity: Entity, row: Row, include?: ReadonlySet<string>): object {
  const fields = entity.fields.filter(
    (field) => !field.writeOnly && (include === undefined || include.has(field.name.toLowerCase())),
  );
  const body = Object.fromEntries(fields.map((field) => [field.name, shown(field, row[field.name] ?? null)]));
  if (entity.udfs.length === 0) return body;
  if (include !== undefined && !include.has('userdefinedfields')) return body;
  return {
    ...body,
    userDefinedFields: entity.udfs.map((name) => ({ name, value: row[`udf:${name}`] ?? null })),
  };
}

function shown(field: EntityField, value: Value): Value {
  if (value === null) return field.emptyText ? '' : null;
  return field.kind === 'date' ? `${value}T00:00:00Z` : value;
}

const DATA_TYPE = {
  text: 'string',
  int: 'integer',
  long: 'long',
  dec: 'double',
  bool: 'boolean',
  date: 'datetime',
  time: 'datetime',
} as const;

export const fieldsBody = (entity: Entity, lists: Picklists): object => ({
  fields: entity.fields.map((field) => ({
    name: field.name,
    dataType: DATA_TYPE[field.kind],
    length: field.length,
    isRequired: field.isRequired,
    isReadOnly: field.isReadOnly,
    isQueryable: field.isQueryable,
    isReference: field.reference !== '',
    referenceEntityType: field.reference,
    isPickList: field.isPickList,
    picklistValues: field.isPickList ? picklistBody(lists, field.name) : null,
    picklistParentValueField: '',
    isSupportedWebhookField: entity.webhooks && field.isQueryable && !field.isReadOnly,
  })),
});

const picklistBody = (lists: Picklists, name: string): object[] =>
  (lists[name] ?? []).map(({ value, label, isSystem }, i) => ({
    value: String(value),
    label,
    isDefaultValue: i === 0,
    sortOrder: i + 1,
    parentValue: '',
    isActive: true,
    isSystem,
  }));

export const udfsBody = (entity: Entity): object => ({
  fields: entity.udfs.map((name) => ({
    name,
    label: name,
    description: '',
    type: 'string',
    length: 100,
    defaultValue: '',
    isRequired: false,
    isReadOnly: false,
    isQueryable: true,
    isReference: false,
    referenceEntityType: '',
    isPickList: false,
    picklistValues: null,
    picklistParentValueField: '',
    isSupportedWebhookField: entity.webhooks,
  })),
});

export function entityBody(entity: Entity): object {
  const verbs = [...entity.root, ...(entity.under?.verbs ?? [])];
  const access = (able: boolean) => (able ? 'All' : 'None');
  const can = { create: verbs.includes('POST'), update: verbs.includes('PATCH') };
  return {
    info: {
      name: entity.singular,
      canCreate: can.create,
      canUpdate: can.update,
      canDelete: false,
      canQuery: entity.query,
      hasUserDefinedFields: entity.udfs.length > 0,
      supportsWebhookCallouts: entity.webhooks,
      userAccessForCreate: access(can.create),
      userAccessForQuery: access(entity.query),
      userAccessForUpdate: access(can.update),
      userAccessForDelete: access(false),
    },
  };
}
