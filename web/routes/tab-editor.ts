import { type Context, Hono } from 'hono';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { readFilterChoices } from '../../src/usecases/filter-choices.ts';
import {
  copyTab,
  DELETED_TAB,
  deleteTab,
  findTab,
  lastTabChange,
  listTabs,
  saveTab,
  seesTab,
  undoTab,
} from '../../src/usecases/tabs.ts';
import { listWidgets } from '../../src/usecases/widget-data.ts';
import { libraryWidgets } from '../../src/widgets/library-widgets.ts';
import { readyWidgets } from '../../src/widgets/ready-widgets.ts';
import { inWords } from '../builder/problem-words.ts';
import type { WebEnv } from '../deps.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import { type TabPageView, tabPage } from '../pages/tab-page.ts';
import { BLANK_TAB, formOf, readTabForm, type TabForm, tabInput } from '../tabs/tab-form.ts';

const PATH = '/dashboard/tabs';

const SAID: Readonly<Record<string, string>> = {
  copied: 'This is the copy. It shows the same widgets; what you change here leaves the other tab as it is.',
  undone: 'The last change was taken back. Undo once more to have it again.',
};

/** Makes and changes tabs. Every answer is a whole page, so that it works without scripts too. */
export function tabEditorRoutes() {
  return new Hono<WebEnv>()
    .get(`${PATH}/new`, onlyFrom('operator'), async (c) => c.html(tabPage(await viewOf(c, BLANK_TAB))))
    .get(`${PATH}/:id/edit`, onlyFrom('operator'), async (c) => {
      const { core } = c.var.deps;
      const tab = await findTab(core, c.req.param('id'));
      if (!seesTab(tab, c.var.viewer.role)) throw new IcbError('not-found', `There is no tab "${tab.id}".`);
      if (tab.ready)
        throw new IcbError('conflict', 'The tab "ICB" stays as it is. Copy it and change the copy.');
      const text = SAID[c.req.query('said') ?? ''];
      const form = formOf(tab, await readFilterChoices(core));
      return c.html(tabPage(await viewOf(c, form, text ? { tone: 'good', text } : undefined)));
    })
    .post(`${PATH}/save`, async (c) => {
      const { core } = c.var.deps;
      const sent = await c.req.formData();
      const { form, filters } = readTabForm(sent, await readFilterChoices(core));
      if (sent.get('do') || form.problems.length > 0) return c.html(tabPage(await viewOf(c, form)));
      try {
        const tab = await saveTab(core, c.var.viewer.actor, tabInput(form, filters), form.id, form.base);
        return c.redirect(`/dashboard?tab=${tab.id}`, 303);
      } catch (error) {
        if (!isIcbError(error)) throw error;
        const [status, shown, notice] = await refused(c, form, error);
        return c.html(tabPage(await viewOf(c, shown, notice)), status);
      }
    })
    .post(`${PATH}/restore`, async (c) => {
      const { id } = await undoTab(
        c.var.deps.core,
        c.var.viewer.actor,
        String((await c.req.formData()).get('id')),
        DELETED_TAB,
      );
      return c.redirect(`/dashboard?tab=${id}`, 303);
    })
    .post(`${PATH}/:id/undo`, async (c) => {
      const id = c.req.param('id');
      const base = await sentBase(c);
      return unlessOvertaken(c, id, async () => {
        await undoTab(c.var.deps.core, c.var.viewer.actor, id, base);
        return c.redirect(`${PATH}/${id}/edit?said=undone`, 303);
      });
    })
    .post(`${PATH}/:id/copy`, async (c) => {
      const { id } = await copyTab(c.var.deps.core, c.var.viewer.actor, c.req.param('id'));
      return c.redirect(`${PATH}/${id}/edit?said=copied`, 303);
    })
    .post(`${PATH}/:id/delete`, async (c) => {
      const id = c.req.param('id');
      const base = await sentBase(c);
      return unlessOvertaken(c, id, async () => {
        await deleteTab(c.var.deps.core, c.var.viewer.actor, id, base);
        return c.redirect(`/dashboard/widgets?deleted-tab=${encodeURIComponent(id)}`, 303);
      });
    });
}

const sentBase = async (c: Context<WebEnv>): Promise<string> =>
  String((await c.req.formData()).get('base') ?? '');

/** Does it, or shows the tab as somebody else left it, with what they changed. */
async function unlessOvertaken(
  c: Context<WebEnv>,
  id: string,
  act: () => Promise<Response>,
): Promise<Response> {
  const { core } = c.var.deps;
  try {
    return await act();
  } catch (error) {
    if (!isIcbError(error) || error.code !== 'conflict') throw error;
    const tab = await findTab(core, id);
    const notice = { tone: 'warn' as const, text: error.message, lines: await lastTabChange(core, id) };
    return c.html(tabPage(await viewOf(c, formOf(tab, await readFilterChoices(core)), notice)), 409);
  }
}

async function viewOf(
  c: Context<WebEnv>,
  form: TabForm,
  notice?: TabPageView['notice'],
): Promise<TabPageView> {
  const { core } = c.var.deps;
  const [lists, all, tabs] = await Promise.all([readFilterChoices(core), listWidgets(core), listTabs(core)]);
  const ready = new Set(readyWidgets.map(({ id }) => id));
  return {
    viewer: c.var.viewer,
    form,
    revision: tabs.find(({ id }) => id === form.id)?.revision ?? '',
    lists,
    groups: [...new Set(tabs.flatMap(({ group }) => group ?? []))],
    pick: [
      { name: 'Your widgets', widgets: all.filter(({ id }) => !ready.has(id)) },
      { name: 'Ready widgets', widgets: readyWidgets },
      { name: 'Library', widgets: libraryWidgets },
    ],
    notice,
  };
}

/** What was wrong in words; after somebody else's change, saving once more puts this over it. */
async function refused(
  c: Context<WebEnv>,
  form: TabForm,
  error: IcbError,
): Promise<[400 | 409, TabForm, NonNullable<TabPageView['notice']>]> {
  if (error.code !== 'conflict' || !form.id) {
    const lines = error.details.map((detail) => {
      const [path = '', ...rest] = detail.split(': ');
      return `${path}: ${inWords({ path, text: rest.join(': ') }).text}`;
    });
    return [400, form, { tone: 'bad', text: error.message, lines }];
  }
  const now = await findTab(c.var.deps.core, form.id);
  const text = `${error.message} Below is yours: save again to put it over theirs, which can be undone, or cancel to keep theirs.`;
  const lines = await lastTabChange(c.var.deps.core, form.id);
  return [409, { ...form, base: now.revision }, { tone: 'warn', text, lines }];
}
