import { z } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';

/** What every list takes. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).openapi({ example: 100 }),
  cursor: z.string().max(400).optional().openapi({ description: '`nextCursor` of the page before' }),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

const encode = (id: string): string => Buffer.from(id).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/**
 * One page of a list that is whole in memory. The cursor names the last item shown rather than a number, so that rows
 * that come in between neither repeat nor vanish.
 */
export function pageFrom<T extends { readonly id: string }>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: readonly T[]; nextCursor?: string } {
  let from = 0;
  if (cursor !== undefined) {
    const last = decode(cursor);
    from = all.findIndex((item) => item.id === last) + 1;
    if (from === 0)
      throw new IcbError('bad-input', 'The cursor is not known any more. Start again from the first page.');
  }
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return from + limit < all.length && last ? { items, nextCursor: encode(last.id) } : { items };
}

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string().optional(), message: z.string() })).optional(),
    reference: z.string().optional(),
  })
  .openapi('Problem');

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** What any route under /api may answer besides its own shape. */
export const PROBLEMS = {
  400: problemAnswer('Bad input; `errors` lists every bad field'),
  401: problemAnswer('No token or session, or a wrong one'),
  403: problemAnswer('A viewer may not change anything; a write from another site'),
  default: problemAnswer('Any other refusal, with a stable `code`'),
} as const;

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

export const Money = z
  .string()
  .openapi({ example: '1234.50', description: 'Decimal text, at most four decimals' });
export const Currency = z.string().openapi({ example: 'USD' });
export const Day = z.string().openapi({ example: '2026-11-30' });
export const Instant = z.string().openapi({ example: '2026-11-30T01:15:00.000Z' });
export const By = z
  .object({
    kind: z.enum(['slack', 'api', 'cli', 'system']),
    name: z.string(),
    userId: z.string().optional(),
  })
  .openapi('Actor');
