import { beforeAll, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import type { ActivityFilter } from '../../src/usecases/activity-filter.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { Office, refusal } from './office.ts';

/** 10 November: 14 and 2 units begin; 11 November: Acme is held at zero; 12 November: the module fails. */
let office: Office;

beforeAll(async () => {
  office = await Office.mapped();
  await office.mapService({ contractId: 'c1', contractServiceId: 's1b', billingType: 'Server' });
  await office.mapOrganization('Acme', '2');
  await office.mapService({ contractId: 'c2', contractServiceId: 's2' });
  await office.sync();
  office.day('2026-11-11').sites = { 'Daily Mail': { AllDevicesMetric: 15, Server: 2 } };
  await office.sync();
  office.day('2026-11-12').problem = new IcbError('source-unavailable', 'Datto RMM does not answer.');
  await office.sync();
});

const shown = async (filter: ActivityFilter): Promise<string[]> =>
  (await listActivity(office.core, filter)).items.map(
    (row) => `${row.date.slice(8)} ${row.result} ${row.organization ?? '–'} ${row.billingType ?? '–'}`,
  );

describe('the activity log', () => {
  test('has a row for every billing type of every run, up, down or the same, newest first', async () => {
    const all = await shown({ from: '2026-11-10' as never, to: '2026-11-11' as never });
    expect(all.filter((row) => row.startsWith('11')).toSorted()).toEqual([
      '11 held Acme AllDevicesMetric',
      '11 same Daily Mail Server',
      '11 up Daily Mail AllDevicesMetric',
    ]);
    expect(all.at(0)).toMatch(/^11/);
    expect(all.at(-1)).toMatch(/^10/);
  });

  test.each<[string, ActivityFilter, string[]]>([
    [
      'one day',
      { from: '2026-11-11' as never, to: '2026-11-11' as never, result: 'held' },
      ['11 held Acme AllDevicesMetric'],
    ],
    ['a result', { result: 'up', from: '2026-11-11' as never }, ['11 up Daily Mail AllDevicesMetric']],
    ['an organization by name', { organization: 'acme', result: 'up' }, ['10 up Acme AllDevicesMetric']],
    ['an organization by id', { organization: '2', result: 'up' }, ['10 up Acme AllDevicesMetric']],
    ['a billing type by id', { billingType: 'Server', result: 'same' }, ['11 same Daily Mail Server']],
    ['a service by a part of its name', { service: 'server mon', result: 'up' }, ['10 up Daily Mail Server']],
    ['a contract by id', { contract: 'c2', result: 'held' }, ['11 held Acme AllDevicesMetric']],
    ['a contract by name', { contract: 'Contract c2', result: 'held' }, ['11 held Acme AllDevicesMetric']],
    [
      'all at once',
      {
        module: 'Datto RMM',
        organization: 'Acme',
        contract: 'c2',
        service: 's2',
        billingType: 'all',
        failedOnly: true,
        to: '2026-11-11' as never,
      },
      ['11 held Acme AllDevicesMetric'],
    ],
    ['nothing', { service: 'no such service' }, []],
  ])('by %s', async (_name, filter, rows) => {
    expect(await shown(filter)).toEqual(rows);
  });

  test('only failed: what was not billed, the module’s failure too', async () => {
    const rows = await shown({ failedOnly: true, from: '2026-11-12' as never });
    expect(rows.toSorted()).toEqual([
      '12 failed Acme AllDevicesMetric',
      '12 failed Daily Mail AllDevicesMetric',
      '12 failed Daily Mail Server',
      '12 failed – –',
    ]);
  });

  test('pages keep their filter', async () => {
    const first = await listActivity(office.core, { organization: 'Daily Mail', limit: 2 });
    const rest = await listActivity(office.core, {
      organization: 'Daily Mail',
      limit: 50,
      cursor: first.nextCursor,
    });
    const all = await listActivity(office.core, { organization: 'Daily Mail' });
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect(all.items.every((row) => row.organizationId === '1')).toBe(true);
  });

  test('says what it cannot understand', async () => {
    expect(await refusal(shown({ organization: 'Akme' }))).toMatchObject({ code: 'unknown-organization' });
    expect(await refusal(shown({ module: 'nope' }))).toMatchObject({ code: 'unknown-module' });
    expect(await refusal(shown({ from: '2026-12-01' as never, to: '2026-11-01' as never }))).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Swap'),
    });
  });

  test('goes back a year and further: nothing of it is ever deleted', async () => {
    const old = await Office.mapped();
    await old.sync();
    for (const date of ['2027-01-15', '2027-04-15', '2027-11-20']) await old.day(date).sync();
    const { items } = await listActivity(old.core, { to: '2026-11-30' as never });
    expect(items.map((row) => row.date)).toContain('2026-11-10');
  });
});
