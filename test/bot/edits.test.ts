import { expect, test } from 'vitest';
import { Edits } from '../../bot/outbox/edits.ts';

/** A clock that moves only when somebody waits, or the test says so. */
function paced() {
  let now = 0;
  const shown: [number, string][] = [];
  const waits: (() => void)[] = [];
  const edits = new Edits({
    now: () => now,
    wait: (ms) =>
      new Promise((resolve) =>
        waits.push(() => {
          now += ms;
          resolve();
        }),
      ),
  });
  return {
    edit: (message: string, text: string) =>
      edits.run(message, async () => {
        shown.push([now, text]);
      }),
    async later(): Promise<void> {
      await Promise.resolve();
      await new Promise(setImmediate);
      for (const go of waits.splice(0)) go();
      await new Promise(setImmediate);
    },
    shown,
  };
}

test('a first edit is made at once; of many that follow only the last is, two seconds later', async () => {
  const { edit, later, shown } = paced();
  await edit('a', 'one');
  const others = ['two', 'three', 'four'].map((text) => edit('a', text));
  await later();
  await Promise.all(others);
  expect(shown).toEqual([
    [0, 'one'],
    [2000, 'four'],
  ]);
});

test('messages do not wait for each other', async () => {
  const { edit, shown } = paced();
  await edit('a', 'one');
  await edit('b', 'other');
  expect(shown).toEqual([
    [0, 'one'],
    [0, 'other'],
  ]);
});

test('an edit that fails is told to who asked, and the next is made all the same', async () => {
  const edits = new Edits({ now: () => 0, wait: async () => {} });
  await expect(edits.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let made = false;
  await edits.run('a', async () => {
    made = true;
  });
  expect(made).toBe(true);
});
