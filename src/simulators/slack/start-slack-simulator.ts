import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createCallLog } from './call-log.ts';
import { createDeliveries } from './deliveries.ts';
import { createDriver, type SlackDriver } from './driver.ts';
import { startEmulatedSlack } from './emulated-slack.ts';
import { createFaults } from './faults.ts';
import { createIds } from './ids.ts';
import { pageRoutes } from './page-routes.ts';
import { createResponseUrls } from './response-urls.ts';
import { readSettings, type Settings, type SlackSimulatorOptions } from './settings.ts';
import { createSocketMode } from './socket-mode.ts';
import { createSwitchedFaults } from './switched-faults.ts';
import { createTriggers } from './triggers.ts';
import { webApiRoutes } from './web-api.ts';
import { Workspace } from './workspace.ts';
import type { World } from './world.ts';

export interface SlackSimulator extends SlackDriver {
  /** The page where a person types and clicks. */
  readonly url: string;
  /** What the app needs as `SLACK_API_URL`. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

/**
 * Starts a Slack with one workspace: Web API, deliveries to the app (request URL or socket mode),
 * a page for people and the same things as functions. Rejects when the port is taken.
 */
export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const settings = readSettings(options);
  const app = new Hono();
  const server = await listen(app, settings);
  const url = `http://${settings.host}:${portOf(server)}`;
  const world = await createWorld(settings, url);
  app.route('/', webApiRoutes(world));
  app.route('/', pageRoutes(world));
  world.socket.listenOn(server);
  return {
    ...createDriver(world),
    url,
    apiUrl: `${url}/api/`,
    async close() {
      world.faults.clear();
      world.socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.emulated.close();
    },
  };
}

function listen(app: Hono, { port, host }: Settings): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Routes are added once the URL is known; nobody has it before.
    const server = serve({ fetch: (request) => app.fetch(request), port, hostname: host }, () =>
      resolve(server),
    ) as Server;
    server.once('error', reject);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function createWorld(settings: Settings, url: string): Promise<World> {
  const { now } = settings;
  const ids = createIds(now);
  const log = createCallLog(now);
  const workspace = new Workspace(
    { id: 'T0DEMOMSP', name: settings.teamName, domain: 'demo-msp' },
    { id: 'A0ICBAPP1', botId: 'B0ICBBOT1', botUserId: 'U0ICBBOT1', name: settings.botName },
    settings.people,
  );
  const socket = createSocketMode(() => url, workspace.app.id, ids.secret);
  const world: World = {
    settings,
    workspace,
    ids,
    log,
    socket,
    triggers: createTriggers(now, ids.trigger),
    responseUrls: createResponseUrls(() => url, now, ids.secret),
    deliveries: createDeliveries(
      { signingSecret: settings.signingSecret, timeoutMs: settings.deliveryTimeoutMs, now, socket, log },
      settings.requestUrl,
    ),
    faults: createFaults(),
    switched: createSwitchedFaults(() => workspace.changed()),
    emulated: await startEmulatedSlack(settings, workspace, url),
  };
  await openConversations(world);
  return world;
}

/** The app is a member of every channel and has a direct message with every person. */
async function openConversations({ settings, workspace, emulated }: World): Promise<void> {
  for (const { id, name, isPrivate } of settings.channels) {
    workspace.channels.push({ id, name, kind: isPrivate ? 'private' : 'channel' });
    if (isPrivate)
      await emulated.call(
        'conversations.invite',
        { channel: id, users: workspace.app.botUserId },
        settings.people[0]?.id,
      );
    else await emulated.call('conversations.join', { channel: id });
  }
  for (const { id, name } of settings.people) {
    const opened = await emulated.call('conversations.open', { users: id });
    const channel = opened.channel as { id: string };
    workspace.channels.push({ id: channel.id, name, kind: 'im', userId: id });
  }
}
