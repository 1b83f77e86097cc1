import { type Context, Hono } from 'hono';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { addModule, changeModule, listAddedModules, removeModule } from '../../src/usecases/added-modules.ts';
import type { WebEnv } from '../deps.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import { moduleFormPage, modulesPage } from '../pages/module-pages.ts';
import { createShow } from '../pages/show.ts';
import {
  fieldsOf,
  MODULES_PATH,
  type ModuleFields,
  moduleGiven,
  readModuleForm,
  withRows,
} from '../usage/module-form.ts';

type At = Context<WebEnv>;

interface Problem {
  readonly text: string;
  readonly details: readonly string[];
}

/** Modules that people add to the catalogue, as plain forms. */
export function modulePagesRoutes() {
  return new Hono<WebEnv>()
    .get(MODULES_PATH, (c) => showModules(c))
    .use(`${MODULES_PATH}/*`, onlyFrom('admin'))
    .get(`${MODULES_PATH}/new`, (c) => showForm(c, withRows({ name: '', types: [] })))
    .post(MODULES_PATH, async (c) => {
      const form = await c.req.formData();
      return saved(c, form, (module) => addModule(c.var.deps.core, { by: c.var.viewer.actor, module }));
    })
    .get(`${MODULES_PATH}/:id`, async (c) => showForm(c, withRows(fieldsOf(await ownModule(c)), 1)))
    .post(`${MODULES_PATH}/:id`, async (c) => {
      const form = await c.req.formData();
      const id = c.req.param('id');
      return saved(c, form, (module) =>
        changeModule(c.var.deps.core, { by: c.var.viewer.actor, id, module }),
      );
    })
    .post(`${MODULES_PATH}/:id/remove`, async (c) => {
      try {
        await removeModule(c.var.deps.core, { by: c.var.viewer.actor, id: c.req.param('id') });
        return c.redirect(MODULES_PATH, 303);
      } catch (error) {
        return showModules(c, problemIn(error));
      }
    });
}

/** Saves, and shows the form again where it wants more rows or cannot be taken. */
async function saved(c: At, form: FormData, save: (module: unknown) => Promise<unknown>): Promise<Response> {
  const fields = readModuleForm(form);
  if (form.get('more') === 'yes') return showForm(c, withRows(fields, 4));
  try {
    await save(moduleGiven(fields));
    return c.redirect(MODULES_PATH, 303);
  } catch (error) {
    return showForm(c, withRows(fields), problemIn(error));
  }
}

const SHOWN_AGAIN: ReadonlySet<string> = new Set(['bad-input', 'conflict']);

function problemIn(error: unknown): Problem {
  if (!isIcbError(error) || !SHOWN_AGAIN.has(error.code)) throw error;
  return { text: error.message, details: error.details.map(inWords) };
}

/** `billingTypes.1.name: …` → `Billing type 2, name: …` */
const inWords = (detail: string): string =>
  detail
    .replace(
      /^billingTypes\.(\d+)\.(\w+)(\.\d+)?/,
      (_, at, field) => `Billing type ${Number(at) + 1}, ${field}`,
    )
    .replace(/^billingTypes:/, 'Billing types:')
    .replace(/^name:/, 'Name:');

async function ownModule(c: At) {
  const id = c.req.param('id');
  const module = (await listAddedModules(c.var.deps.core)).find((each) => each.id === id);
  if (!module) throw new IcbError('not-found', 'There is no module of your own at this address.');
  return module;
}

async function showForm(c: At, fields: ModuleFields, problem?: Problem): Promise<Response> {
  const own = c.req.param('id') === undefined ? undefined : await ownModule(c);
  const { viewer } = c.var;
  return c.html(
    moduleFormPage({ viewer, id: own?.id, fields, used: own?.used, problem }),
    problem ? 400 : 200,
  );
}

async function showModules(c: At, problem?: Problem): Promise<Response> {
  const { core, settings } = c.var.deps;
  const show = createShow(settings, core.clock.now());
  const modules = await listAddedModules(core);
  return c.html(modulesPage({ viewer: c.var.viewer, show, modules, problem }), problem ? 400 : 200);
}
