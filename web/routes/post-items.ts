import { type Context, Hono } from 'hono';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { decodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import type { WebEnv } from '../deps.ts';
import { confirmPostPage, nothingChosenPage, postedPage } from '../pages/post-pages.ts';
import { createShow } from '../pages/show.ts';

interface Choice {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly confirmed: boolean;
  /** The filter the rows were shown with. */
  readonly query: string;
}

async function readChoice(c: Context<WebEnv>): Promise<Choice> {
  const form = await c.req.formData();
  const ids = form.getAll('ids').filter((id) => typeof id === 'string');
  const query = form.get('query');
  return {
    ids,
    all: form.get('all') === 'yes',
    confirmed: form.get('confirmed') === 'yes',
    query: typeof query === 'string' ? query : '',
  };
}

/** Approve and post as plain forms: choose, confirm, see what happened. */
export function postItemsRoutes() {
  return new Hono<WebEnv>().post('/dashboard/items/approve-and-post', async (c) => {
    const { core, settings } = c.var.deps;
    const { viewer } = c.var;
    const show = createShow(settings, core.clock.now());
    const choice = await readChoice(c);
    const back = `/dashboard/items?${choice.query}`;
    const filter = decodeBillingItemFilter(new URLSearchParams(choice.query));
    if (!choice.all && choice.ids.length === 0) return c.html(nothingChosenPage(viewer, back), 400);

    const pending = { ...filter, status: 'pending' as const };
    if (!choice.confirmed) {
      const all = choice.all ? (await listBillingItems(core, { filter: pending, limit: 1 })).totals : [];
      return c.html(
        confirmPostPage({
          viewer,
          back,
          count: choice.all ? all.reduce((sum, total) => sum + total.count, 0) : choice.ids.length,
          sums: all.map((total) => show.money(total.amount, total.currency)).join(' + '),
          fields: [
            ['query', choice.query],
            ...(choice.all ? [['all', 'yes'] as const] : choice.ids.map((id) => ['ids', id] as const)),
          ],
        }),
      );
    }
    const done = await approveAndPost(core, {
      by: viewer.actor,
      ...(choice.all ? { filter: pending } : { ids: [...choice.ids] }),
    });
    const sums = done.totals.map((total) => show.money(total.amount, total.currency)).join(' + ');
    return c.html(postedPage({ viewer, back, sums, posted: done.posted, skipped: done.skipped }));
  });
}
