import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createBot } from '../../bot/app.ts';
import { InFlight, raceDeadline } from '../../bot/slack/in-flight.ts';
import { stayConnected } from '../../bot/slack/stay-connected.ts';
import { ADMIN, type BotWorld, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

let world: BotWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

test('over socket mode the same listeners answer, and HTTP does not', async () => {
  world = await startBotWorld({ socket: true });
  const { slack, bot } = world;
  await expect.poll(() => slack.transport()).toBe('socket');
  const alex = person(world, ADMIN);
  await alex.type('/icb help');
  await alex.told('What you can type after /icb');
  await alex.type('/icb enable');
  await alex.modalSays('Datto RMM');
  const direct = await bot.handle(new Request('http://icb/slack/events', { method: 'POST', body: 'x' }));
  expect(direct.status).toBe(404);
});

const socketSettings = (apiUrl: string) => ({
  botToken: 'xoxb-demo',
  appToken: 'xapp-demo',
  channel: 'C0BILLING',
  admins: [ADMIN],
  apiUrl,
});

test('start does not fail while Slack is down; check says so', async () => {
  world = await startBotWorld();
  expect(await world.bot.check()).toEqual({ ok: true });
  const down = createBot({
    core: world.core,
    settings: socketSettings('http://127.0.0.1:9/api/'),
    signIn: async () => 'https://icb.example.com/',
    machineNow: () => Date.now(),
  });
  await down.start();
  expect(await down.check()).toMatchObject({ ok: false, problem: expect.stringContaining('Slack') });
  await down.stop();
});

test('socket mode connects once Slack is back', async () => {
  world = await startBotWorld();
  const { slack } = world;
  slack.faults.set('apps.connections.open', { kind: 'http', status: 503, times: 2 });
  const bot = createBot({
    core: world.core,
    settings: socketSettings(slack.apiUrl),
    signIn: async () => 'https://icb.example.com/',
    machineNow: () => Date.now(),
    wait: async () => {},
  });
  await bot.start();
  await expect.poll(() => slack.transport()).toBe('socket');
  await bot.stop();
  await expect.poll(() => slack.transport()).toBe('http');
});

test('a socket that Slack closes is opened again, also when Slack is down just then', async () => {
  const opened: number[] = [];
  const failures: unknown[] = [];
  let closed = () => {};
  const connection = stayConnected(
    {
      open: async () => {
        opened.push(opened.length);
        if (opened.length === 2) throw new Error('down');
      },
      close: async () => closed(),
      onceClosed: (listener) => {
        closed = listener;
      },
    },
    { wait: async () => {}, failed: (error) => void failures.push(error) },
  );
  connection.start();
  connection.start();
  await setImmediate();
  expect(opened).toEqual([0]);
  closed();
  await setImmediate();
  expect(opened).toEqual([0, 1, 2]);
  expect(failures).toHaveLength(1);
  await connection.stop();
  await setImmediate();
  expect(opened).toEqual([0, 1, 2]);
});

test('sockets are renewed when Slack asks for it', async () => {
  world = await startBotWorld({ socket: true });
  const { slack } = world;
  await expect.poll(() => slack.transport()).toBe('socket');
  slack.refreshSockets();
  await expect.poll(() => slack.log.of('apps.connections.open').length).toBe(2);
  await expect.poll(() => slack.transport()).toBe('socket');
});

test('stop waits for what is under way', async () => {
  world = await startBotWorld();
  const gate = Promise.withResolvers<void>();
  const { source } = world;
  source.count = async () => {
    await gate.promise;
    return { organizations: source.organizations, counts: source.counts, devices: [] };
  };
  const alex = person(world, ADMIN);
  await alex.type('/icb enable Datto RMM');
  await alex.told('Datto RMM* is on');
  await alex.type('/icb sync now');
  await alex.told('Counting');
  let stopped = false;
  const stopping = world.bot.stop().then(() => {
    stopped = true;
  });
  await setImmediate();
  expect(stopped).toBe(false);
  gate.resolve();
  await stopping;
  await alex.told('Counted Datto RMM');
});

test('a submit that takes long is answered at once and finished in the same view', async () => {
  world = await startBotWorld({ deps: { submitWithinMs: 20 } });
  const alex = person(world, ADMIN);
  await alex.type('/icb enable Datto RMM');
  await alex.told('Datto RMM* is on');
  await alex.type('/icb sync now');
  await alex.told('Counted Datto RMM');
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve Daily Mail');
  const { snapshot } = world.core.store;
  const gate = Promise.withResolvers<void>();
  world.core.store.snapshot = async () => {
    await gate.promise;
    return snapshot();
  };
  await alex.submit();
  expect(alex.modal()).toContain('Working on it…');
  gate.resolve();
  await alex.modalSays('1 mapping to save');
  await alex.submit();
  await alex.modalSays('1 mapping saved');
});

test('draining gives up after its limit', async () => {
  const inFlight = new InFlight();
  void inFlight.track(new Promise(() => {}));
  expect(await inFlight.drain(5)).toBe(false);
  expect(inFlight.size).toBe(1);
});

test('a deadline that passes leaves the work going', async () => {
  const gate = Promise.withResolvers<string>();
  expect(await raceDeadline(1, gate.promise)).toBeUndefined();
  gate.resolve('done');
  expect(await raceDeadline(1000, gate.promise)).toEqual({ value: 'done' });
});
