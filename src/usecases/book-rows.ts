import type { z } from 'zod';

/** A row of an imported list that could be read, with its place for people: `contracts row 3`. */
export interface BookRow<T> {
  readonly place: string;
  readonly record: T;
}

interface Read<T> {
  readonly rows: readonly BookRow<T>[];
  /** Ids in the file, of rows that are wrong too: what stands under such a row is not wrong for that. */
  readonly ids: readonly string[];
  readonly problems: readonly string[];
}

/** Reads the rows of one list; each wrong field and each id that is there twice is a problem. */
export function readRows<T extends { readonly id: string }>(
  kind: string,
  schema: z.ZodType<T>,
  given: readonly unknown[],
): Read<T> {
  const rows: BookRow<T>[] = [];
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const [index, row] of given.entries()) {
    const place = `${kind} row ${index + 1}`;
    const parsed = schema.safeParse(row);
    const id = parsed.success ? parsed.data.id : idOf(row);
    if (id !== undefined && ids.has(id)) problems.push(`${place}, id: "${id}" is there twice`);
    if (id !== undefined) ids.add(id);
    if (parsed.success) rows.push({ place, record: parsed.data });
    else
      for (const { path, message } of parsed.error.issues)
        problems.push(`${place}, ${path.join('.') || 'row'}: ${message}`);
  }
  return { rows, ids: [...ids], problems };
}

function idOf(row: unknown): string | undefined {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
