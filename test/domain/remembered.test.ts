import { expect, test } from 'vitest';
import { remembered } from '../../src/domain/remembered.ts';

test('each of the first texts is made once, later ones every time, and all come out right', () => {
  const made: string[] = [];
  const lengthOf = remembered(2, (text) => {
    made.push(text);
    return text.length;
  });
  expect(['a', 'bb', 'ccc', 'a', 'bb', 'ccc'].map(lengthOf)).toEqual([1, 2, 3, 1, 2, 3]);
  expect(made).toEqual(['a', 'bb', 'ccc', 'ccc']);
});
