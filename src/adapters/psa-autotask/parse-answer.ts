import type { z } from 'zod';
import { parseExactJson } from './exact-json.ts';
import { malformed, type Place } from './problems.ts';

/** The answer's body by its schema, numbers as text; the error names the place and the first field that is wrong. */
export function parseAnswer<T>(schema: z.ZodType<T>, text: string, place: Place): T {
  const parsed = schema.safeParse(parseJson(text, place));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = (issue?.path ?? []).join('.') || 'the body';
  throw malformed(place, `${field} is missing or wrong (${issue?.message ?? 'unknown'})`);
}

function parseJson(text: string, place: Place): unknown {
  try {
    return parseExactJson(text);
  } catch {
    // The parser's message quotes the body, which may hold anything.
    throw malformed(
      place,
      text.trimStart().startsWith('<') ? 'a web page came instead' : 'the JSON is cut or broken',
    );
  }
}
