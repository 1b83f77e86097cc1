import type { z } from 'zod';
import { IcbError } from '../domain/errors.ts';

/**
 * What somebody sent, as `schema` reads it, or an `IcbError` of code `bad-input`: `sentence`, with one detail per wrong
 * field, such as `mappings.2.share: Too big: expected number to be <=100`.
 */
export function parseInput<S extends z.ZodType>(schema: S, given: unknown, sentence: string): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new IcbError('bad-input', sentence, {
    details: wrongFields(parsed.error).map(({ path, text }) => `${path || 'input'}: ${text}`),
  });
}

/** A wrong field by its path, `measure.aggregate`, and what is wrong with it. */
export interface WrongField {
  readonly path: string;
  readonly text: string;
}

export const wrongFields = (error: z.ZodError): WrongField[] =>
  error.issues.flatMap((issue) => fieldsOf(issue));

type Path = readonly PropertyKey[];

/** Where none of several forms fits, the nearest one tells what is wrong: the one with the fewest issues. */
function fieldsOf(issue: z.core.$ZodIssue, above: Path = []): WrongField[] {
  const path = [...above, ...issue.path];
  const forms = issue.code === 'invalid_union' ? issue.errors : [];
  const [nearest] = forms.toSorted((a, b) => a.length - b.length);
  if (nearest && nearest.length > 0) return nearest.flatMap((inner) => fieldsOf(inner, path));
  return [{ path: path.map(String).join('.'), text: issue.message }];
}
