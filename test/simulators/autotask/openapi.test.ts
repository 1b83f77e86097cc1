import { existsSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../src/simulators/autotask/api/route-of.ts';
import { ENTITIES } from '../../../src/simulators/autotask/entities/entities.ts';
import { open } from './opened.ts';

/** The vendor's descriptions are not ours to publish: they lie beside the repository where they are at hand at all. */
const SPECS = new URL('../../../../shared/specs/autotask/', import.meta.url);
const present = existsSync(SPECS);
const read = (name: string) => (present ? JSON.parse(readFileSync(new URL(name, SPECS), 'utf8')) : {});
const openApi = read('openapi-cut.json');

/** Seen on the wire by others and newer than the description: extra fields. */
const NEWER = [
  'taxCategoryID',
  'sku',
  'catalogNumberPartNumber',
  'externalID',
  'internalID',
  'manufacturerServiceProvider',
  'manufacturerServiceProviderProductNumber',
  'url',
  'lastModifiedDateTime',
];
/** Declared as an object without a shape, while numbers, booleans and words come. */
const SHAPELESS = ['Object', 'RestUserAccessLevel'];

/** Objects closed to undeclared fields, and every field also null: the description declares none nullable. */
function onTheWire(schema: unknown, name = ''): unknown {
  if (SHAPELESS.includes(name)) return {};
  if (Array.isArray(schema)) return schema.map((one) => onTheWire(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (!('properties' in schema)) {
    return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, onTheWire(inner, key)]));
  }
  const declared = { ...Object.fromEntries(NEWER.map((key) => [key, {}])), ...(schema.properties as object) };
  const properties = Object.entries(declared).map(([key, inner]) => [
    key,
    { anyOf: [onTheWire(inner), { type: 'null' }] },
  ]);
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

const ajv = new Ajv2020.default({ strict: false, allErrors: true });
addFormats.default(ajv);
if (present) ajv.addSchema({ $id: 'spec', components: onTheWire(openApi.components) });

function faultsOf(path: string, method: string, body: unknown): string[] {
  const declared = openApi.paths[path]?.[method]?.responses['200'].content['application/json'].schema.$ref;
  if (declared === undefined) return [`${method} ${path} is not described`];
  const valid = ajv.getSchema(`spec${declared}`);
  if (valid === undefined) return [`${declared} is not described`];
  if (valid(body)) return [];
  return [
    ...new Set(
      (valid.errors ?? []).map(
        ({ instancePath, keyword, params }) =>
          `${instancePath.replaceAll(/\/\d+/g, '')}/${params.additionalProperty ?? ''} ${keyword}`,
      ),
    ),
  ];
}

/** Not in the description, which was cut: metadata of resources. */
const UNDESCRIBED = ['Resources'];

describe.skipIf(!present)('answers against the vendor’s description (skipped without it)', () => {
  it.each(ENTITIES.map((entity) => [entity.name, entity] as const))('%s', async (name, entity) => {
    const { call, query, approveAndPost } = await open();
    approveAndPost('2026-11-26');
    const faults: string[] = [];
    const check = async (path: string, method = 'GET', body?: unknown, actual = path) => {
      const answer = await call(method, actual, body);
      expect([path, answer.status]).toEqual([path, 200]);
      faults.push(...faultsOf(`/V1.0/${path}`, method.toLowerCase(), answer.body));
    };
    if (!UNDESCRIBED.includes(name)) {
      await check(`${name}/entityInformation`);
      await check(`${name}/entityInformation/fields`);
      await check(`${name}/entityInformation/userDefinedFields`);
    }
    if (entity.query) {
      const filter = [{ op: 'gte', field: 'id', value: 0 }];
      const first = (await query(name, filter)).body.items[0];
      await check(`${name}/query`, 'POST', { filter, maxRecords: 2 });
      await check(`${name}/query/count`, 'POST', { filter });
      if (first !== undefined) await check(`${name}/{id}`, 'GET', undefined, `${name}/${first.id}`);
      await check(`${name}/{id}`, 'GET', undefined, `${name}/1`);
    }
    const child = entity.under;
    if (child?.verbs.includes('GET')) {
      const path = `Contracts/{parentId}/${child.segment}`;
      await check(path, 'GET', undefined, path.replace('{parentId}', '900'));
    }
    expect(faults).toEqual([]);
  });

  it('writes, versions, the threshold and the zone', async () => {
    const { call, apiUrl, user } = await open();
    const faults: string[] = [];
    const check = async (path: string, method: string, body: unknown, actual = path) => {
      const answer = await call(
        method,
        actual.startsWith('http') ? actual : actual.slice('/V1.0/'.length),
        body,
      );
      expect([path, answer.status]).toEqual([path, 200]);
      faults.push(...faultsOf(path, method.toLowerCase(), answer.body));
    };
    await check('/V1.0/Contracts', 'PATCH', { id: 900, contractNumber: '7' });
    const change = { contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 1 };
    await check('/V1.0/ContractServiceAdjustments', 'POST', change);
    await check('/V1.0/ThresholdInformation', 'GET', undefined);
    await check('/V1.0/Version', 'GET', undefined);
    await check('/V1.0/ZoneInformation', 'GET', undefined, `${apiUrl}V1.0/ZoneInformation?user=${user}`);
    await check('/VersionInformation', 'GET', undefined, `${apiUrl}VersionInformation`);
    expect(faults).toEqual([]);
  });
});

/** Served with fewer verbs than the vendor's: what is written there plays no part in recurring billing. */
const READ_ONLY_HERE = /^(Resources|ContractServiceBundle)|\/ServiceBundles/;
/** Names of whole collections that are not served at all, below entities that are. */
const NOT_SERVED =
  /^(Companies|Resources|Contracts)\/\{(parentId|id)\}\/(?!Services\b|Service(Units|Adjustments|Bundles|BundleUnits)\b)/;

describe.skipIf(!present)('verbs against the newest list of endpoints (skipped without it)', () => {
  const newest = read('endpoints-newest.json');
  const paths: Record<string, string[]> = newest.paths ?? newest;
  const ours = Object.entries(paths)
    .map(([path, verbs]) => [path.replace('/V1.0/', ''), verbs] as const)
    .filter(([path]) => ENTITIES.some(({ name }) => path === name || path.startsWith(`${name}/`)))
    .filter(([path]) => !NOT_SERVED.test(path) && !READ_ONLY_HERE.test(path));

  it('are served where listed, and no others', () => {
    expect(ours.length).toBeGreaterThan(60);
    const wrong = ours.flatMap(([path, verbs]) =>
      ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].flatMap((verb) => {
        const { kind } = routeOf(verb, `/V1.0/${path.replaceAll(/\{\w+\}/g, '7')}`);
        const served = kind !== 'unknown' && kind !== 'wrong-verb';
        return served === verbs.includes(verb) && kind !== 'unknown' ? [] : [`${verb} ${path}: ${kind}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!present)('fields against recorded metadata (skipped without it)', () => {
  const { entities } = read('entity-metadata.json');

  it.each(ENTITIES.map((entity) => [entity.name, entity] as const))('%s', (name, entity) => {
    const recorded = new Map<string, Record<string, unknown>>(
      entities?.[name].fields.map((field: { name: string }) => [field.name, field]),
    );
    const differing = entity.fields.flatMap((field) => {
      const there = recorded.get(field.name);
      if (there === undefined) return [];
      const traits = ['isRequired', 'isReadOnly', 'isQueryable', 'isPickList'] as const;
      return traits.filter((trait) => field[trait] !== there[trait]).map((trait) => `${field.name} ${trait}`);
    });
    const missing = [...recorded.keys()].filter((key) => !entity.byName.has(key.toLowerCase()));
    expect({ differing, missing: name === 'Resources' ? [] : missing }).toEqual({
      differing: [],
      missing: [],
    });
  });
});
