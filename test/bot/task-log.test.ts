import { expect, test } from 'vitest';
import { TaskLog } from '../../bot/outbox/task-log.ts';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { isoInstant } from '../../src/domain/calendar.ts';
import type { SlackTask } from '../../src/domain/slack-task.ts';

const task = (id: string): SlackTask => ({
  id,
  at: isoInstant(Temporal.Instant.from('2026-11-10T08:00:00Z')),
  by: { kind: 'slack', userId: 'U1', name: 'ada' },
  userId: 'U1',
  kind: 'command',
  asked: '/icb sync now',
});

async function counted() {
  const store = await memoryStore().for('slack');
  const behind = store.commit;
  let commits = 0;
  store.commit = async (...given) => {
    commits += 1;
    await new Promise(setImmediate);
    return behind(...given);
  };
  return { store, log: new TaskLog(store), commits: () => commits };
}

test('two hundred at once are durable after two writes, and gone after two more', async () => {
  const { store, log, commits } = await counted();
  const ids = Array.from({ length: 200 }, (_, i) => `t${i}`);
  const accepted = ids.map((id) => log.accept(task(id)));
  await accepted[0];
  await Promise.all(accepted);
  expect(commits()).toBeLessThanOrEqual(2);
  expect(await (await store.snapshot()).list('slackTasks')).toHaveLength(200);
  await Promise.all(ids.map((id) => log.end(id)));
  expect(commits()).toBeLessThanOrEqual(4);
  expect(await (await store.snapshot()).list('slackTasks')).toEqual([]);
});

test('what is under way is not lost; what another icb left behind is', async () => {
  const { store, log } = await counted();
  await log.accept(task('t1'));
  expect(await log.lost()).toEqual([]);
  expect((await new TaskLog(store).lost()).map(({ id }) => id)).toEqual(['t1']);
  // With another icb on the same store, a young one may be under way there.
  expect(await new TaskLog(store).lost('2026-11-10T07:59:59.000Z')).toEqual([]);
  expect(await new TaskLog(store).lost('2026-11-10T08:10:00.000Z')).toHaveLength(1);
  log.leave('t1');
  expect(await log.lost('2026-11-10T07:59:59.000Z')).toHaveLength(1);
  expect((await log.lost()).map(({ id }) => id)).toEqual(['t1']);
});

test('a write that fails refuses those in it, and the next goes through', async () => {
  const { store, log } = await counted();
  const behind = store.commit;
  store.commit = () => Promise.reject(new Error('disk full'));
  await expect(log.accept(task('t1'))).rejects.toThrow('disk full');
  store.commit = behind;
  await log.accept(task('t2'));
  expect((await (await store.snapshot()).list('slackTasks')).map(({ id }) => id)).toEqual(['t2']);
});
