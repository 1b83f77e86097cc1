import { describe, expect, test } from 'vitest';
import { addDays, isoDate, isoInstant } from '../../src/domain/calendar.ts';
import { DEFAULT_RETENTION, LEAST_MONTHS, type Retention } from '../../src/domain/retention.ts';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import type { Core } from '../../src/usecases/core.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { thin } from '../../src/usecases/thin.ts';
import { thinDaily } from '../../src/usecases/thin-daily.ts';
import { ADA, Office, refusal } from '../usecases/office.ts';

const SHORT: Retention = {
  counts: LEAST_MONTHS,
  devices: LEAST_MONTHS,
  'quiet-activity': LEAST_MONTHS,
  activity: LEAST_MONTHS + 1,
  'unit-changes': LEAST_MONTHS,
};

/** Daily Mail counted every other day from 10 November on: 14 devices, 16 from 22 November, 12 from 20 December. */
async function longYear({
  post = true,
  until = '2027-06-20',
  devicesOn = (day: string) => (day < '2026-11-22' ? 14 : day < '2026-12-20' ? 16 : 12) as number,
} = {}): Promise<{ office: Office; core: Core }> {
  const office = await Office.mapped();
  for (let day = isoDate('2026-11-10'); day <= until; day = addDays(day, 2)) {
    const devices = devicesOn(day);
    office.day(day).sites = { 'Daily Mail': { AllDevicesMetric: devices } };
    office.devices = Array.from({ length: devices }, (_, i) => `PC-${i + 1}`);
    await office.sync();
    if (post && day.endsWith('-02')) await approveAndPost(office.core, { by: ADA, filter: {} as never });
  }
  return { office, core: { ...office.core, retention: SHORT } };
}

const goneOf = async (core: Core, dryRun = false) =>
  Object.fromEntries(
    (await thin(core, { by: ADA, dryRun })).map(({ kind, removed, reduced }) => [kind, [removed, reduced]]),
  );

const itemOf = async (office: Office, itemDate: string) => {
  const { items } = await listBillingItems(office.core, { filter: {} });
  const item = items.find((each) => each.itemDate === itemDate);
  if (!item) throw new Error(`no item of ${itemDate}`);
  return item.id;
};

describe('after posting', () => {
  test('a dry run says what goes and changes nothing; thinning does just that, once', async () => {
    const { office, core } = await longYear();
    const before = await office.revision();
    const said = await goneOf(core, true);
    expect(await office.revision()).toBe(before);
    expect(said.counts?.[0]).toBeGreaterThan(20);
    expect(said.devices?.[0]).toBeGreaterThan(20);
    expect(said['quiet-activity']?.[0]).toBeGreaterThan(5);
    expect(said.activity?.[0]).toBeGreaterThan(10);
    expect(await goneOf(core)).toEqual(said);
    expect(Object.values(await goneOf(core)).flat()).toEqual(Array(10).fill(0));
  });

  test('audit entries stay, and tell of each month what went', async () => {
    const { office, core } = await longYear();
    const before = await office.list('audit');
    await thin(core, { by: ADA });
    const after = await office.list('audit');
    expect(after).toEqual(expect.arrayContaining([...before]));
    const texts = after.filter(({ action }) => action === 'thin').map(({ text }) => text);
    expect(texts).toContain(
      'Daily counts of datto-rmm of 2026-12 thinned: 13 records removed, 1 reduced to the counts that bill',
    );
    expect(after.filter(({ action }) => action === 'thin').every(({ by }) => by.name === 'Ada')).toBe(true);
  });

  test('items, ledgers and the plan are what they were, and stay so in the next night', async () => {
    const [{ office: whole }, { office, core }] = await Promise.all([longYear(), longYear()]);
    await thin(core, { by: ADA });
    for (const each of [whole, office]) {
      each.day('2027-06-22').sites = { 'Daily Mail': { AllDevicesMetric: 15 } };
      await each.sync();
    }
    expect(await office.items()).toEqual(await whole.items());
    expect(await office.list('unitLedgers')).toEqual(await whole.list('unitLedgers'));
  });

  test('an item of a thinned period is explained by the counts that bill, and says that others are gone', async () => {
    const { office, core } = await longYear();
    const id = await itemOf(office, '2026-12-20');
    const before = await explainItem(core, id);
    await thin(core, { by: ADA });
    const after = await explainItem(core, id);
    // Without the evidence nobody knows that they were devices.
    const words = before.words.map((sentence) => sentence.replace('12 devices were', '12 were'));
    expect(after.words.slice(0, -3)).toEqual(words);
    expect(after.words.slice(-3)).toEqual([
      'The device names of 1 Dec 2026 to 31 Dec 2026 were thinned on 20 Jun 2027.',
      'The daily counts of 1 Dec 2026 to 31 Dec 2026 were thinned on 20 Jun 2027: of them only those that bill are still there.',
      'The activity log of 1 Dec 2026 to 31 Dec 2026 was thinned on 20 Jun 2027.',
    ]);
    expect(after.counts.map(({ date, quantity }) => [date, quantity])).toEqual([
      ['2026-12-20', 12],
      ['2026-12-30', 12],
    ]);
    expect(after.deviceChange).toBeUndefined();
  });

  test('where the mapping has changed since, it says that the count was thinned and invents none', async () => {
    const { office, core } = await longYear();
    await thin(core, { by: ADA });
    office.sites = { ...office.sites, 'Daily Mail Annexe': { AllDevicesMetric: 2 } };
    await office.sync();
    await office.mapOrganization('Daily Mail Annexe', '1');
    const { words, counts } = await explainItem(core, await itemOf(office, '2026-12-20'));
    expect(words[1]).toContain('the count behind that, of 20 Dec 2026, was thinned on 20 Jun 2027.');
    // The month's last report is whole, so it answers for the annexe as well.
    expect(counts.map(({ date, quantity }) => [date, quantity])).toEqual([['2026-12-30', 12]]);
  });

  test('usage of a thinned time can no longer be brought', async () => {
    const { core } = await longYear();
    await thin(core, { by: ADA });
    const row = (date: string) => ({
      date,
      moduleOrganization: { externalId: 'Daily Mail', name: 'Daily Mail' },
      billingType: 'AllDevicesMetric',
      quantity: 13,
    });
    const bring = (date: string) =>
      importUsage(core, { by: ADA, usage: { module: 'datto-rmm', items: [row(date)] } });
    expect((await refusal(bring('2027-02-20'))).details).toEqual([
      'row 1, date: the daily counts of that time were thinned, so Datto RMM takes counts in from 2027-03-03 on',
    ]);
    expect(await bring('2027-03-03')).toMatchObject({ changed: 1 });
  });
});

test('nothing goes that explains an item nobody has posted', async () => {
  const { office, core } = await longYear({ post: false });
  const id = await itemOf(office, '2026-12-20');
  const before = await explainItem(core, id);
  const rows = async () => (await office.list('activity')).filter((row) => row.contractServiceId).length;
  const told = await rows();
  expect((await goneOf({ ...core, retention: { ...SHORT, 'quiet-activity': null } })).devices).toEqual([
    0, 0,
  ]);
  expect(await rows()).toBe(told);
  const after = await explainItem(core, id);
  expect(after.counts).toEqual(before.counts);
  expect(after.words).toEqual(before.words);
  await approveAndPost(core, { by: ADA, filter: {} as never });
  expect((await goneOf(core)).counts?.[0]).toBeGreaterThan(20);
});

test('a contract that is inactive for long finds all its counts when it runs again', async () => {
  const years = await Promise.all([longYear(), longYear()]);
  for (const { office, core } of years) {
    const inactive = async (status: 'active' | 'inactive') => {
      const [contract] = (await office.list('contracts')).filter(({ id }) => id === 'c1');
      if (contract) await core.store.commit({ put: { contracts: [{ ...contract, status }] } });
    };
    await inactive('inactive');
    for (let day = isoDate('2027-06-22'); day < '2028-02-01'; day = addDays(day, 3)) {
      office.day(day).sites = { 'Daily Mail': { AllDevicesMetric: day < '2027-08-10' ? 12 : 14 } };
      await office.sync();
    }
    // Else the items nobody has posted would keep them.
    await approveAndPost(core, { by: ADA, filter: {} as never });
    if (core === years[1]?.core) expect((await goneOf(core)).counts?.[0]).toBeGreaterThan(10);
    await inactive('active');
    office.day('2028-02-01');
    await office.sync();
  }
  const [whole, thinned] = await Promise.all(years.map(({ office }) => office.items()));
  expect(thinned).toEqual(whole);
  expect(whole?.join()).toContain('adjustment 2027-08-12 2');
});

test('a hold that has been open for months is replayed day by day, each with its own date', async () => {
  // Nothing is left from 20 December on but two over the year's end: all of it waits for a person.
  const devicesOn = (day: string) =>
    day < '2026-12-20' ? 14 : day < '2026-12-28' || day >= '2027-01-05' ? 0 : 2;
  const years = await Promise.all([longYear({ devicesOn }), longYear({ devicesOn })]);
  for (const { office, core } of years) {
    await approveAndPost(core, { by: ADA, filter: {} as never });
    if (core === years[1]?.core) expect((await goneOf(core)).devices?.[0]).toBeGreaterThan(20);
    await releaseLine(core, { by: ADA, id: (await office.plan())[0]?.id ?? '' });
    await office.sync();
  }
  const [whole, thinned] = await Promise.all(years.map(({ office }) => office.items()));
  expect(thinned).toEqual(whole);
  expect(whole?.join()).toMatch(/adjustment 2026-12-20 -14 .+adjustment 2026-12-28 2 /);
});

test('by itself it runs once a day, and says in the log what went', async () => {
  const { office, core } = await longYear();
  const once = thinDaily(core);
  await once();
  const revision = await office.revision();
  await once();
  expect(await office.revision()).toBe(revision);
  const told = office.logged.filter(({ message }) => message === 'old records thinned');
  expect(told).toHaveLength(1);
  expect(told[0]?.facts).toMatchObject({ thinned: { counts: { reduced: 3 } } });
});

test('with everything kept for ever nothing goes', async () => {
  const { core } = await longYear();
  const forever = Object.fromEntries(Object.keys(DEFAULT_RETENTION).map((kind) => [kind, null]));
  expect(Object.values(await goneOf({ ...core, retention: forever as never })).flat()).toEqual(
    Array(10).fill(0),
  );
});

test('unit changes go that the PSA took as they were wanted; those a comparison tells of stay', async () => {
  const { office, core } = await longYear();
  const at = isoInstant(core.clock.now());
  const push = (id: string, effectiveDate: string, more: object = {}) => ({
    id,
    runId: 'run_1',
    contractId: 'c1',
    contractServiceId: 's1',
    effectiveDate,
    change: 2,
    createdAt: at,
    state: { status: 'confirmed', unitsBefore: 1, at, confirmedAt: at },
    ...more,
  });
  const unbilled = { amount: '3.00', currency: 'USD', reason: 'same-day' };
  await core.store.commit({
    put: {
      unitPushes: [
        push('old', '2026-12-20'),
        push('moved', '2026-12-21', { wantedFrom: '2026-12-20', unbilled }),
        push('queued', '2026-12-22', { state: { status: 'queued' } }),
        push('new', '2027-06-01'),
      ] as never,
    },
  });
  expect((await goneOf(core))['unit-changes']).toEqual([1, 0]);
  expect((await office.list('unitPushes')).map(({ id }) => id)).toEqual(['moved', 'new', 'queued']);
});
