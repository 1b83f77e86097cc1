import { afterEach, beforeEach, expect, test } from 'vitest';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { lastUndoable } from '../../src/usecases/last-undoable.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { releaseLines } from '../../src/usecases/release-lines.ts';
import { undoChange } from '../../src/usecases/undo-change.ts';
import { CLI, HeldWorld } from '../bot/held-world.ts';

let world: HeldWorld;
beforeEach(async () => {
  world = await HeldWorld.start();
});
afterEach(() => world.bot.close());

const core = () => world.bot.core;
const newest = async (action: string) =>
  (await listAudit(core())).items.find((entry) => entry.action === action)?.id ?? '';
const undo = (change: string) => undoChange(core(), { by: CLI, change });
const mapping = async () =>
  (await (await core().store.snapshot()).list('serviceMappings')).map(({ id, ...rest }) => rest);
const onServer = { contractId: '100', module: 'datto-rmm', billingType: 'Server' } as const;

const DECISIONS = [
  ['release-line', async (id: string) => void (await releaseLine(core(), { by: CLI, id }))],
  ['release-lines', async () => void (await releaseLines(core(), { by: CLI }))],
  [
    'exclude-line',
    async (id: string) =>
      void (await excludeLine(core(), { by: CLI, id, exclusion: { reason: 'Moving', until: '2026-11-30' } })),
  ],
] as const;

test.each(DECISIONS)(
  '%s is taken back: the count waits again, once, with an audit of its own',
  async (action, decide) => {
    await decide((await world.line()).id);
    expect(await world.held()).toEqual([]);
    const change = await newest(action);
    const { lines, left } = await undo(change);
    expect([lines.length, left]).toEqual([1, []]);
    expect(await world.held()).toHaveLength(1);
    expect((await undo(change)).lines).toEqual([]);
    expect((await listAudit(core())).items.filter((entry) => entry.action === 'undo-decision')).toHaveLength(
      1,
    );
  },
);

test('a decision that another one followed stays', async () => {
  const { id } = await world.line();
  await releaseLine(core(), { by: CLI, id });
  const first = await newest('release-line');
  await excludeLine(core(), { by: CLI, id, exclusion: { reason: 'Moving', until: '2026-11-30' } });
  expect(await undo(first)).toEqual({ lines: [], left: ['Daily Mail: Desktop Monitoring, All devices'] });
});

test.each(DECISIONS)('%s is refused once a sync has gone by it', async (action, decide) => {
  await decide((await world.line()).id);
  await world.sync();
  await expect(undo(await newest(action))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('A sync has gone by it since'),
  });
});

test('a service mapping is taken back: a new one is gone, a changed one is as before', async () => {
  const before = await mapping();
  const { change = '' } = await mapBillingTypes(core(), {
    by: CLI,
    mappings: [{ ...onServer, contractServiceId: '1001' }],
  });
  expect(await mapping()).toHaveLength(before.length + 1);
  expect(await undo(change)).toEqual({ lines: ['Servers is not mapped again'], left: [] });
  expect(await mapping()).toEqual(before);
  await mapBillingTypes(core(), { by: CLI, mappings: [{ ...onServer, contractServiceId: '1001' }] });
  const second = await mapBillingTypes(core(), { by: CLI, mappings: [{ ...onServer, ignore: true }] });
  expect((await undo(second.change ?? '')).lines).toEqual(['Servers → Server Care again']);
  expect(await mapping()).toContainEqual(expect.objectContaining({ ...onServer, status: 'mapped' }));
});

test('a service mapping that somebody changed since stays as it is', async () => {
  const first = await mapBillingTypes(core(), {
    by: CLI,
    mappings: [{ ...onServer, contractServiceId: '1001' }],
  });
  await mapBillingTypes(core(), { by: CLI, mappings: [{ ...onServer, ignore: true }] });
  expect(await undo(first.change ?? '')).toEqual({ lines: [], left: ['Servers'] });
  expect(await mapping()).toContainEqual(expect.objectContaining({ ...onServer, status: 'ignored' }));
});

test('after a day nothing is taken back, and the sentence says so', async () => {
  await releaseLine(core(), { by: CLI, id: (await world.line()).id });
  const { change = '' } = await mapBillingTypes(core(), {
    by: CLI,
    mappings: [{ ...onServer, contractServiceId: '1001' }],
  });
  const late = [change, await newest('release-line'), await newest('confirm-mappings')];
  world.bot.nextDay();
  world.bot.nextDay();
  for (const each of late)
    await expect(undo(each)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('more than 24 hours ago'),
    });
});

test('what cannot be undone is refused with what it was', async () => {
  await expect(undo(await newest('enable-module'))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('This cannot be undone: Datto RMM enabled'),
  });
  await expect(undo('au_0')).rejects.toMatchObject({ code: 'not-found' });
});

test('the last change to take back is the one before what is taken back, and before what a sync went by', async () => {
  const last = async () => (await lastUndoable(core(), CLI))?.entry.action;
  const { id } = await world.line();
  const { change = '' } = await mapBillingTypes(core(), {
    by: CLI,
    mappings: [{ ...onServer, contractServiceId: '1001' }],
  });
  await releaseLine(core(), { by: CLI, id });
  expect(await last()).toBe('release-line');
  await undo(await newest('release-line'));
  expect(await last()).toBe('map-billing-types');
  await undo(change);
  expect(await last()).not.toBe('undo-service-mappings');
  await undo(await newest('undo-service-mappings'));
  expect((await lastUndoable(core(), CLI))?.entry.id).toBe(change);
  await world.sync();
  expect(await last()).toBe('confirm-mappings');
  expect(await lastUndoable(core(), { kind: 'slack', userId: 'U0OTHER', name: 'bo' })).toBeUndefined();
});
