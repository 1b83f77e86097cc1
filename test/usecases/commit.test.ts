import { expect, test } from 'vitest';
import { commit } from '../../src/usecases/commit.ts';
import type { Core } from '../../src/usecases/core.ts';
import { ADA, Office, refusal } from './office.ts';

const write = (core: Core, id: string, while_: () => Promise<unknown> = async () => {}) =>
  commit(core, ADA, async () => {
    await while_();
    const holds = { id: 'holds' as const, zero: true, jumpPercent: 25, jumpUnits: 5, firstCounts: false };
    return { changes: { put: { settings: [holds] } }, result: id };
  });
const breath = () => new Promise(setImmediate);

test('a large slow write gets through between many quick ones, and all of them do', async () => {
  const office = await Office.empty();
  let busy = true;
  let builds = 0;
  const quick = (async () => {
    const done: string[] = [];
    while (busy) done.push(await write(office.core, 'quick', breath));
    return done;
  })();
  const slow = await write(office.core, 'slow', async () => {
    builds += 1;
    for (let i = 0; i < 50; i++) await breath();
  });
  busy = false;
  expect([slow, builds <= 3]).toEqual(['slow', true]);
  expect((await quick).length).toBeGreaterThan(5);
});

test('gives up where another process, that waits for nobody, always comes between', async () => {
  const office = await Office.empty();
  const rude = () =>
    office.core.store.commit({
      put: { settings: [{ id: 'holds', zero: true, jumpPercent: 1, jumpUnits: 1, firstCounts: false }] },
    });
  expect(await refusal(write(office.core, 'x', rude))).toMatchObject({ code: 'conflict' });
  expect(await write(office.core, 'y')).toBe('y');
});
