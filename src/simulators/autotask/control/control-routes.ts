import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { Faults } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import type { StandIn } from '../stand-in.ts';

const Day = z.iso.date();
const Id = z.coerce.number().int();
const Approval = z.object({
  throughDate: Day.optional(),
  contractId: Id.optional(),
  unitRowIds: z.array(Id).optional(),
  unitRowId: Id.optional(),
});
const Unposting = z.object({ billingItemId: Id });
const ClockChange = z.union([
  z.object({ advanceMs: z.number().nonnegative() }),
  z.object({ step: z.enum(['day', 'month']) }),
  /** The morning of a later day. */
  z.object({ date: Day }),
]);

/** The stand-in's own controls under `/_sim`, which Autotask's API does not have: JSON for programs, forms for its page. */
export function controlRoutes(standIn: StandIn): Hono {
  const { world } = standIn;
  const control = new Hono();
  control.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ errors: error.errors }, error.status === 404 ? 404 : 409);
    throw error;
  });
  control.get('/state', (c) =>
    c.json({
      now: world.instant(),
      pending: world.pending().length,
      posted: world.tables.rows('BillingItems').length,
      adjustments: standIn.adjustments,
      faults: standIn.faults,
      requests: { logged: standIn.requests.length, inWindow: standIn.window.count() },
    }),
  );
  control.get('/requests', (c) => c.json(standIn.requests));
  control.get('/adjustments', (c) => c.json(standIn.adjustments));
  control.post('/approve-and-post', async (c) => {
    const scope = Approval.safeParse(await bodyOf(c));
    if (!scope.success) return refusal(c, scope.error);
    const { throughDate, contractId, unitRowIds, unitRowId } = scope.data;
    const rows = unitRowIds ?? (unitRowId === undefined ? undefined : [unitRowId]);
    return done(
      c,
      world.approveAndPost({
        throughDate: throughDate ?? (rows === undefined ? world.today() : undefined),
        contractId,
        unitRowIds: rows,
      }),
    );
  });
  control.post('/unpost', async (c) => {
    const unposting = Unposting.safeParse(await bodyOf(c));
    if (!unposting.success) return refusal(c, unposting.error);
    world.unpost(unposting.data.billingItemId);
    return done(c, { unposted: unposting.data.billingItemId });
  });
  control.post('/invoice', async (c) => {
    const scope = z.object({ throughDate: Day.default(world.today()) }).safeParse(await bodyOf(c));
    return scope.success ? done(c, world.invoice(scope.data.throughDate)) : refusal(c, scope.error);
  });
  control.get('/clock', (c) => c.json({ now: world.instant() }));
  control.post('/clock', async (c) => {
    const change = ClockChange.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    standIn.advance(Math.max(0, msOf(change.data, standIn.now())));
    return done(c, { now: world.instant() });
  });
  faultRoutes(control, standIn);
  return control;
}

function faultRoutes(control: Hono, standIn: StandIn): void {
  control.get('/faults', (c) => c.json(standIn.faults));
  control.post('/faults', async (c) => {
    const change = Faults.safeParse({ ...standIn.faults, ...((await bodyOf(c)) as object) });
    if (!change.success) return refusal(c, change.error);
    standIn.setFaults(change.data);
    return c.json(standIn.faults);
  });
  control.delete('/faults', (c) => {
    standIn.clearFaults();
    return c.json(standIn.faults);
  });
}

/** How far the clock goes: to the morning of the next day, of the same day next month, or of a given day. */
function msOf(change: z.infer<typeof ClockChange>, now: number): number {
  if ('advanceMs' in change) return change.advanceMs;
  const today = Temporal.PlainDate.from(new Date(now).toISOString().slice(0, 10));
  const goal =
    'date' in change
      ? change.date
      : today.add(change.step === 'day' ? { days: 1 } : { months: 1 }).toString();
  return Date.parse(`${goal}T08:00:00Z`) - now;
}

const isForm = (c: Context): boolean =>
  c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;

async function bodyOf(c: Context): Promise<unknown> {
  if (!isForm(c)) return c.req.json().catch(() => ({}));
  return Object.fromEntries(Object.entries(await c.req.parseBody()).filter(([, value]) => value !== ''));
}

const refusal = (c: Context, error: z.ZodError): Response => c.json({ error: z.prettifyError(error) }, 400);

/** People who used a form go back to the page they were on. */
async function done(c: Context, body: object): Promise<Response> {
  if (!isForm(c)) return c.json(body);
  const { back } = await c.req.parseBody();
  return c.redirect(typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/', 303);
}
