import { describe, expect, test } from 'vitest';
import { type Cell, csvFile, csvLines, csvOf } from '../../src/domain/csv.ts';

const written = (value: Cell): string =>
  csvFile(['h'], [[value]])
    .slice(1)
    .split('\r\n')[1] ?? '';

describe('a CSV cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=cmd|"/c calc"!A1', `"'=cmd|""/c calc""!A1"`],
    ['a,b', '"a,b"'],
    ['-4.17', '-4.17'],
    [-3, '-3'],
    [12.5, '12.5'],
    [null, ''],
    ['Müller & Sons', 'Müller & Sons'],
  ])('%j is written %s', (value, expected) => {
    expect(written(value)).toBe(expected);
  });
});

test('a file begins with its mark and its heading, and goes on with lines alone', () => {
  const columns = { a: (n: number) => n, b: (n: number) => `${n}, ${n}` };
  expect(csvOf(columns, [1])).toBe('\uFEFFa,b\r\n1,"1, 1"\r\n');
  expect(csvLines(columns, [2, 3])).toBe('2,"2, 2"\r\n3,"3, 3"\r\n');
  expect(csvOf(columns, [])).toBe('\uFEFFa,b\r\n');
});
