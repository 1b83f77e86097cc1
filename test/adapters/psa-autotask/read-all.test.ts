import { beforeEach, expect, it } from 'vitest';
import { isoDate } from '../../../src/domain/calendar.ts';
import { ContractServiceId } from '../../../src/domain/ids.ts';
import { call, FakeAutotask, json, page } from './fake-autotask.ts';

let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const from = isoDate('2026-11-01');
const NEXT =
  'http://webservices5.example/ATServicesRest/V1.0/ContractServiceUnits/query/next?paging=%7Bopaque%7D';
const row = (id: number, units = 1) => ({
  id,
  contractID: 1,
  serviceID: 5,
  contractServiceID: 10,
  startDate: '2026-11-01T00:00:00Z',
  endDate: '2026-11-30T00:00:00Z',
  units,
});
const queries = () => autotask.requests.filter(({ path }) => path.includes('query'));
const read = (ids?: number) =>
  autotask.psa().remote.readUnits(
    {
      from,
      ...(ids === undefined
        ? {}
        : {
            contractServiceIds: Array.from({ length: ids }, (_, at) =>
              ContractServiceId.parse(String(at + 1)),
            ),
          }),
    },
    call(),
  );

it('follows pages with the same verb and body, and takes the later form of a row that comes twice', async () => {
  autotask.answer = ({ path }) => {
    if (path.endsWith('/query')) return page([row(1), row(2, 5)], NEXT);
    return path.endsWith('next') ? page([row(2, 6), row(3)]) : undefined;
  };
  expect((await read()).map(({ id, units }) => [id, units])).toEqual([
    ['1', 1],
    ['2', 6],
    ['3', 1],
  ]);
  const [first, second] = queries();
  expect(second?.url.href).toBe(NEXT);
  expect([second?.method, second?.body]).toEqual(['POST', first?.body]);
  expect(first?.body.includeFields[0]).toBe('id');
});

it('asks for long lists in parts of 500', async () => {
  autotask.answer = ({ path, body }) =>
    path.endsWith('/query') ? page([row(body.filter[1].value.length)]) : undefined;
  expect((await read(1_001)).map(({ id }) => id)).toEqual(['500', '1']);
  expect(queries().map(({ body }) => body.filter[1].value.length)).toEqual([500, 500, 1]);
  expect(queries()[2]?.body.filter[1].value).toEqual([1_001]);
});

it('leaves out rows that begin after the last day asked for', async () => {
  await autotask.psa().remote.readUnits({ from, through: isoDate('2026-12-31') }, call());
  expect(queries()[0]?.body.filter).toEqual([
    { op: 'gte', field: 'endDate', value: '2026-11-01' },
    { op: 'lte', field: 'startDate', value: '2026-12-31' },
  ]);
});

it('asks for nothing when nothing is asked of it', async () => {
  expect(await read(0)).toEqual([]);
  expect(autotask.requests).toEqual([]);
});

it('has no more than three calls of an entity under way', async () => {
  let underWay = 0;
  let most = 0;
  autotask.answer = async ({ path }) => {
    if (!path.endsWith('/query')) return undefined;
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    return page([]);
  };
  await read(5_000);
  expect(queries()).toHaveLength(10);
  expect(most).toBe(3);
});

it.each<[string, () => Response, string]>([
  ['leads to another server', () => page([row(1)], NEXT.replace('webservices5', 'elsewhere')), 'must not go'],
  ['leads back', () => page([row(1)], NEXT), 'a page already read'],
  ['is on an empty page', () => page([], NEXT), 'an empty page'],
  ['is no address', () => page([row(1)], 'http://['), 'not an address'],
])('refuses a next page that %s', async (_what, answer, words) => {
  autotask.answer = ({ path }) => (path.includes('query') ? answer() : undefined);
  await expect(read()).rejects.toMatchObject({
    code: 'psa-unavailable',
    message: expect.stringContaining(words),
  });
  expect(autotask.requests.every(({ url }) => url.host !== 'elsewhere.example')).toBe(true);
});

it.each<[string, Response, string]>([
  [
    'a page that holds fewer rows than it says',
    json('{"items":[],"pageDetails":{"count":2}}'),
    'its count says 2, it holds 0',
  ],
  ['a row without its units', page([{ ...row(1), units: null }]), 'items.0.units is missing or wrong'],
  ['units that are not whole', page([{ ...row(1), units: 1.5 }]), 'a whole number'],
  [
    'a day that does not exist',
    page([{ ...row(1), endDate: '2026-02-30T00:00:00Z' }]),
    'exists in the calendar',
  ],
])('refuses %s', async (_what, answer, words) => {
  autotask.answer = ({ path }) => (path.includes('query') ? answer.clone() : undefined);
  await expect(read()).rejects.toMatchObject({ message: expect.stringContaining(words) });
});
