import type { z } from 'zod';
import type { IcbError } from '../../domain/errors.ts';

/** The answer's body by its schema; otherwise throws what `fail` makes of the first field that is wrong. */
export function parseAnswer<T>(schema: z.ZodType<T>, text: string, fail: (fault: string) => IcbError): T {
  const parsed = schema.safeParse(parseJson(text, fail));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fail(`${fieldName(issue?.path ?? [])} is missing or wrong (${issue?.message ?? 'unknown'})`);
}

function parseJson(text: string, fail: (fault: string) => IcbError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which may hold anything.
    throw fail(text.trimStart().startsWith('<') ? 'a web page came instead' : 'the JSON is cut or broken');
  }
}

const fieldName = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the body'
    : path
        .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
        .join('');
