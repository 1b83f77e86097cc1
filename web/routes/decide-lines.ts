import { type Context, Hono } from 'hono';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { holdKey } from '../../src/usecases/decide-line.ts';
import { describeLine } from '../../src/usecases/describe-lines.ts';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { heldDigest } from '../../src/usecases/held-digest.ts';
import { heldLines } from '../../src/usecases/held-lines.ts';
import { knownModule } from '../../src/usecases/known-module.ts';
import { readLineFates } from '../../src/usecases/line-fates.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { releaseLines } from '../../src/usecases/release-lines.ts';
import { undoDecisions } from '../../src/usecases/undo-decisions.ts';
import type { WebEnv } from '../deps.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import {
  alreadyText,
  approveAllPage,
  approvePage,
  decidedPage,
  type ExclusionFields,
  excludePage,
} from '../pages/decision-pages.ts';
import { createShow } from '../pages/show.ts';
import { PLAN_PATH } from '../plan/plan-query.ts';

type At = Context<WebEnv>;

const NEXT = 'Units change with the next sync; until then it can be undone.';

/** Approve, Exclude and Approve all as plain forms: look, decide, see what was decided. */
export function decideLinesRoutes() {
  return new Hono<WebEnv>()
    .use(`${PLAN_PATH}/lines/*`, onlyFrom('operator'))
    .use(`${PLAN_PATH}/release`, onlyFrom('operator'))
    .use(`${PLAN_PATH}/undo`, onlyFrom('operator'))
    .get(`${PLAN_PATH}/lines/:id/release`, (c) => askApprove(c, c.req.query('query') ?? ''))
    .post(`${PLAN_PATH}/lines/:id/release`, async (c) => {
      const { query = '', reason, seen } = await fieldsOf(c);
      return decided(c, query, 'Approved', askApprove, (core, id, by) =>
        releaseLine(core, { by, id, reason, seen }),
      );
    })
    .get(`${PLAN_PATH}/lines/:id/exclude`, (c) => askExclude(c, c.req.query('query') ?? ''))
    .post(`${PLAN_PATH}/lines/:id/exclude`, async (c) => {
      const { query = '', reason = '', until = '', units = '', seen } = await fieldsOf(c);
      const fields = { reason, until, units };
      const exclusion = { reason, until, ...(units.trim() === '' ? {} : { units: Number(units) }) };
      const again = (at: At, back: string, problem?: string) => askExclude(at, back, problem, fields);
      return decided(c, query, 'Excluded', again, (core, id, by) =>
        excludeLine(core, { by, id, exclusion, heldOnly: true, seen }),
      );
    })
    .get(`${PLAN_PATH}/release`, (c) =>
      askApproveAll(c, c.req.query('query') ?? '', c.req.query('module') ?? ''),
    )
    .post(`${PLAN_PATH}/release`, async (c) => {
      const { viewer, deps } = c.var;
      const { query = '', module = '', reason, seen } = await fieldsOf(c);
      const { id } = await knownModule(deps.core, module);
      try {
        const { change, text } = await releaseLines(deps.core, {
          by: viewer.actor,
          module: id,
          reason,
          seen,
        });
        const said = change ? `${text}. ${NEXT}` : text;
        return c.html(decidedPage({ viewer, query, title: 'Approved', text: said, change }));
      } catch (error) {
        if (!isIcbError(error) || error.code !== 'conflict') throw error;
        return askApproveAll(c, query, id, { problem: error.message, reason });
      }
    })
    .post(`${PLAN_PATH}/undo`, async (c) => {
      const { viewer, deps } = c.var;
      const { query = '', change = '' } = await fieldsOf(c);
      const { lines, left } = await undoDecisions(deps.core, { by: viewer.actor, change });
      const title = lines.length > 0 ? 'Taken back' : 'Nothing was taken back';
      const kept = left.length > 0 ? 'What somebody has decided since stays as it is.' : '';
      return c.html(decidedPage({ viewer, query, title, text: [...lines, kept].join(' ') }));
    });
}

async function fieldsOf(c: At): Promise<Partial<Record<string, string>>> {
  const fields = [...(await c.req.formData())].filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  );
  return Object.fromEntries(fields);
}

const idOf = (c: At): string => c.req.param('id') ?? '';

type Ask = (c: At, query: string, problem?: string) => Promise<Response>;
type Decide = (
  core: At['var']['deps']['core'],
  id: string,
  by: At['var']['viewer']['actor'],
) => Promise<{ text: string; change: string }>;

/** Says what was decided; asks again where the answer cannot be taken, and tells who was faster. */
async function decided(c: At, query: string, title: string, ask: Ask, decide: Decide): Promise<Response> {
  const { viewer, deps } = c.var;
  try {
    const { text, change } = await decide(deps.core, idOf(c), viewer.actor);
    return c.html(decidedPage({ viewer, query, title, text: `${text}. ${NEXT}`, change }));
  } catch (error) {
    if (!isIcbError(error) || !ASK_AGAIN.has(error.code)) throw error;
    return ask(c, query, [error.message, ...error.details.map(inWords)].join(' '));
  }
}

const ASK_AGAIN: ReadonlySet<string> = new Set(['bad-input', 'conflict']);

/** `reason: say why` → `Reason: say why.` */
const inWords = (detail: string): string => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;

/** The line as it is now, or who has decided it. */
async function heldLine(c: At, query: string) {
  const { deps, viewer } = c.var;
  const show = createShow(deps.settings, deps.core.clock.now());
  const fates = await readLineFates(deps.core);
  const fate = fates.of(idOf(c));
  if (!fate.line) throw new IcbError('not-found', 'There is no such line in the plan any more.');
  if (!fate.held)
    return {
      gone: c.html(
        decidedPage({ viewer, query, title: 'Decided already', text: alreadyText(fate, show) }),
        409,
      ),
    };
  const line = await describeLine(deps.core, fate.line);
  return {
    page: { viewer, query, show, line, today: fates.date },
    until: fates.periodEnd(line) ?? fates.date,
  };
}

async function askApprove(c: At, query: string, problem?: string): Promise<Response> {
  const { gone, page } = await heldLine(c, query);
  if (!page) return gone;
  return c.html(approvePage({ ...page, problem, seen: holdKey(page.line) }), problem ? 400 : 200);
}

async function askExclude(
  c: At,
  query: string,
  problem?: string,
  given?: ExclusionFields,
): Promise<Response> {
  const { gone, page, until } = await heldLine(c, query);
  if (!page) return gone;
  const fields = given ?? { reason: '', until, units: '' };
  return c.html(excludePage({ ...page, problem, fields, seen: holdKey(page.line) }), problem ? 400 : 200);
}

/** All that is held of a module now, which is what the form approves. */
async function askApproveAll(
  c: At,
  query: string,
  moduleName: string,
  { problem, reason }: { readonly problem?: string; readonly reason?: string | undefined } = {},
): Promise<Response> {
  const { core } = c.var.deps;
  const module = await knownModule(core, moduleName);
  const lines = (await heldLines(core)).filter((line) => line.module === module.id);
  const seen = heldDigest(lines);
  const page = { viewer: c.var.viewer, query, problem, module, count: lines.length, seen, reason };
  return c.html(approveAllPage(page), problem ? 400 : 200);
}
