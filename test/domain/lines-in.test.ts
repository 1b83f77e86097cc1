import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesIn } from '../../src/domain/lines-in.ts';

async function* pieces(text: string, ...sizes: readonly number[]) {
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const lines = (text: string, ...sizes: readonly number[]) => Array.fromAsync(linesIn(pieces(text, ...sizes)));

it.each([
  ['', []],
  ['\n', ['']],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\r\ntwo\r\n', ['one', 'two']],
  ['one\n\ntwo', ['one', '', 'two']],
  ['a\u2028b\u2029c\u0085d\ve\ff\rg\n', ['a\u2028b\u2029c\u0085d\ve\ff\rg']],
  ['\ufeffone\n\ufefftwo', ['\ufeffone', '\ufefftwo']],
])('%j', async (text, expected) => {
  expect(await lines(text, 1)).toEqual(expected);
  expect(await lines(text)).toEqual(expected);
});

/** What ends lines elsewhere, and letters of two to four bytes. */
const ODD = [
  '\u2028',
  '\u2029',
  '\u0085',
  '\v',
  '\f',
  '\r',
  '\ufeff',
  'ä',
  '€',
  '🙂',
  'a',
  '"',
  '\\',
  '\u0000',
];

it('gives back lines of JSON whatever is in their texts and wherever they are cut', async () => {
  const text = fc.string({ unit: fc.constantFrom(...ODD, '\n'), maxLength: 12 });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 8 }), sizes, async (texts, cut) => {
      const file = texts.map((each) => `${JSON.stringify(each)}\n`).join('');
      expect((await lines(file, ...cut)).map((line) => JSON.parse(line))).toEqual(texts);
    }),
  );
});

it('asks for no more than the line that is wanted', async () => {
  let asked = 0;
  async function* counted() {
    for (;;) {
      asked += 1;
      yield Buffer.from('one\n');
    }
  }
  for await (const line of linesIn(counted())) {
    expect(line).toBe('one');
    break;
  }
  expect(asked).toBe(1);
});

it('passes on the error of what it reads', async () => {
  async function* failing() {
    yield Buffer.from('one\ntw');
    throw new Error('the disk');
  }
  await expect(Array.fromAsync(linesIn(failing()))).rejects.toThrow('the disk');
});
