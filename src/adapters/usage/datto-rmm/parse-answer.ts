import type { z } from 'zod';
import { malformed, type Place } from './problems.ts';

/** The answer's body by its schema; `source-malformed` names the place and the first field that is wrong. */
export function parseAnswer<T>(schema: z.ZodType<T>, text: string, place: Place): T {
  const parsed = schema.safeParse(parseJson(text, place));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformed(
    place,
    `${fieldName(issue?.path ?? [])} is missing or wrong (${issue?.message ?? 'unknown'})`,
  );
}

function parseJson(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which may hold anything.
    throw malformed(
      place,
      text.trimStart().startsWith('<') ? 'a web page came instead' : 'the JSON is cut or broken',
    );
  }
}

const fieldName = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the body'
    : path
        .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
        .join('');
