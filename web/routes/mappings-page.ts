import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { unmappableBecause } from '../../src/domain/organization.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listOrganizations } from '../../src/usecases/list-organizations.ts';
import { mappingSheet } from '../../src/usecases/mapping-sheet.ts';
import { readNames } from '../../src/usecases/names.ts';
import { undoMappings } from '../../src/usecases/undo-mappings.ts';
import type { WebEnv } from '../deps.ts';
import { changeOf, decisionOf, MappingChange, stateOf, suggestedChange } from '../mappings/mapping-change.ts';
import {
  BY_ORGANIZATION_PATH,
  MAPPINGS_PATH,
  organizationHref,
  readMappingQuery,
} from '../mappings/mapping-query.ts';
import { organizationRows } from '../mappings/organization-rows.ts';
import { cellChoices, rowChoices } from '../mappings/read-choices.ts';
import { mappingReviewPage, mappingsSavedPage, type ReviewedChange } from '../pages/mapping-review-page.ts';
import { mappingsPage } from '../pages/mappings-page.ts';
import { organizationGrid } from '../pages/organization-grid.ts';
import { organizationPage } from '../pages/organization-page.ts';
import { createShow } from '../pages/show.ts';
import { pageFrom } from '../shapes/common.ts';

type At = Context<WebEnv>;

const ROWS_A_PAGE = 50;

/** Both tabs of the mapping, an organization's own page, and the one way all of them save: review, save, undo. */
export function mappingsPageRoutes() {
  return new Hono<WebEnv>()
    .get(MAPPINGS_PATH, async (c) => c.html(await byModuleOrganization(c)))
    .get(BY_ORGANIZATION_PATH, async (c) => c.html(await byOrganization(c)))
    .get('/dashboard/organizations/:id', async (c) => c.html(await oneOrganization(c)))
    .post(`${MAPPINGS_PATH}/review`, async (c) => c.html(await review(c)))
    .post(`${MAPPINGS_PATH}/save`, save)
    .post(`${MAPPINGS_PATH}/undo`, async (c) => {
      const form = await c.req.formData();
      const back = backOf(form);
      const { lines, left } = await undoMappings(c.var.deps.core, {
        by: c.var.viewer.actor,
        change: textOf(form, 'change'),
      });
      const title = lines.length > 0 ? 'Taken back' : 'Nothing was taken back';
      return c.html(mappingsSavedPage({ viewer: c.var.viewer, back, title, lines, left }));
    });
}

async function frameOf(c: At) {
  const { core, settings } = c.var.deps;
  const modules = (await listModules(core)).filter((module) => module.enabled);
  const query = readMappingQuery(new URL(c.req.url).searchParams, modules);
  const cursor = c.req.query('cursor') || undefined;
  return { core, viewer: c.var.viewer, show: createShow(settings, core.clock.now()), modules, query, cursor };
}

async function byModuleOrganization(c: At) {
  const { core, ...frame } = await frameOf(c);
  const enabled = new Set<string>(frame.modules.map(({ id }) => id));
  const all = (await mappingSheet(core, frame.query.filter)).filter(({ module }) => enabled.has(module));
  const rows = frame.query.suggested ? all : all.map(({ suggestion: _, ...row }) => row);
  const page = pageFrom(rows, { limit: ROWS_A_PAGE, cursor: frame.cursor });
  return mappingsPage({ ...frame, rows: page.items, total: rows.length, nextCursor: page.nextCursor });
}

async function byOrganization(c: At) {
  const { core, ...frame } = await frameOf(c);
  const { rows, open } = await organizationRows(core, frame.query);
  const page = pageFrom(rows, { limit: ROWS_A_PAGE, cursor: frame.cursor });
  return organizationGrid({ ...frame, rows: page.items, open, nextCursor: page.nextCursor });
}

async function oneOrganization(c: At) {
  const { core, ...frame } = await frameOf(c);
  const organization = (await listOrganizations(core)).find(({ id }) => id === c.req.param('id'));
  if (!organization) throw new IcbError('not-found', 'There is no such organization in the PSA any more.');
  const { rows, open } = await organizationRows(core, { filter: { state: 'all' } });
  return organizationPage({
    ...frame,
    organization: rows.find(({ id }) => id === organization.id) ?? { ...organization, cells: new Map() },
    because: unmappableBecause(organization),
    open,
  });
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Only ever a page of our own. */
function backOf(form: FormData): string {
  const given = textOf(form, 'back');
  return /^\/dashboard\/(mappings|organizations)\b[^\\]*$/.test(given) ? given : MAPPINGS_PATH;
}

/** What was chosen on any of the pages, and the suggestions that stood on it untouched. */
async function review(c: At) {
  const { core } = c.var.deps;
  const form = await c.req.formData();
  const byCell = textOf(form, 'by') === 'organization';
  const { choices, problems } = await (byCell ? cellChoices : rowChoices)(core, form);
  const sheet = new Map((await mappingSheet(core)).map((row) => [row.id, row]));
  const chosen = choices.flatMap((choice): ReviewedChange[] => {
    const row = sheet.get(choice.id);
    const change = row && changeOf(choice, row);
    return row && change ? [{ row, change }] : [];
  });
  const touched = new Set(choices.map(({ id }) => id));
  const shown = shownOn(form, byCell);
  const offered = textOf(form, 'suggested')
    ? [...sheet.values()].flatMap((row): ReviewedChange[] => {
        const change = suggestedChange(row);
        return change && 'to' in change && !touched.has(row.id) && shown(row.id, row.module, change.to)
          ? [{ row, change }]
          : [];
      })
    : [];
  const nothing = chosen.length + offered.length + problems.length === 0;
  return mappingReviewPage({
    viewer: c.var.viewer,
    names: await readNames(core),
    back: pageOfForm(form, byCell),
    chosen,
    offered,
    problems: nothing ? ['Nothing is chosen yet: choose or type an organization, then review.'] : problems,
  });
}

/** Whether a suggestion stood on the page that sent this form. */
function shownOn(form: FormData, byCell: boolean): (id: string, module: string, to: string) => boolean {
  if (!byCell) {
    const ids = new Set(form.getAll('id'));
    return (id) => ids.has(id);
  }
  const organizations = form.getAll('organization');
  const cells = new Set(form.getAll('cell').map((module, i) => `${module} ${organizations[i]}`));
  return (_, module, to) => cells.has(`${module} ${to}`);
}

function pageOfForm(form: FormData, byCell: boolean): string {
  const one = textOf(form, 'one');
  if (one) return organizationHref(one);
  const query = textOf(form, 'query');
  return `${byCell ? BY_ORGANIZATION_PATH : MAPPINGS_PATH}${query ? `?${query}` : ''}`;
}

const Changes = z.array(MappingChange);

/** Saves what is ticked, unless somebody has changed one of them since the review: then it is shown once more. */
async function save(c: At): Promise<Response> {
  const { core } = c.var.deps;
  const { viewer } = c.var;
  const form = await c.req.formData();
  const back = backOf(form);
  const changes = readChanges(form);
  const sheet = new Map((await mappingSheet(core)).map((row) => [row.id, row]));
  const reasons = new Map(changes.map(({ id }) => [id, textOf(form, `reason:${id}`).trim()]));
  const moved = changes.filter(({ id, was }) => {
    const row = sheet.get(id);
    return !row || stateOf(row) !== was;
  });
  const again = async (problems: readonly string[]) =>
    c.html(
      mappingReviewPage({
        viewer,
        names: await readNames(core),
        back,
        chosen: changes.flatMap((change) => {
          const row = sheet.get(change.id);
          return row ? [{ row, change: { ...change, was: stateOf(row) } }] : [];
        }),
        offered: [],
        problems,
        reasons,
      }),
      409,
    );
  if (moved.length > 0)
    return again(
      moved.map(
        ({ id }) =>
          `${sheet.get(id)?.name ?? 'One of them'} was changed by somebody else meanwhile. Look once more.`,
      ),
    );
  try {
    const mappings = changes.map((change) => decisionOf(change, reasons.get(change.id) ?? ''));
    const { lines, change } =
      mappings.length > 0 ? await confirmMappings(core, { by: viewer.actor, mappings }) : { lines: [] };
    const title = lines.length > 0 ? 'Mappings saved' : 'Nothing was saved';
    return c.html(mappingsSavedPage({ viewer, back, title, lines, change }));
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return again([error.message, ...error.details]);
  }
}

function readChanges(form: FormData): MappingChange[] {
  try {
    return Changes.parse(form.getAll('change').map((text) => JSON.parse(String(text))));
  } catch {
    throw new IcbError('bad-input', 'The form cannot be read; nothing was saved. Open the mapping again.');
  }
}
