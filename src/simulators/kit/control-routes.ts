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

/** A customer of the vendor's whose counts can be changed, as the stand-in holds it. */
export interface CountedRow<Kind extends string> {
  readonly name: string;
  change(kind: Kind, by: number): number;
}

/** `POST /{path}/:id/counts` adds or removes so many of a kind. `noun` is what a row is: `client`. */
export function countRoute<Kinds extends readonly [string, ...string[]]>(
  control: Hono,
  options: {
    readonly path: string;
    readonly noun: string;
    readonly kinds: Kinds;
    readonly find: (id: string) => CountedRow<Kinds[number]> | undefined;
  },
): void {
  const Change = countChange(options.kinds, 'kind');
  control.post(`/${options.path}/:id/counts`, async (c) => {
    const row = options.find(c.req.param('id'));
    if (row === undefined) return c.json({ error: `There is no such ${options.noun}.` }, 404);
    const change = Change.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    const { action, kind, n } = change.data;
    const changed = row.change(kind, action === 'add' ? n : -n);
    return done(c, { [options.noun]: row.name, action, kind, changed }, c.req.query('q') ?? '');
  });
}
