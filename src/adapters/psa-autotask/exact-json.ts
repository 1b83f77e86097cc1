type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** The third argument is ECMAScript's "JSON.parse source text access", which TypeScript does not declare yet. */
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * JSON with every number as the digits it was written in: `386.6450` would lose its last digit as a binary float, and an
 * id past 2^53 its last ones. Throws a SyntaxError.
 */
export const parseExactJson = (text: string): unknown =>
  parse(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
