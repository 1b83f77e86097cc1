import { type Context, Hono } from 'hono';
import { isIcbError } from '../../src/domain/errors.ts';
import { timeOf } from '../../src/domain/settings-text.ts';
import { holdLimits } from '../../src/usecases/hold-limits.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { officeSettings, setOfficeSettings } from '../../src/usecases/office-settings.ts';
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
        await setOfficeSettings(core, { by: c.var.viewer.actor, revision: fields.revision, ...given });
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
