import { randomBytes } from 'node:crypto';
import { type Bot, createBot } from '../bot/app.ts';
import packageFile from '../package.json' with { type: 'json' };
import { createWeb } from '../web/app.ts';
import { abortableWait } from './abortable-wait.ts';
import { businessClock } from './adapters/clock/business-clock.ts';
import { autotaskPsa } from './adapters/psa-autotask/autotask-psa.ts';
import { localPsa } from './adapters/psa-local/local-psa.ts';
import { newSignInToken } from './auth/sign-in-token.ts';
import type { Config } from './config.ts';
import { createLog, type WriteLine } from './create-log.ts';
import { dateIn, isoInstant } from './domain/calendar.ts';
import { keepUp } from './keep-up.ts';
import { inLogContext } from './log-context.ts';
import { createMeter, runEnded } from './meter.ts';
import { meteredPsa, meteredSource, meteredStore } from './metered.ts';
import { openStore, TENANT } from './open-store.ts';
import { createPicture } from './render/create-picture.ts';
import { createSchedule, readNights } from './schedule.ts';
import { slackState } from './slack-state.ts';
import { summaryChart } from './summary-chart.ts';
import { usageSources } from './usage-sources.ts';
import type { Core } from './usecases/core.ts';
import { missedNights } from './usecases/missed-nights.ts';
import { officeSettings } from './usecases/office-settings.ts';
import { readGauges } from './usecases/read-gauges.ts';
import { recoverRuns } from './usecases/recover-runs.ts';
import { issueSignInLink } from './usecases/sign-in.ts';
import { type Night, startNight } from './usecases/start-night.ts';
import { SyncQueue } from './usecases/sync-queue.ts';
import { thinDaily } from './usecases/thin-daily.ts';
import { within } from './usecases/within.ts';
import { type Fetch, withRequestId } from './with-request-id.ts';

export interface Icb {
  readonly core: Core;
  readonly bot: Bot;
  /** Answers every request, Slack's included. */
  fetch: Fetch;
  /** A one-time link that signs this person in to the dashboard, good for ten minutes. */
  signIn(person: { readonly userId: string; readonly name: string }): Promise<string>;
  /** Connects to Slack and starts the schedule; makes up for a missed night. */
  start(): Promise<void>;
  /**
   * Not ready from here on; takes nothing new, finishes what is under way, closes the store.
   * @param how.withinMs a sync that takes longer is cut off where it is, and goes on at the next start
   * @param how.closeDoors called once no sync is under way and before the store is closed
   * @param how.storeWithinMs a database that is away must not keep the process from ending
   */
  stop(how?: {
    readonly withinMs?: number;
    readonly closeDoors?: () => Promise<void>;
    readonly storeWithinMs?: number;
  }): Promise<void>;
}

const SIGN_IN_MINUTES = 10;
const LOCALE = 'en-US';

/** Puts icb together from its settings: the only place that picks adapters. */
export async function compose(
  config: Config,
  { purpose = 'icb', writeLog }: { readonly purpose?: string; readonly writeLog?: WriteLine } = {},
): Promise<Icb> {
  const log = createLog(config, writeLog);
  const metrics = createMeter(config, {
    version: packageFile.version,
    gauges: () => gauges(),
    log,
  });
  const meter = metrics?.meter;
  const opened = await openStore(config, purpose, (err) =>
    log.warn({ err }, 'the store will try that again'),
  );
  const store = meter ? meteredStore(opened.store, meter) : opened.store;
  const psa = config.autotask ? autotaskPsa(config.autotask, { currency: config.currency }) : localPsa();
  const sources = usageSources(config);
  let stopping = false;
  const clock = businessClock(config.timeZone, config.clockStart);
  const picture = createPicture();
  let channel = config.slack.channel;
  const core: Core = {
    store: await store.for(TENANT),
    psa: meter ? meteredPsa(psa, meter) : psa,
    sources: meter
      ? new Map([...sources].map(([id, source]) => [id, meteredSource(source, meter)]))
      : sources,
    notifier: {
      syncFinished: (run) => bot.notifier.syncFinished(run),
      linesDecided: async () => bot.notifier.linesDecided?.(),
      postRequested: async (request) => bot.notifier.postRequested?.(request),
    },
    clock,
    newId: (prefix) => `${prefix}_${Date.now().toString(36)}${randomBytes(5).toString('hex')}`,
    syncQueue: new SyncQueue({
      around: ({ id }, part) => inLogContext({ run: id }, part),
      ended: (run) => {
        runEnded(meter)(run);
        const { id, trigger, state, dryRun, lines } = run;
        log.info({ run: id, trigger, state, dryRun, lines }, 'sync ended');
      },
      ...(opened.alone ? { alone: opened.alone } : {}),
    }),
    wait: abortableWait,
    retention: config.retention,
    office: {
      defaults: { syncCron: config.syncCron, channel: config.slack.channel },
      checkCron: (expression) => void readNights(expression),
      channel: () => channel,
      changed: (settings) => {
        channel = settings.channel ?? config.slack.channel;
        schedule.change(settings.syncCron ?? config.syncCron);
      },
    },
    log,
  };
  const gauges = readGauges(core, Date.now);
  const signIn = signInLinks(core, config);
  const bot = createBot({
    core,
    notes: await store.for('slack'),
    shared: opened.alone !== undefined,
    settings: slackSettings(config),
    signIn,
    summaryChart: summaryChart(core, picture, LOCALE),
    machineNow: Date.now,
  });
  const web = createWeb({
    core,
    picture,
    settings: { ...config, locale: LOCALE },
    embedPerMinute: config.embedPerMinute,
    machineNow: Date.now,
    slackEvents: async (request) => {
      const began = performance.now();
      const answered = await bot.handle(request);
      meter?.slackAnswered(answered.status, (performance.now() - began) / 1000);
      return answered;
    },
    observe: ({ method, route, status, seconds }) => {
      meter?.request({ method, route, status, seconds });
      log.debug({ method, route, status, ms: Math.round(seconds * 1000) }, 'answered');
    },
    ...(metrics ? { metrics: metrics.door } : {}),
    stopping: () => stopping,
    roleOf: (userId) => bot.roles.of(userId),
    slackState: slackState(bot, Date.now),
    ...(config.slack.botToken ? { inspectSlack: () => bot.inspect() } : {}),
    version: packageFile.version,
  });
  const thinOnce = thinDaily(core);
  let thinning: Promise<void> = Promise.resolve();
  const sync = async (night: Night) => {
    const started = await startNight(core, night);
    if (!started) return;
    await started.finished;
    thinning = thinOnce();
    await thinning;
  };
  const makeUp = async (): Promise<void> => {
    let dues: readonly Temporal.Instant[] = [];
    const missed = await missedNights(core, (since) => {
      dues = schedule.dueSince(since);
      return dues;
    });
    const due = dues.at(-1);
    if (missed.length > 0 && due) await sync({ due, trigger: 'catch-up', missedNights: missed });
  };
  const schedule = createSchedule(config.syncCron, clock, {
    // More than one, or one of another day: the machine slept, or the store was away, and the earlier ones were missed.
    night: async (due) => {
      const [first] = due;
      if (due.length > 1 || (first && dateIn(first, clock.timeZone) !== clock.today())) await makeUp();
      else if (first) await sync({ due: first, trigger: 'night' });
    },
    failed: (err) =>
      log.error({ err }, 'the sync of a night could not be started or ended; icb tries again in a minute'),
  });
  const others = opened.alone ? keepUp(core) : undefined;
  return {
    core,
    bot,
    fetch: withRequestId((request, connection) => web.fetch(request, connection)),
    signIn,
    async start() {
      await recoverRuns(core);
      core.office?.changed(await officeSettings(core));
      schedule.start();
      others?.start();
      await bot.start();
      makeUp().catch((err) => log.error({ err }, 'a missed night could not be made up for'));
    },
    async stop({
      withinMs = Number.POSITIVE_INFINITY,
      closeDoors = async () => {},
      storeWithinMs = Number.POSITIVE_INFINITY,
    } = {}) {
      const deadline = performance.now() + withinMs;
      stopping = true;
      core.syncQueue.stop();
      await schedule.stop();
      if (others) await within(deadline - performance.now(), others.stop());
      const doors = bot.stop();
      if (!(await within(deadline - performance.now(), core.syncQueue.idle())))
        log.warn(
          { runs: core.syncQueue.all().map(({ id }) => id) },
          'a sync was cut off by the stop; it goes on where it was at the next start',
        );
      await within(deadline - performance.now(), Promise.all([doors, thinning]));
      await closeDoors();
      await picture.close();
      if (!(await within(storeWithinMs, store.close())))
        log.warn({}, 'the store did not close in time; what it had not acknowledged may be there or not');
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
