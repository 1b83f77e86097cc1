import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Switches } from './common-faults.ts';
import type { LoggedRequest } from './request-log.ts';

/** What every stand-in has under `/_sim`, which no vendor's API does: the calls made, and the faults to switch. */
export function commonControls<F extends object>(
  standIn: Switches<F> & { readonly requests: readonly LoggedRequest[] },
  schema: z.ZodType<F>,
): Hono {
  const control = new Hono();
  control.get('/requests', (c) => c.json(standIn.requests));
  control.post('/faults', async (c) => {
    const faults = schema.safeParse({ ...standIn.faults, ...((await bodyOf(c)) as object) });
    if (!faults.success) return refusal(c, faults.error);
    standIn.setFaults(faults.data);
    return c.json(standIn.faults);
  });
  control.delete('/faults', (c) => {
    standIn.clearFaults();
    return c.json(standIn.faults);
  });
  return control;
}

/** A change of how many there are of a kind, by form or JSON. */
export const countChange = <Kinds extends readonly [string, ...string[]]>(kinds: Kinds, field: string) =>
  z
    .object({
      action: z.enum(['add', 'remove']),
      [field]: z.enum(kinds),
      n: z.coerce.number().int().min(1).max(10_000).default(1),
    })
    .transform((change) => ({
      action: change.action as 'add' | 'remove',
      kind: change[field] as Kinds[number],
      n: change.n as number,
    }));

const isForm = (c: Context): boolean =>
  c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;

export async function bodyOf(c: Context): Promise<unknown> {
  if (isForm(c)) return c.req.parseBody();
  return c.req.json().catch(() => undefined);
}

export const refusal = (c: Context, error: z.ZodError): Response =>
  c.json({ error: z.prettifyError(error) }, 400);

/** People who used the page's form go back to it. */
export const done = (c: Context, body: object, search: string): Response =>
  isForm(c) ? c.redirect(`/_sim/?q=${encodeURIComponent(search)}`, 303) : c.json(body);
