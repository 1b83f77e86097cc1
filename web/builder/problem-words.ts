import type { WrongField } from '../../src/usecases/parse-input.ts';

/** The schema's own sentences for people; what is not here is said in words already. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/received undefined$|expected string to have >=1 characters$/, 'is missing'],
  [/expected string to have <=(\d+) characters$/, 'at most $1 characters'],
  [/expected number, received NaN$|expected int(eger)?, received/, 'a whole number'],
  [/^Too big: expected (?:number|array) to (?:be|have) <=(\d+).*$/, 'at most $1'],
  [/^Too small: expected (?:number|array) to (?:be|have) >=(\d+).*$/, 'at least $1'],
  [/^Invalid option: expected one of (.*)$/, 'one of $1'],
  [/^Unrecognized keys?: (.*)$/, 'a widget has no field $1'],
  [/^Invalid input: expected (\w+), received (\w+)$/, 'should be a $1, not a $2'],
];

export function inWords({ path, text }: WrongField): WrongField {
  for (const [pattern, words] of SAID) {
    const found = text.match(pattern);
    if (found)
      return {
        path,
        text: words
          .replace('$1', found[1] ?? '')
          .replace('$2', found[2] ?? '')
          .replaceAll('|', ', '),
      };
  }
  return { path, text };
}
