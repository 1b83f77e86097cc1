import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

async function holderOf(dir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-store.ts'), dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** A clock that only waiting moves. */
function patience() {
  let time = Date.now();
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    delay: async (ms: number) => {
      waits.push(ms);
      time += ms;
    },
  };
}

async function leftLock(dir: string, holder: object, ageMs: number): Promise<void> {
  const lock = join(dir, 'icb.lock');
  await mkdir(lock);
  const touched = new Date(Date.now() - ageMs);
  await utimes(lock, touched, touched);
  const startedAt = new Date(Date.now() - ageMs).toISOString();
  await writeFile(join(dir, 'icb.lock.json'), JSON.stringify({ startedAt, purpose: 'icb', ...holder }));
}

it('waits for a live holder, then says who it is and since when', async () => {
  const dir = await dataFolder();
  const holder = await holderOf(dir);
  const { waits, now, delay } = patience();
  await expect(lowdbStore({ dir, now, delay })).rejects.toMatchObject({
    code: 'store-locked',
    message: expect.stringMatching(
      new RegExp(
        `in use by process ${holder.pid} \\(the holder in a test\\) on ${hostname()} since 20.*; stop that process`,
      ),
    ),
  });
  expect(waits.reduce((sum, ms) => sum + ms)).toBe(10_000);
});

it('goes on as soon as the live holder lets go', { timeout: 150_000 }, async () => {
  const dir = await dataFolder();
  const holder = await holderOf(dir);
  const opening = lowdbStore({ dir, lockWaitMs: 120_000 });
  holder.stdin?.write('stop\n');
  await (await opening).close();
});

it('takes over at once from a holder that was killed, and finds what it wrote', async () => {
  const dir = await dataFolder();
  const holder = await holderOf(dir);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await readdir(dir)).toEqual(expect.arrayContaining(['icb.lock', 'icb.lock.json']));
  const { waits, now, delay } = patience();
  const store = await lowdbStore({ dir, now, delay });
  expect(waits).toEqual([]);
  await (await store.for('default')).commit(putting('organizations', organization('1')));
  await store.close();
  expect(await readdir(dir)).toEqual(['default']);
});

it('lets one of several in when they find the same dead holder', async () => {
  const dir = await dataFolder();
  const holder = await holderOf(dir);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const tries = await Promise.allSettled([1, 2, 3].map(() => lowdbStore({ dir, lockWaitMs: 0 })));
  const opened = tries.filter((attempt) => attempt.status === 'fulfilled');
  expect(opened).toHaveLength(1);
  for (const { value } of opened) await value.close();
});

it('refuses a second store in the same process and lets it in after the first is closed', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  await expect(lowdbStore({ dir, lockWaitMs: 0 })).rejects.toMatchObject({ code: 'store-locked' });
  await first.close();
  await (await lowdbStore({ dir, lockWaitMs: 0 })).close();
});

const OLD = 3_600_000;
it.each([
  ['another host, touched lately', { host: 'elsewhere.example', pid: 1 }, 1_000, 'refused'],
  ['another host, long ago', { host: 'elsewhere.example', pid: 1 }, OLD, 'open'],
  ['a predecessor with our own process number', { host: hostname(), pid: process.pid }, OLD, 'open'],
  [
    'a number that another program has by now, long ago',
    { host: hostname(), pid: process.ppid },
    40_000,
    'open',
  ],
  ['a live process that touched it lately', { host: hostname(), pid: process.ppid }, 1_000, 'refused'],
  ['nobody known, touched lately', { pid: 'unreadable' }, 1_000, 'refused'],
])('with a lock left by %s', async (_name, holder, age, outcome) => {
  const dir = await dataFolder();
  await leftLock(dir, holder, age);
  const { now, delay } = patience();
  const opening = lowdbStore({ dir, now, delay }).then(
    async (store) => {
      await store.close();
      return 'open';
    },
    (error: { code: string }) => (error.code === 'store-locked' ? 'refused' : error),
  );
  expect(await opening).toBe(outcome);
});

it('refuses commits, without falling over, once its lock is gone', { timeout: 120_000 }, async () => {
  const dir = await dataFolder();
  const store = await lowdbStore({ dir, heartbeatMs: 1_000 });
  const tenant = await store.for('default');
  await tenant.commit(putting('organizations', organization('1')));
  await rm(join(dir, 'icb.lock'), { recursive: true });
  const refusal = async () =>
    tenant.commit({}).then(
      () => undefined,
      (error: unknown) => error,
    );
  await expect.poll(refusal, { timeout: 90_000, interval: 100 }).toMatchObject({
    code: 'store-locked',
    message: expect.stringMatching(/no longer holds the data folder .*nothing was written/),
  });
  expect(await (await tenant.snapshot()).get('organizations', '1')).toEqual(organization('1'));
  await store.close();
});

it('finishes the commits asked for before it closes and refuses later ones', async () => {
  const store = await lowdbStore({ dir: await dataFolder() });
  const tenant = await store.for('default');
  const commits = ['1', '2', '3'].map((id) => tenant.commit(putting('organizations', organization(id))));
  const closing = store.close();
  await expect(tenant.commit({})).rejects.toMatchObject({ code: 'store-locked' });
  expect(await Promise.all(commits)).toEqual([1, 2, 3]);
  await closing;
  await store.close();
});
