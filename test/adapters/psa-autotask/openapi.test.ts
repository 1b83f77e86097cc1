import { existsSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as api from '../../../src/adapters/psa-autotask/api-types.ts';
import { parseExactJson } from '../../../src/adapters/psa-autotask/exact-json.ts';
import { refusalOf } from '../../../src/adapters/psa-autotask/refusal.ts';
import { isThreadRejection } from '../../../src/adapters/psa-autotask/sort-answer.ts';
import { type IsoInstant, isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import { call, FakeAutotask, type FakeRequest } from './fake-autotask.ts';

/** The vendor's descriptions are not ours to publish: they lie beside the repository where they are at hand at all. */
const SPECS = new URL('../../../../shared/specs/autotask/', import.meta.url);
const present = existsSync(SPECS);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, SPECS), 'utf8'));

interface Filter {
  readonly field?: string;
  readonly items?: readonly Filter[];
}
const fieldsOf = (filter: readonly Filter[]): string[] =>
  filter.flatMap(({ field, items }) => [...(field ? [field] : []), ...fieldsOf(items ?? [])]);

/** A body schema with every object closed; a filter's value is declared an object and described as anything. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (Object.keys(inner.properties ?? {}).length === 0) return 'properties' in inner ? {} : inner;
  return { ...inner, additionalProperties: false };
}

describe.skipIf(!present)('messages sent to Autotask (skipped without the vendor’s specification)', () => {
  const autotask = new FakeAutotask();
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's documents as they are
  let [openApi, newest, metadata]: any[] = [];
  let requests: FakeRequest[] = [];

  beforeAll(async () => {
    [openApi, newest, metadata] = ['openapi-cut.json', 'endpoints-newest.json', 'entity-metadata.json'].map(
      read,
    );
    autotask.rows.Companies = [{ id: 1, companyType: 11, isActive: true, currencyID: 1 }];
    autotask.rows.Currencies = [{ id: 1, name: 'USD' }];
    const { remote, ...psa } = autotask.psa();
    const today = isoDate('2026-11-26');
    await remote.readBook({ today }, call());
    await remote.readBook({ today, since: '2026-11-01T00:00:00Z' }, call());
    const contractServiceIds = [ContractServiceId.parse('10')];
    await remote.readUnits({ from: today, contractServiceIds }, call());
    await remote.readPosted({ since: '2026-11-01T00:00:00.000Z' as IsoInstant }, call());
    await remote.inspect(call());
    await psa.adjustUnits([
      {
        contractId: ContractId.parse('1'),
        contractServiceId: ContractServiceId.parse('10'),
        effectiveDate: today,
        change: -2,
      },
    ]);
    requests = autotask.requests;
  });
  afterAll(() => expect(requests.length).toBeGreaterThan(20));

  const operationOf = ({ path, method }: FakeRequest) => {
    const paths = Object.keys(openApi.paths);
    const template = paths.find((candidate) =>
      new RegExp(`^${candidate.replaceAll(/\{[^}]+\}/g, '\\d+')}$`, 'i').test(`/V1.0/${path}`),
    );
    return template === undefined
      ? undefined
      : { template, ...openApi.paths[template][method.toLowerCase()] };
  };

  it('go to operations that the old and the newest specification have', () => {
    const missing = requests.filter((request) => {
      const operation = operationOf(request);
      return (
        operation?.operationId === undefined || !newest.paths[operation.template]?.includes(request.method)
      );
    });
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('carry the headers of every operation but the look-up of the zone, and declared queries only', () => {
    for (const request of requests) {
      const parameters = operationOf(request).parameters as { in: string; name: string; required: boolean }[];
      const named = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      expect(named('query')).toEqual(expect.arrayContaining([...request.url.searchParams.keys()]));
      const headers = parameters.filter((one) => one.in === 'header' && one.required);
      const sent = headers.filter(({ name }) => request.headers.has(name));
      expect(sent).toHaveLength(request.path === 'zoneInformation' ? 0 : 3);
    }
  });

  it('have bodies of the declared form', () => {
    const ajv = new Ajv2020.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('int32', true).addFormat('int64', true).addFormat('double', true);
    const components = closed(openApi.components) as object;
    const posted = requests.filter(({ body }) => body !== undefined);
    expect(posted.length).toBeGreaterThan(10);
    for (const request of posted) {
      const { $ref } = operationOf(request).requestBody;
      const { content } = openApi.components.requestBodies[$ref.split('/').at(-1)];
      const valid = ajv.compile({ ...content['application/json'].schema, components });
      expect([request.path, valid(request.body), valid.errors]).toEqual([request.path, true, null]);
    }
  });

  it('ask for fields that there are, and filter by those that can be', () => {
    for (const { path, body } of requests.filter(({ body }) => body?.filter)) {
      const entity = metadata.entities[path.split('/')[0] ?? ''];
      const swaggerOnly = (entity.swaggerOnly ?? []).map(({ name }: { name: string }) => name);
      const known = new Set<string>([
        ...entity.fields.map(({ name }: { name: string }) => name),
        ...swaggerOnly,
      ]);
      expect(body.includeFields.filter((name: string) => !known.has(name))).toEqual([]);
      const barred = entity.fields.filter((field: { isQueryable: boolean }) => !field.isQueryable);
      const filtered = fieldsOf(body.filter);
      expect(filtered.filter((name) => !known.has(name))).toEqual([]);
      expect(
        barred.map(({ name }: { name: string }) => name).filter((name: string) => filtered.includes(name)),
      ).toEqual([]);
    }
  });

  it.each([
    ['Companies.query.fixture.json', api.Company],
    ['Contracts.query.recorded.json', api.Contract],
    ['Contracts.recurring.fixture.json', api.Contract],
    ['BillingItems.query.recorded.json', api.BillingItem],
  ] as const)('answers recorded by others are read: %s', (name, row) => {
    const { items } = parseExactJson(readFileSync(new URL(`samples/${name}`, SPECS), 'utf8')) as {
      items: unknown[];
    };
    for (const item of items) expect(row.parse(item)).toMatchObject({ id: expect.stringMatching(/^\d+$/) });
  });

  it.each([
    ['unit adjustment outside contract dates', 'outside-contract'],
    ['second adjustment for the same service falling on an existing period start', 'same-day'],
    ['shortening a contract into a posted period', 'period-posted'],
    ['no permission / impersonation refused', 'no-rights'],
    ['create with a dangling reference', 'service-missing'],
    ['same, older wording', 'service-missing'],
  ])('texts recorded by others are understood: %s', (when, code) => {
    const recorded = read('samples/errors.json').errors.find(
      (error: { when: string }) => error.when === when,
    );
    expect(refusalOf(recorded.body.errors)).toBe(code);
  });

  it('a thread rejection recorded by others is understood', () => {
    const recorded = read('samples/errors.json').errors.find(({ when }: { when: string }) =>
      /concurrent/.test(when),
    );
    expect(isThreadRejection(500, JSON.stringify(recorded.body))).toBe(true);
  });
});
