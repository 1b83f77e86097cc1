import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { type Bot, createBot } from '../bot/app.ts';
import packageFile from '../package.json' with { type: 'json' };
import { createWeb } from '../web/app.ts';
import { abortableWait } from './abortable-wait.ts';
import { businessClock } from './adapters/clock/business-clock.ts';
import { autotaskPsa } from './adapters/psa-autotask/autotask-psa.ts';
import { localPsa } from './adapters/psa-local/local-psa.ts';
import { lowdbStore } from './adapters/store-lowdb/lowdb-store.ts';
import { newSignInToken } from './auth/sign-in-token.ts';
import type { Config } from './config.ts';
import { SYSTEM } from './domain/actor.ts';
import { type IsoDate, isoInstant } from './domain/calendar.ts';
import { createPicture } from './render/create-picture.ts';
import { createSchedule, readNights } from './schedule.ts';
import { slackState } from './slack-state.ts';
import { summaryChart } from './summary-chart.ts';
import { usageSources } from './usage-sources.ts';
import type { Core } from './usecases/core.ts';
import { missedNights } from './usecases/missed-nights.ts';
import { officeSettings } from './usecases/office-settings.ts';
import { recoverRuns } from './usecases/recover-runs.ts';
import { issueSignInLink } from './usecases/sign-in.ts';
import { startSync } from './usecases/start-sync.ts';
import { SyncQueue } from './usecases/sync-queue.ts';

export interface Icb {
  readonly core: Core;
  readonly bot: Bot;
  /** Answers every request, Slack's included. */
  fetch(request: Request): Response | Promise<Response>;
  /** A one-time link that signs this person in to the dashboard, good for ten minutes. */
  signIn(person: { readonly userId: string; readonly name: string }): Promise<string>;
  /** Connects to Slack and starts the schedule; makes up for a missed night. */
  start(): Promise<void>;
  /** Takes nothing new, finishes what is under way, closes the store. */
  stop(): Promise<void>;
}

const SIGN_IN_MINUTES = 10;
const LOCALE = 'en-US';

/** Puts icb together from its settings: the only place that picks adapters. */
export async function compose(
  config: Config,
  { purpose = 'icb' }: { readonly purpose?: string } = {},
): Promise<Icb> {
  const log = pino({ level: config.logLevel, redact: ['*.token', '*.secret', '*.authorization'] });
  const store = await lowdbStore({ dir: config.dataDir, purpose });
  const clock = businessClock(config.timeZone, config.clockStart);
  const picture = createPicture();
  let channel = config.slack.channel;
  const core: Core = {
    store: await store.for('default'),
    psa: config.autotask ? autotaskPsa(config.autotask, { currency: config.currency }) : localPsa(),
    sources: usageSources(config),
    notifier: {
      syncFinished: (run) => bot.notifier.syncFinished(run),
      linesDecided: async () => bot.notifier.linesDecided?.(),
      postRequested: async (request) => bot.notifier.postRequested?.(request),
    },
    clock,
    newId: (prefix) => `${prefix}_${Date.now().toString(36)}${randomBytes(5).toString('hex')}`,
    syncQueue: new SyncQueue(),
    wait: abortableWait,
    office: {
      defaults: { syncCron: config.syncCron, channel: config.slack.channel },
      checkCron: (expression) => void readNights(expression),
      channel: () => channel,
      changed: (settings) => {
        channel = settings.channel ?? config.slack.channel;
        schedule.change(settings.syncCron ?? config.syncCron);
      },
    },
    log: {
      info: (facts, message) => log.info(facts, message),
      warn: (facts, message) => log.warn(facts, message),
      error: (facts, message) => log.error(facts, message),
    },
  };
  const signIn = signInLinks(core, config);
  const bot = createBot({
    core,
    notes: await store.for('slack'),
    settings: slackSettings(config),
    signIn,
    summaryChart: summaryChart(core, picture, LOCALE),
    machineNow: Date.now,
  });
  const web = createWeb({
    core,
    picture,
    settings: { ...config, locale: LOCALE },
    machineNow: Date.now,
    slackEvents: (request) => bot.handle(request),
    roleOf: (userId) => bot.roles.of(userId),
    slackState: slackState(bot, Date.now),
    ...(config.slack.botToken ? { inspectSlack: () => bot.inspect() } : {}),
    version: packageFile.version,
  });
  const sync = async (request: { trigger: 'night' | 'catch-up'; missedNights?: readonly IsoDate[] }) => {
    const { finished } = await startSync(core, { ...request, by: SYSTEM });
    const { id, trigger, state, lines } = await finished;
    log.info({ run: id, trigger, state, lines }, 'sync finished');
  };
  const makeUp = async (): Promise<void> => {
    const missed = await missedNights(core, (since) => schedule.dueSince(since));
    if (missed.length > 0) await sync({ trigger: 'catch-up', missedNights: missed });
  };
  const schedule = createSchedule(config.syncCron, clock, {
    // More than one: the machine slept, and the earlier ones were missed.
    night: (due) => (due.length > 1 ? makeUp() : sync({ trigger: 'night' })),
  });
  return {
    core,
    bot,
    fetch: (request) => web.fetch(request),
    signIn,
    async start() {
      await recoverRuns(core);
      core.office?.changed(await officeSettings(core));
      schedule.start();
      await bot.start();
      makeUp().catch((err) => log.error({ err }, 'a missed night could not be made up for'));
    },
    async stop() {
      core.syncQueue.stop();
      await schedule.stop();
      await bot.stop();
      await core.syncQueue.idle();
      await picture.close();
      await store.close();
    },
  };
}

function slackSettings({ slack, baseUrl }: Config) {
  const { botToken, channel, admins, signingSecret, appToken, apiUrl } = slack;
  return {
    botToken,
    channel,
    admins,
    baseUrl,
    ...(signingSecret ? { signingSecret } : {}),
    ...(appToken ? { appToken } : {}),
    ...(apiUrl ? { apiUrl } : {}),
  };
}

/** Links live by the machine's clock, as sessions do: a rehearsal in business time must not stretch them. */
function signInLinks(core: Core, config: Config): Icb['signIn'] {
  return async ({ userId, name }) => {
    const { token, tokenHash } = newSignInToken();
    const machineNow = Temporal.Now.instant();
    const expiresAt = isoInstant(machineNow.add({ minutes: SIGN_IN_MINUTES }));
    await issueSignInLink(core, {
      tokenHash,
      userId,
      name,
      expiresAt,
      machineNow,
    });
    return `${config.baseUrl}/sign-in/${token}`;
  };
}
