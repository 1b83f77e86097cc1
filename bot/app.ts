import { App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { isoInstant } from '../src/domain/calendar.ts';
import type { Finding } from '../src/ports/finding.ts';
import type { Notifier } from '../src/ports/notifier.ts';
import type { TenantStore } from '../src/ports/store.ts';
import type { Core } from '../src/usecases/core.ts';
import { createRoles, type Roles } from '../src/usecases/roles.ts';
import type { BotContext } from './bot-context.ts';
import { createNotifier } from './notifier.ts';
import { catchUp, sendAgain } from './outbox/catch-up.ts';
import { Edits } from './outbox/edits.ts';
import { OneAtATime } from './outbox/one-at-a-time.ts';
import { TaskLog } from './outbox/task-log.ts';
import { waitingFindings, waitingFor } from './outbox/waiting.ts';
import { ClickedMessages } from './slack/clicked-messages.ts';
import { downloadFile } from './slack/download-file.ts';
import { groupMembers } from './slack/group-members.ts';
import { ignoreRepeats } from './slack/ignore-repeats.ts';
import { InFlight, raceDeadline } from './slack/in-flight.ts';
import { inspectSlack } from './slack/inspect-slack.ts';
import { OpenHomes } from './slack/open-homes.ts';
import { WebReceiver } from './slack/receiver.ts';
import { register } from './slack/register.ts';
import { SharedChannels } from './slack/shared-channels.ts';
import { clientOptions, type SlackSettings, slackClients, slackLogger } from './slack/slack-clients.ts';
import { stayConnected } from './slack/stay-connected.ts';

const DRAIN_MS = 10_000;
/** Longer than any work on what one person asked. */
const OTHERS_WORK_MINUTES = 10;
const CATCH_UP_EVERY_MS = 60_000;
const THOROUGH_EVERY_MS = 3_600_000;
const RESPOND_WITHIN_MS = 5_000;
const SLACK_API = 'https://slack.com/api/';

export interface BotDeps
  extends Pick<BotContext, 'core' | 'signIn' | 'summaryChart'>,
    Partial<Pick<BotContext, 'wait' | 'submitWithinMs'>> {
  readonly core: Core;
  readonly settings: {
    readonly botToken: string;
    /** Needed unless `appToken` is set. */
    readonly signingSecret?: string;
    /** Socket mode when set. */
    readonly appToken?: string;
    readonly channel: string;
    readonly admins: readonly string[];
    readonly baseUrl?: string;
    readonly apiUrl?: string;
  };
  /**
   * A tenant of the store of its own, where what people ask is noted until they are answered: what is billed is neither
   * read nor written with it. Left out, a restart forgets it.
   */
  readonly notes?: TenantStore;
  /** Whether other processes work on the same store. */
  readonly shared?: boolean;
  /** Milliseconds by the machine's clock, for signatures. */
  readonly machineNow: () => number;
  readonly fetch?: SlackSettings['fetch'];
}

export interface Bot {
  /** `POST /slack/events`. */
  handle(request: Request): Promise<Response>;
  /** Never fails because Slack is down: in socket mode it goes on trying to connect. */
  start(): Promise<void>;
  /** Takes nothing new, then waits up to 10 s for what is under way. */
  stop(): Promise<void>;
  /** Resolves once nothing that people asked for in Slack is under way; gives up after 10 s. */
  idle(): Promise<boolean>;
  /** Whether Slack answers and knows the token, for `/readyz`. */
  check(): Promise<{ readonly ok: boolean; readonly problem?: string }>;
  /** What a look at Slack finds: the token, and the scopes it was given. */
  inspect(): Promise<readonly Finding[]>;
  readonly notifier: Notifier;
  /** Makes up for what a crash or an outage of Slack left behind; `start` does it too, and goes on each minute. */
  catchUp(): Promise<void>;
  /** How many messages Slack has not taken yet, and people who were not answered. */
  waiting(): Promise<number>;
  /** What people may do, for the dashboard too. */
  readonly roles: Roles;
}

/** The Slack surface: no side effects until `start`. */
export function createBot(deps: BotDeps): Bot {
  const { settings, core } = deps;
  const inFlight = new InFlight();
  const logger = slackLogger((message) => core.log.warn({ from: 'slack' }, message));
  const bot = botContext(deps, inFlight, logger);
  const web = new WebReceiver({
    signingSecret: settings.signingSecret ?? '',
    machineNow: deps.machineNow,
    track: (work) => inFlight.track(work),
    refused: (because) => core.log.warn({ because }, 'refused a request to /slack/events'),
  });
  const socket = settings.appToken ? socketReceiver(deps, settings.appToken, logger) : undefined;
  const receiver: Receiver = socket ?? web;
  const app = new App({
    receiver,
    // Answering is free of Slack's own availability: no auth.test stands between a click and its listener.
    authorize: async () => ({ botToken: settings.botToken }),
    clientOptions: clientOptions(slackSettings(deps), logger),
    logger,
    convoStore: false,
    ignoreSelf: false,
  });
  // icb's listeners tell the person themselves; what still arrives here is a fault of the wrapper, and must be acked.
  app.error(async (error) => core.log.error({ error: error.message }, 'a Slack payload was not handled'));
  app.use(
    ignoreRepeats(deps.machineNow, (type) => core.log.info({ type }, 'Slack delivered the same thing again')),
  );
  register(app, bot);

  const connection =
    socket &&
    stayConnected(
      {
        open: () => app.start(),
        close: () => app.stop(),
        onceClosed: (listener) => socket.client.once('disconnected', listener),
      },
      {
        wait: bot.wait,
        failed: (error) => core.log.warn({ error: reason(error) }, 'no socket to Slack; trying again'),
      },
    );

  let catchingUp: NodeJS.Timeout | undefined;
  return {
    handle: (request) =>
      socket
        ? Promise.resolve(new Response('icb listens over socket mode.', { status: 404 }))
        : web.handle(request),
    async start() {
      if (connection) connection.start();
      else await app.start();
      let thorough = deps.machineNow();
      void inFlight.track(catchUp(bot));
      catchingUp = setInterval(() => {
        const due = deps.machineNow() - thorough >= THOROUGH_EVERY_MS;
        if (due) thorough = deps.machineNow();
        void inFlight.track((due ? catchUp : sendAgain)(bot));
      }, CATCH_UP_EVERY_MS).unref();
      bot.roles
        .prepare()
        .catch((error: unknown) => core.log.warn({ error: reason(error) }, 'no roles of groups yet'));
    },
    async stop() {
      clearInterval(catchingUp);
      await (connection ?? app).stop();
      bot.tasks?.flush();
      const drained = await inFlight.drain(DRAIN_MS);
      if (!drained) core.log.warn({ left: inFlight.size }, 'stopped with Slack work still under way');
    },
    idle: () => inFlight.drain(DRAIN_MS),
    async check() {
      try {
        await bot.slack.interactive.auth.test();
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: `Slack does not answer or refuses the bot token (${reason(error)}).` };
      }
    },
    inspect: async () => [
      ...(await inspectSlack(bot.slack.interactive, {
        channel: bot.channel,
        baseUrl: socket ? undefined : settings.baseUrl,
        apiUrl: settings.apiUrl ?? SLACK_API,
        fetch: deps.fetch ?? fetch,
        machineNow: deps.machineNow,
      })),
      ...waitingFindings(await waitingFor(bot)),
    ],
    catchUp: () => inFlight.track(catchUp(bot)),
    waiting: () => waitingFor(bot),
    notifier: createNotifier(bot),
    roles: bot.roles,
  };
}

const slackSettings = ({ settings, fetch }: BotDeps): SlackSettings => ({
  botToken: settings.botToken,
  ...(settings.apiUrl ? { apiUrl: settings.apiUrl } : {}),
  ...(fetch ? { fetch } : {}),
});

function botContext(deps: BotDeps, inFlight: InFlight, logger: ReturnType<typeof slackLogger>): BotContext {
  const send = deps.fetch ?? fetch;
  const wait = deps.wait ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()));
  const slack = slackClients(slackSettings(deps), logger);
  return {
    core: deps.core,
    slack,
    inFlight,
    clicked: new ClickedMessages(),
    homes: new OpenHomes(),
    sharedChannels: new SharedChannels(
      (channel) => slack.interactive.conversations.info({ channel }),
      deps.machineNow,
    ),
    turns: new OneAtATime(),
    edits: new Edits({ now: deps.machineNow, wait }),
    ...(deps.notes ? { tasks: new TaskLog(deps.notes) } : {}),
    begunBefore: () =>
      deps.shared ? isoInstant(deps.core.clock.now().subtract({ minutes: OTHERS_WORK_MINUTES })) : '9999',
    get channel() {
      return deps.core.office?.channel() ?? deps.settings.channel;
    },
    admins: new Set(deps.settings.admins),
    roles: createRoles(deps.core, {
      always: deps.settings.admins,
      members: (groupId) => groupMembers(slack, groupId),
      now: deps.machineNow,
      within: raceDeadline,
    }),
    ...(deps.settings.baseUrl ? { baseUrl: deps.settings.baseUrl } : {}),
    signIn: deps.signIn,
    ...(deps.summaryChart ? { summaryChart: deps.summaryChart } : {}),
    download: (url) => downloadFile(slackSettings(deps), url),
    respond: async (url, body) => {
      const answered = await send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(RESPOND_WITHIN_MS),
      }).catch(() => undefined);
      return answered?.ok ?? false;
    },
    wait,
    submitWithinMs: deps.submitWithinMs ?? 2_000,
  };
}

const socketReceiver = (deps: BotDeps, appToken: string, logger: ReturnType<typeof slackLogger>) =>
  new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(slackSettings(deps), logger) },
  });

const reason = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
