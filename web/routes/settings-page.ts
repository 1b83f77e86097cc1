import { type Context, Hono } from 'hono';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { same } from '../../src/domain/same.ts';
import { timeOf } from '../../src/domain/settings-text.ts';
import type { Core } from '../../src/usecases/core.ts';
import { holdLimits, limitsInWords } from '../../src/usecases/hold-limits.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import {
  officeSettings,
  setOfficeSettings,
  settingsDifferences,
} from '../../src/usecases/office-settings.ts';
import type { WebEnv } from '../deps.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import { settingsPage } from '../pages/settings-page.ts';
import {
  fieldsOf,
  readSettingsForm,
  SETTINGS_PATH,
  type SettingsFields,
  settingsGiven,
} from '../settings/settings-form.ts';

type At = Context<WebEnv>;

/** Without a Slack surface there is nothing that the environment says. */
const NO_DEFAULTS = { syncCron: '15 1 * * *', channel: '' };

/** Roles, schedule, channel, holds and posting limits as a form, for admins. */
export function settingsPageRoutes() {
  return new Hono<WebEnv>()
    .use(SETTINGS_PATH, onlyFrom('admin'))
    .get(SETTINGS_PATH, async (c) => show(c, await fieldsNow(c), { saved: c.req.query('saved') === '1' }))
    .post(SETTINGS_PATH, async (c) => {
      const fields = readSettingsForm(await c.req.formData());
      const { core } = c.var.deps;
      try {
        const given = settingsGiven(fields, await officeSettings(core), defaultsOf(c));
        const saved = { by: c.var.viewer.actor, revision: fields.revision, ...given };
        await setOfficeSettings(core, saved).catch(async (error: unknown) => {
          throw isIcbError(error) && error.code === 'conflict'
            ? await whatWasYours(core, error, given)
            : error;
        });
        return c.redirect(`${SETTINGS_PATH}?saved=1`, 303);
      } catch (error) {
        if (!isIcbError(error)) throw error;
        const problem = { text: error.message, details: error.details };
        if (error.code === 'bad-input') return show(c, fields, { problem });
        if (error.code !== 'conflict') throw error;
        return show(c, await fieldsNow(c), { problem });
      }
    });
}

/** The form shows what somebody else saved; what this person had filled in is told, so that they need not remember it. */
async function whatWasYours(
  core: Core,
  { message }: IcbError,
  { change, holds }: ReturnType<typeof settingsGiven>,
): Promise<IcbError> {
  const { id: _, ...limits } = await holdLimits(core);
  const yours = [
    ...(await settingsDifferences(core, change)),
    ...(same(limits, holds.limits) ? [] : [limitsInWords(holds.limits)]),
  ];
  return new IcbError('conflict', message, { details: yours.map((each) => `Yours: ${each}`) });
}

const defaultsOf = (c: At) => c.var.deps.core.office?.defaults ?? NO_DEFAULTS;

async function fieldsNow(c: At): Promise<SettingsFields> {
  const { core } = c.var.deps;
  return fieldsOf(await officeSettings(core), await holdLimits(core), defaultsOf(c));
}

async function show(
  c: At,
  fields: SettingsFields,
  told: Pick<Parameters<typeof settingsPage>[0], 'saved' | 'problem'>,
): Promise<Response> {
  const { core } = c.var.deps;
  const { syncCron, channel } = defaultsOf(c);
  const page = settingsPage({
    viewer: c.var.viewer,
    fields,
    timeZone: core.clock.timeZone,
    defaults: { syncTime: timeOf(syncCron), channel },
    names: await namesOfPeople(c),
    ...told,
  });
  return c.html(page, told.problem ? 400 : 200);
}

const LOOKED_AT = 500;

/** Names of people in Slack as they last did something here: icb reads no list of people. */
async function namesOfPeople(c: At): Promise<ReadonlyMap<string, string>> {
  const { items } = await listAudit(c.var.deps.core, { limit: LOOKED_AT });
  return new Map(
    items.toReversed().flatMap(({ by }) => (by.kind === 'slack' ? [[by.userId, by.name] as const] : [])),
  );
}
