import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listUsageUploads } from '../../src/usecases/list-usage-uploads.ts';
import { undoUsage } from '../../src/usecases/undo-usage.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

const row = (externalId: string, quantity: number, more: object = {}) => ({
  date: '2026-11-09',
  moduleOrganization: { externalId, name: externalId.toUpperCase() },
  billingType: 'Agents',
  quantity,
  ...more,
});

const send = (office: Office, ...items: object[]) =>
  importUsage(office.core, { by: ADA, usage: { module: 'rocketcyber', items } });

const counts = async (office: Office) =>
  Object.fromEntries((await office.list('usageReports')).map(({ date, counts: own }) => [date, own]));

describe('the same batch again', () => {
  test('changes nothing and writes nothing', async () => {
    const office = await Office.empty();
    await send(office, row('a', 3), row('b', 0));
    const before = await office.revision();
    expect(await send(office, row('a', 3), row('b', 0))).toEqual({ accepted: 2, changed: 0 });
    expect(await send(office, row('b', 0))).toEqual({ accepted: 1, changed: 0 });
    expect(await office.revision()).toBe(before);
  });

  test('with one other count writes that one', async () => {
    const office = await Office.empty();
    await send(office, row('a', 3), row('b', 1));
    expect(await send(office, row('a', 3), row('b', 2))).toMatchObject({ accepted: 2, changed: 1 });
  });
});

test('two quantities of one count in a batch are refused and named; the same twice is not', async () => {
  const office = await Office.empty();
  const refused = await refusal(send(office, row('a', 3), row('b', 1), row('a', 4)));
  expect(refused.details).toEqual([
    'row 3, quantity: "A", "Agents" on 2026-11-09 is 3 in row 1 and 4 here; keep one of them',
  ]);
  expect(await send(office, row('a', 3), row('a', 3))).toMatchObject({ accepted: 2, changed: 1 });
});

test('every bad row is listed', async () => {
  const office = await Office.empty();
  const refused = await refusal(
    send(office, row('a', -1), row('', 1), row('b', 1, { billingType: 'Nope', date: '2027-01-01' })),
  );
  expect(refused.message).toBe('3 usage counts are wrong; nothing was taken in.');
  expect(refused.details.map((detail) => detail.split(':')[0])).toEqual([
    'row 1, quantity',
    'row 2, moduleOrganization.externalId',
    'row 2, moduleOrganization.name',
    'row 3, billingType',
    'row 3, date',
  ]);
});

test('more than 50,000 at once are refused with what to do', async () => {
  const office = await Office.empty();
  const items = Array.from({ length: 50_001 }, () => 0);
  expect(
    await refusal(importUsage(office.core, { by: ADA, usage: { module: 'rocketcyber', items } })),
  ).toMatchObject({
    code: 'bad-input',
    message:
      'These are 50,001 usage counts; icb takes at most 50,000 at a time. Send them in parts, by date or by organization.',
  });
});

describe('undo', () => {
  const undo = (office: Office, id: string | undefined) => undoUsage(office.core, { by: BOB, id: id ?? '' });

  test('puts back what was known, also that it was unknown', async () => {
    const office = await Office.empty();
    await send(office, row('a', 3));
    const before = await counts(office);
    const { upload } = await send(office, row('a', 5), row('b', 0), row('a', 9, { date: '2026-11-08' }));
    const undone = await undo(office, upload?.id);
    expect(undone.undone?.by).toEqual(BOB);
    expect(await counts(office)).toEqual(before);
    expect((await office.list('moduleOrganizations')).map(({ id }) => id)).toEqual(['rocketcyber:a']);
  });

  test('of what a later upload replaced is refused until that one is undone', async () => {
    const office = await Office.empty();
    const first = (await send(office, row('a', 3), row('b', 1))).upload;
    const second = (await send(office, row('a', 4))).upload;
    expect(await refusal(undo(office, first?.id))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('a later upload by Ada replaced some of its counts'),
    });
    await undo(office, second?.id);
    await undo(office, first?.id);
    expect(await counts(office)).toEqual({});
    expect(await refusal(undo(office, first?.id))).toMatchObject({
      message: expect.stringContaining('Bob has undone it already'),
    });
  });

  test('ends after 24 hours, and its counts are dropped with the next upload', async () => {
    const office = await Office.empty();
    const { upload } = await send(office, row('a', 3));
    office.day('2026-11-12');
    expect(await refusal(undo(office, upload?.id))).toMatchObject({
      message: expect.stringContaining('more than 24 hours old'),
    });
    await send(office, row('b', 3));
    const [newest, oldest] = (await listUsageUploads(office.core)).items;
    expect(newest?.undoUntil).toMatch(/^2026-11-13T09:00:00/);
    expect(oldest?.notUndoable).toContain('24 hours');
    expect((await office.list('usageUploads')).map((each) => each.counts.length)).toEqual([0, 1]);
  });

  test('is refused where the module itself was counted again', async () => {
    const office = await Office.open();
    const items = [row('Daily Mail', 15, { date: '2026-11-10', billingType: 'AllDevicesMetric' })];
    const { upload } = await importUsage(office.core, { by: ADA, usage: { module: 'datto-rmm', items } });
    await office.sync();
    expect(await refusal(undo(office, upload?.id))).toMatchObject({
      message: expect.stringContaining('the module itself was counted again for 2026-11-10'),
    });
  });

  test('leaves a module organization that somebody mapped meanwhile', async () => {
    const office = await Office.open();
    const { upload } = await send(office, row('a', 3));
    await confirmMappings(office.core, {
      by: ADA,
      mappings: [{ moduleOrganizationId: 'rocketcyber:a', organizationId: '1' }],
    });
    await undo(office, upload?.id);
    expect((await office.list('moduleOrganizations')).some(({ id }) => id === 'rocketcyber:a')).toBe(true);
  });

  test('of the upload that brought a module organization leaves it to the next that names it, and goes with that', async () => {
    const office = await Office.empty();
    const ids = async () => (await office.list('moduleOrganizations')).map(({ id }) => id);
    const first = (await send(office, row('a', 1))).upload;
    const second = (await send(office, row('a', 2, { billingType: 'Firewalls' }))).upload;
    await undo(office, first?.id);
    expect(await ids()).toEqual(['rocketcyber:a']);
    await undo(office, second?.id);
    expect(await ids()).toEqual([]);
  });

  test('any uploads and undos leave what replaying the kept ones leaves', async () => {
    const batch = fc.uniqueArray(
      fc.record({
        externalId: fc.constantFrom('a', 'b', 'c'),
        date: fc.constantFrom('2026-11-08', '2026-11-09'),
        billingType: fc.constantFrom('Agents', 'Firewalls'),
        quantity: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 5, selector: (each) => `${each.externalId}${each.date}${each.billingType}` },
    );
    const step = fc.oneof(batch, fc.nat({ max: 7 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const office = await Office.empty();
        const uploads: { readonly id: string; readonly items: object[]; kept: boolean }[] = [];
        for (const each of steps) {
          if (typeof each === 'number') {
            const upload = uploads[each];
            const done =
              upload &&
              (await undo(office, upload.id).then(
                () => true,
                () => false,
              ));
            if (done) upload.kept = false;
            continue;
          }
          const items = each.map(({ externalId, quantity, ...more }) => row(externalId, quantity, more));
          const { upload } = await send(office, ...items);
          if (upload) uploads.push({ id: upload.id, items, kept: true });
        }
        const replayed = await Office.empty();
        for (const { items, kept } of uploads) if (kept) await send(replayed, ...items);
        const ids = async (one: Office) => (await one.list('moduleOrganizations')).map(({ id }) => id);
        expect(await counts(office)).toEqual(await counts(replayed));
        expect(await ids(office)).toEqual(await ids(replayed));
      }),
      { numRuns: 150 },
    );
  });
});
