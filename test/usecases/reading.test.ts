import { describe, expect, test } from 'vitest';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { groupBillingItems, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** All pages one after the other; `between` happens before each next one. */
async function pages<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  between: (page: Page<T>) => Promise<unknown> = async () => {},
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.nextCursor;
    if (cursor) await between(page);
  } while (cursor);
  return all;
}

/** Twelve months of one item a month, and one adjustment. */
async function year(): Promise<Office> {
  const office = await Office.mapped();
  await office.sync();
  office.day('2026-11-16').sites = { 'Daily Mail': { AllDevicesMetric: 15 } };
  await office.sync();
  await office.day('2027-10-05').sync();
  return office;
}

describe('billing items, page by page', () => {
  const read = (office: Office) => (cursor: string | undefined) =>
    listBillingItems(office.core, { filter: {}, limit: 4, cursor });

  test('each once, newest period first, with the totals of all', async () => {
    const office = await year();
    const all = await pages(read(office));
    expect(all).toHaveLength(13);
    expect(new Set(all.map((item) => item.id)).size).toBe(13);
    expect(all[0]).toMatchObject({ period: { start: '2027-10-01' } });
    expect(all.at(-1)).toMatchObject({ period: { start: '2026-11-01' }, kind: 'period' });
    expect((await read(office)(undefined)).totals).toMatchObject([{ count: 13 }]);
  });

  test('none twice and none left out while items come and go between pages', async () => {
    const office = await year();
    const before = await office.list('billingItems');
    const gone: BillingItem[] = [];
    const all = await pages(read(office), async ({ items }) => {
      const removed = items.at(-1);
      const record = before.find((item) => item.id === removed?.id);
      if (!record) throw new Error('not listed');
      gone.push(record);
      await office.core.store.commit({
        put: {
          billingItems: [{ ...record, id: `bi_new${gone.length}` as never, itemDate: '2027-10-31' as never }],
        },
        remove: [{ kind: 'billingItems', id: record.id, partition: record.period.start.slice(0, 7) }],
      });
    });
    const listed = all.map((item) => item.id);
    expect(new Set(listed).size).toBe(listed.length);
    expect(before.filter((item) => !listed.includes(item.id))).toEqual([]);
  });

  test('by filter; a cursor that is none is refused', async () => {
    const office = await year();
    const october = await listBillingItems(office.core, {
      filter: { period: { from: '2027-10' as never, to: '2027-10' as never } },
    });
    expect(october.items).toHaveLength(1);
    expect(await refusal(read(office)('bm9uc2Vuc2U'))).toMatchObject({ code: 'bad-input' });
    const { groups } = await groupBillingItems(office.core, { filter: {}, groupBy: ['period', 'module'] });
    expect(groups).toHaveLength(12);
  });
});

describe('the activity log', () => {
  test('says up, down, same and failed, newest first, in names, over months, each row once', async () => {
    const office = await year();
    office.day('2027-10-06').problem = new Error('no');
    await office.sync();
    const rows = await pages((cursor) => listActivity(office.core, { limit: 2, cursor }));
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(rows.map((row) => row.date)).toEqual(
      rows
        .map((row) => row.date)
        .toSorted()
        .reverse(),
    );
    const lines = rows.filter((row) => row.contractId).map((row) => [row.date, row.result, row.newUnits]);
    expect(lines).toEqual([
      ['2027-10-06', 'failed', 15],
      ['2027-10-05', 'same', 15],
      ['2026-11-16', 'up', 15],
      ['2026-11-10', 'up', 14],
    ]);
    expect(rows.find((row) => row.result === 'up')).toMatchObject({
      moduleName: 'Datto RMM',
      organization: 'Daily Mail',
      service: 'Desktop Monitoring',
      contract: 'Contract c1',
    });
    const failed = await listActivity(office.core, { failedOnly: true, module: 'Datto RMM' });
    expect(failed.items.every((row) => row.result === 'failed')).toBe(true);
    expect(failed.items.map((row) => row.reason.code)).toContain('organization-not-mapped');
    expect(await refusal(listActivity(office.core, { module: 'nope' }))).toMatchObject({
      code: 'unknown-module',
    });
    expect(await refusal(listActivity(office.core, { cursor: '???' }))).toMatchObject({ code: 'bad-input' });
  });
});

describe('the audit log', () => {
  test('is written in the same commit as the change it tells', async () => {
    const office = await Office.open();
    const commits: string[][] = [];
    const { store } = office.core;
    const watched = {
      ...office.core,
      store: {
        snapshot: () => store.snapshot(),
        commit: (...args: Parameters<typeof store.commit>) => {
          commits.push(Object.keys(args[0].put ?? {}));
          return store.commit(...args);
        },
      },
    };
    const mappings = [{ moduleOrganizationId: 'datto-rmm:Acme', ignore: 'lab' }] as never[];
    await confirmMappings(watched, { by: BOB, mappings });
    expect(commits).toEqual([['organizationMappings', 'audit']]);
  });

  test('comes newest first, page by page, while more is written', async () => {
    const office = await year();
    const before = await office.list('audit');
    const all = await pages(
      (cursor) => listAudit(office.core, { limit: 2, cursor }),
      async () => {
        await confirmMappings(office.core, {
          by: ADA,
          mappings: [{ moduleOrganizationId: 'datto-rmm:Acme', ignore: String(Math.random()) }] as never[],
        });
      },
    );
    expect(all.map((entry) => entry.at)).toEqual(
      all
        .map((entry) => entry.at)
        .toSorted()
        .reverse(),
    );
    expect(all.map((entry) => entry.id).toSorted()).toEqual(before.map((entry) => entry.id).toSorted());
  });
});
