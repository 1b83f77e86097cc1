import { type Context, Hono } from 'hono';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { readFilterChoices } from '../../src/usecases/filter-choices.ts';
import {
  copyWidget,
  createWidget,
  currentDefinition,
  deleteWidget,
  editWidget,
  findStoredWidget,
  restoreWidget,
  undoWidget,
} from '../../src/usecases/stored-widgets.ts';
import { widgetDefinition } from '../../src/usecases/widget-data.ts';
import { versionsSince, widgetRevision, widgetVersionId } from '../../src/usecases/widget-revisions.ts';
import { findReadyWidget } from '../../src/widgets/ready-widgets.ts';
import type { Draft } from '../builder/draft-fields.ts';
import { historyOf, readBuilder } from '../builder/read-builder.ts';
import { type BuilderDraft, checkDraft, readDraft } from '../builder/read-draft.ts';
import { withRows } from '../builder/with-rows.ts';
import type { WebEnv } from '../deps.ts';
import { builderPage } from '../pages/builder-page.ts';

const PATH = '/dashboard/widgets';

const BLANK: Draft = {
  title: 'New widget',
  entity: 'both',
  measure: { field: 'amount', aggregate: 'sum' },
  groupBy: 'module',
  chart: 'bar',
  filters: { months: 'last-12-months' },
  top: 12,
};

type Notice = Parameters<typeof readBuilder>[2]['notice'];

const SAID: Readonly<Record<string, string>> = {
  saved: 'Saved. The version before is in the history below.',
  made: 'Made. Put it on a tab, or go on changing it.',
  copied: 'This is the copy. What you change here leaves the other as it is.',
  undone: 'The last change was taken back. Undo once more to have it again.',
  restored: 'The deletion was taken back, history included.',
};

/** Makes and changes widgets without code. Every answer is a whole page, so that it works without scripts too. */
export function widgetBuilderRoutes() {
  return new Hono<WebEnv>()
    .get(`${PATH}/new`, async (c) => {
      const { core } = c.var.deps;
      const from = c.req.query('from');
      const lists = await readFilterChoices(core);
      const start: Draft = from ? startFrom(await widgetDefinition(core, from)) : BLANK;
      return c.html(builderPage(await readBuilder(c.var, checkDraft(start, lists), {})));
    })
    .get(`${PATH}/:id/edit`, async (c) => {
      const { core } = c.var.deps;
      const id = c.req.param('id');
      if (findReadyWidget(id)) return c.redirect(`${PATH}/new?from=${id}`);
      const stored = await findStoredWidget(core, id);
      if (!stored) throw new IcbError('not-found', `There is no widget "${id}".`);
      const draft = checkDraft(currentDefinition(stored), await readFilterChoices(core));
      const text = SAID[c.req.query('said') ?? ''];
      const notice: Notice = text ? { tone: 'good', text } : undefined;
      return c.html(builderPage(await readBuilder(c.var, draft, { id, ...(notice && { notice }) })));
    })
    .post(`${PATH}/preview`, async (c) => {
      const sent = await sentForm(c);
      return c.html(builderPage(await readBuilder(c.var, sent.draft, sent)));
    })
    .post(`${PATH}/save`, async (c) => {
      const { core } = c.var.deps;
      const { actor } = c.var.viewer;
      const { id, base, draft } = await sentForm(c);
      if (!draft.definition) return c.html(builderPage(await readBuilder(c.var, draft, { id, base })), 400);
      const { id: _, ...definition } = draft.definition;
      try {
        const saved = id
          ? await editWidget(core, actor, id, definition, base)
          : await createWidget(core, actor, definition);
        return c.redirect(`${PATH}/${saved.id}/edit?said=${id ? 'saved' : 'made'}`, 303);
      } catch (error) {
        const notice = isIcbError(error) && id ? await overtaken(c, id, base) : undefined;
        if (!notice) throw error;
        return c.html(builderPage(await readBuilder(c.var, draft, { id, notice })), 409);
      }
    })
    .post(`${PATH}/restore`, async (c) => {
      const { id } = await restoreWidget(
        c.var.deps.core,
        c.var.viewer.actor,
        String((await c.req.formData()).get('id')),
      );
      return c.redirect(`${PATH}/${id}/edit?said=restored`, 303);
    })
    .post(`${PATH}/:id/undo`, async (c) => {
      const id = c.req.param('id');
      const base = await sentText(c, 'base');
      return unlessOvertaken(c, { id, base, left: 'Nothing was taken back' }, async () => {
        await undoWidget(c.var.deps.core, c.var.viewer.actor, id, base);
        return c.redirect(`${PATH}/${id}/edit?said=undone`, 303);
      });
    })
    .post(`${PATH}/:id/copy`, async (c) => {
      const of = await widgetDefinition(c.var.deps.core, c.req.param('id'));
      const { id } = await copyWidget(c.var.deps.core, c.var.viewer.actor, of);
      return c.redirect(`${PATH}/${id}/edit?said=copied`, 303);
    })
    .post(`${PATH}/:id/go-back`, async (c) => {
      const { core } = c.var.deps;
      const id = c.req.param('id');
      const base = await sentText(c, 'base');
      const named = await sentText(c, 'version');
      return unlessOvertaken(c, { id, base, left: 'Nothing was saved' }, async () => {
        const kept = (await findStoredWidget(core, id))?.versions ?? [];
        const version = kept.find((each) => widgetVersionId(each) === named);
        if (!version) throw new IcbError('not-found', 'This version is not kept any more.');
        await editWidget(core, c.var.viewer.actor, id, version.definition, base);
        return c.redirect(`${PATH}/${id}/edit?said=saved`, 303);
      });
    })
    .post(`${PATH}/:id/delete`, async (c) => {
      const id = c.req.param('id');
      const base = await sentText(c, 'base');
      return unlessOvertaken(c, { id, base, left: 'Nothing was deleted' }, async () => {
        await deleteWidget(c.var.deps.core, c.var.viewer.actor, id, base);
        return c.redirect(`${PATH}?deleted=${encodeURIComponent(id)}`, 303);
      });
    });
}

/** A library widget is begun as it is; another one as a copy of its own. */
const startFrom = ({ id: _, ...definition }: Awaited<ReturnType<typeof widgetDefinition>>): Draft =>
  definition;

async function sentForm(
  c: Context<WebEnv>,
): Promise<{ readonly id: string | undefined; readonly base: string; readonly draft: BuilderDraft }> {
  const form = await c.req.formData();
  const text = (name: string): string => String(form.get(name) ?? '');
  if (text('use') === 'json') form.set('source', 'json');
  const lists = await readFilterChoices(c.var.deps.core);
  const draft = readDraft(withRows(form), lists);
  return { id: text('id') || undefined, base: text('base'), draft };
}

const sentText = async (c: Context<WebEnv>, name: string): Promise<string> =>
  String((await c.req.formData()).get(name) ?? '');

/** Does it, or shows the widget as somebody else left it, with what they changed. */
async function unlessOvertaken(
  c: Context<WebEnv>,
  { id, base, left }: { readonly id: string; readonly base: string; readonly left: string },
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    const stored = isIcbError(error) && (await findStoredWidget(c.var.deps.core, id));
    if (!stored || widgetRevision(stored) === base) throw error;
    const since = versionsSince(stored, base).length;
    const newest = historyOf(stored).slice(0, since);
    const names = [...new Set(newest.map(({ by }) => by))].join(' and ');
    const notice: Notice = {
      tone: 'warn',
      text: `${names} changed this widget meanwhile. ${left}: below is how it is now.`,
      lines: newest.flatMap(({ changes }) => changes),
    };
    const draft = checkDraft(currentDefinition(stored), await readFilterChoices(c.var.deps.core));
    return c.html(builderPage(await readBuilder(c.var, draft, { id, notice })), 409);
  }
}

/** Who changed it meanwhile, and what; undefined where nobody did. */
async function overtaken(c: Context<WebEnv>, id: string, base: string): Promise<Notice> {
  const stored = await findStoredWidget(c.var.deps.core, id);
  if (!stored || widgetRevision(stored) === base) return undefined;
  const [newest] = historyOf(stored);
  return {
    tone: 'warn',
    text: `${newest?.by ?? 'Somebody'} changed this widget while you worked. Nothing was overwritten: below is yours. Save again to put it over theirs, which stays in the history, or leave this page to keep theirs.`,
    lines: newest?.changes ?? [],
  };
}
