import { type Context, Hono } from 'hono';
import { isIcbError } from '../../src/domain/errors.ts';
import { approveAndPost, requestPosting } from '../../src/usecases/approve-and-post.ts';
import type { Core } from '../../src/usecases/core.ts';
import { itemTotals } from '../../src/usecases/list-billing-items.ts';
import { postableItems } from '../../src/usecases/postable-items.ts';
import { undoPosting } from '../../src/usecases/undo-posting.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import type { WebEnv } from '../deps.ts';
import { understoodFilter } from '../items/typed-filter.ts';
import {
  confirmPostPage,
  nothingChosenPage,
  postedPage,
  secondPersonPage,
  undonePage,
} from '../pages/post-pages.ts';
import { createShow } from '../pages/show.ts';

interface Choice {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly confirmed: boolean;
  /** The filter the rows were shown with, as a query. */
  readonly query: string;
  /** The pending items of that filter. */
  readonly pending: BillingItemFilter;
}

async function readChoice(c: Context<WebEnv>): Promise<Choice> {
  const form = await c.req.formData();
  const query = form.get('query');
  const text = typeof query === 'string' ? query : '';
  return {
    ids: form.getAll('ids').filter((id) => typeof id === 'string'),
    all: form.get('all') === 'yes',
    confirmed: form.get('confirmed') === 'yes',
    query: text,
    pending: {
      ...(await understoodFilter(c.var.deps.core, new URLSearchParams(text))),
      status: 'pending',
    },
  };
}

/** What would be posted and what would stay, for the question before. */
async function chosen(core: Core, { all, ids, pending }: Choice) {
  const wanted = new Set(ids);
  const { due, skipped } = await postableItems(core, pending);
  const mine = ({ id }: { readonly id: string }): boolean => all || wanted.has(id);
  return { totals: itemTotals(due.filter(mine)), skipped: skipped.filter(mine) };
}

const fieldsOf = ({ query, all, ids }: Choice): [string, string][] => [
  ['query', query],
  ...(all ? [['all', 'yes'] as [string, string]] : ids.map((id): [string, string] => ['ids', id])),
];

/** Approve and post as plain forms: choose, confirm, see what happened. */
export function postItemsRoutes() {
  return new Hono<WebEnv>()
    .post('/dashboard/items/undo-posting', undo)
    .post('/dashboard/items/approve-and-post', async (c) => {
      const { core, settings } = c.var.deps;
      const { viewer } = c.var;
      const choice = await readChoice(c);
      const back = `/dashboard/items?${choice.query}`;
      if (!choice.all && choice.ids.length === 0) return c.html(nothingChosenPage(viewer, back), 400);

      const show = createShow(settings, core.clock.now());
      const inWords = (totals: readonly { amount: string; currency: string }[]): string =>
        totals.map((total) => show.money(total.amount, total.currency)).join(' + ');

      if (!choice.confirmed) {
        const { totals, skipped } = await chosen(core, choice);
        const count = totals.reduce((sum, total) => sum + total.count, 0);
        return c.html(
          confirmPostPage({ viewer, back, count, skipped, sums: inWords(totals), fields: fieldsOf(choice) }),
        );
      }
      const what = choice.all ? { filter: choice.pending } : { ids: [...choice.ids] };
      const done = await approveAndPost(core, { by: viewer.actor, ...what }).catch((error: unknown) => {
        if (isIcbError(error) && error.code === 'second-person') return undefined;
        throw error;
      });
      if (!done) {
        const { totals } = await requestPosting(core, { by: viewer.actor, ...what });
        return c.html(secondPersonPage(viewer, back, inWords(totals)));
      }
      const { posted, totals, skipped, undo } = done;
      return c.html(postedPage({ viewer, back, posted, skipped, undo, sums: inWords(totals) }));
    });
}

/** Takes one posting back as a whole, right after it was made. */
async function undo(c: Context<WebEnv>): Promise<Response> {
  const { core, settings } = c.var.deps;
  const form = await c.req.formData();
  const posting = String(form.get('posting') ?? '');
  const { viewer } = c.var;
  const done = await undoPosting(core, { by: viewer.actor, posting, reason: 'undone right after posting' });
  const show = createShow(settings, core.clock.now());
  const sums = done.totals.map((total) => show.money(total.amount, total.currency)).join(' + ');
  return c.html(await undonePage({ viewer, ...done, sums }));
}
