import { type Context, Hono } from 'hono';
import { type Columns, csvOf } from '../../src/domain/csv.ts';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listUsageUploads } from '../../src/usecases/list-usage-uploads.ts';
import { undoUsage } from '../../src/usecases/undo-usage.ts';
import {
  createUsageDraft,
  discardUsageDraft,
  listUsageDrafts,
  matchUsageDraft,
  saveUsageDraft,
  viewUsageDraft,
} from '../../src/usecases/usage-drafts.ts';
import { attachment } from '../attachment.ts';
import type { WebEnv } from '../deps.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import { createShow } from '../pages/show.ts';
import { usageFilePage } from '../pages/usage-file-page.ts';
import { usagePage } from '../pages/usage-page.ts';
import { readMatchingForm, USAGE_PATH } from '../usage/matching-form.ts';

type At = Context<WebEnv>;

const WRONG_ROW_COLUMNS: Columns<{ readonly line: number; readonly column?: string; readonly text: string }> =
  {
    Line: ({ line }) => line,
    Column: ({ column }) => column,
    'What is wrong': ({ text }) => text,
  };

interface Problem {
  readonly text: string;
  readonly details: readonly string[];
}

/** Usage as a file: bring it, say what its columns are, look at what it changes, save, undo. All plain forms. */
export function usagePageRoutes() {
  return new Hono<WebEnv>()
    .use(`${USAGE_PATH}/files/*`, onlyFrom('operator'))
    .get(USAGE_PATH, (c) => showUsage(c))
    .post(`${USAGE_PATH}/files`, async (c) => {
      const form = await c.req.formData();
      const module = String(form.get('module') ?? '') || undefined;
      try {
        const file = form.get('file');
        if (!(file instanceof File) || file.name === '')
          throw new IcbError('bad-input', 'Choose a CSV file first.');
        const bytes = new Uint8Array(await file.arrayBuffer());
        const by = c.var.viewer.actor;
        const { id } = await createUsageDraft(c.var.deps.core, { by, file: file.name, bytes, module });
        return c.redirect(`${USAGE_PATH}/files/${id}`, 303);
      } catch (error) {
        return showUsage(c, problemIn(error), module);
      }
    })
    .get(`${USAGE_PATH}/files/:id`, (c) => showFile(c))
    .post(`${USAGE_PATH}/files/:id`, async (c) => {
      const { core } = c.var.deps;
      const form = await c.req.formData();
      try {
        const id = idOf(c);
        const { columns, module } = await viewUsageDraft(core, id);
        const matching = module ? { matching: readMatchingForm(columns, form) } : {};
        const text = (name: string) => String(form.get(name) ?? '') || undefined;
        const [asked, date] = [text('module'), text('date')];
        if (asked === undefined) throw new IcbError('bad-input', 'Choose the module the file is of.');
        await matchUsageDraft(core, { by: c.var.viewer.actor, id, module: asked, date, ...matching });
        return c.redirect(`${USAGE_PATH}/files/${id}#preview`, 303);
      } catch (error) {
        return showFile(c, problemIn(error));
      }
    })
    .get(`${USAGE_PATH}/files/:id/wrong-rows.csv`, async (c) => {
      const { draft, preview } = await viewUsageDraft(c.var.deps.core, idOf(c));
      return c.body(csvOf(WRONG_ROW_COLUMNS, preview?.problems ?? []), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': attachment(`wrong rows of ${draft.file}`, 'csv'),
      });
    })
    .post(`${USAGE_PATH}/files/:id/save`, async (c) => {
      try {
        const done = await saveUsageDraft(c.var.deps.core, { by: c.var.viewer.actor, id: idOf(c) });
        const said = done.upload ? { saved: done.upload.id } : { same: done.module.id };
        return c.redirect(`${USAGE_PATH}?${new URLSearchParams(said)}`, 303);
      } catch (error) {
        return showFile(c, problemIn(error));
      }
    })
    .post(`${USAGE_PATH}/files/:id/discard`, async (c) => {
      await discardUsageDraft(c.var.deps.core, { by: c.var.viewer.actor, id: idOf(c) });
      return c.redirect(USAGE_PATH, 303);
    })
    .post(`${USAGE_PATH}/uploads/:id/undo`, async (c) => {
      try {
        await undoUsage(c.var.deps.core, { by: c.var.viewer.actor, id: idOf(c) });
        return c.redirect(USAGE_PATH, 303);
      } catch (error) {
        return showUsage(c, problemIn(error));
      }
    });
}

const idOf = (c: At): string => c.req.param('id') ?? '';

const SHOWN_AGAIN: ReadonlySet<string> = new Set(['bad-input', 'conflict', 'unknown-module']);

/** What is shown on the page it happened on; anything else has a page of its own. */
function problemIn(error: unknown): Problem {
  if (!isIcbError(error) || !SHOWN_AGAIN.has(error.code)) throw error;
  return { text: error.message, details: error.details };
}

const modulesIn = async (c: At) =>
  (await listModules(c.var.deps.core)).map((module) => ({
    ...module,
    byApi: c.var.deps.core.sources.has(module.id),
  }));

async function showUsage(c: At, problem?: Problem, module?: string): Promise<Response> {
  const { core, settings } = c.var.deps;
  const cursor = c.req.query('cursor') || undefined;
  const { items, nextCursor } = await listUsageUploads(core, { cursor });
  const modules = await modulesIn(c);
  const page = usagePage({
    viewer: c.var.viewer,
    show: createShow(settings, core.clock.now()),
    modules,
    waiting: await listUsageDrafts(core),
    uploads: items,
    nextCursor,
    cursor,
    problem,
    module: module ?? c.req.query('module'),
    saved: items.find(({ id, undone }) => !undone && id === c.req.query('saved')),
    same: modules.find(({ id }) => id === c.req.query('same'))?.name,
  });
  return c.html(page, problem ? 400 : 200);
}

async function showFile(c: At, problem?: Problem): Promise<Response> {
  const { core, settings } = c.var.deps;
  const page = usageFilePage({
    viewer: c.var.viewer,
    show: createShow(settings, core.clock.now()),
    file: await viewUsageDraft(core, idOf(c)),
    modules: await modulesIn(c),
    problem,
  });
  return c.html(page, problem ? 400 : 200);
}
