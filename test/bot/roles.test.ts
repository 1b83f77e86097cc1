import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../bot/action-ids.ts';
import { neededToClick, neededToRun, neededToSubmit } from '../../bot/needed-role.ts';
import { raceDeadline } from '../../bot/slack/in-flight.ts';
import { parseCommand } from '../../bot/words/grammar.ts';
import { atLeast, ROLES, type Role } from '../../src/domain/role.ts';
import { setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { createRoles } from '../../src/usecases/roles.ts';
import { ADMIN, type BotWorld, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { person } from './person.ts';

const BY = { kind: 'slack', userId: ADMIN, name: 'alex' } as const;
let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
});
afterEach(() => world.close());

const give = (role: Role) =>
  setOfficeSettings(world.core, { by: BY, change: { people: [{ userId: VIEWER, role }] } });

const COMMANDS: readonly [line: string, needed: Role][] = [
  ['enable', 'admin'],
  ['disable Datto RMM', 'admin'],
  ['settings', 'admin'],
  ['post', 'approver'],
  ['map', 'operator'],
  ['services', 'operator'],
  ['undo', 'operator'],
  ['sync now', 'operator'],
  ['plan', 'viewer'],
  ['log', 'viewer'],
];

describe.each(ROLES)('as %s', (role) => {
  test('each command is done or refused', async () => {
    await give(role);
    const vera = person(world, VIEWER);
    for (const [line, needed] of COMMANDS) {
      const command = parseCommand(line);
      expect(command.ok && neededToRun(command.command), line).toBe(needed);
      const before = world.slack.ephemerals(VIEWER).length;
      await vera.type(`/icb ${line}`);
      await world.bot.idle();
      const told = JSON.stringify(world.slack.ephemerals(VIEWER).slice(before));
      expect(told.includes(`This needs the role *${needed}*`), line).toBe(!atLeast(role, needed));
    }
  });
});

test('every action and every form stands in the table', () => {
  const ids = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap(ids);
  const forAdmins = ids(ACTIONS).filter((id) => neededToClick(id) === 'admin');
  expect(forAdmins.toSorted()).toEqual([ACTIONS.access.grant, ACTIONS.enable.switch].toSorted());
  expect(neededToSubmit(VIEWS.post)).toBe('approver');
  expect(neededToSubmit(VIEWS.settings)).toBe('admin');
  expect(neededToSubmit('unheard.of')).toBe('admin');
});

test('a role that is lost between opening and submitting counts at the submit', async () => {
  await give('operator');
  const vera = person(world, VIEWER);
  await vera.type('/icb map');
  await vera.modalSays('Map organizations').catch(() => undefined);
  await give('viewer');
  await vera.submit().catch(() => undefined);
  await vera.modalSays('needs the role *operator*');
});

test('who is refused asks for the role, an admin grants it, and both are told', async () => {
  const vera = person(world, VIEWER);
  await vera.type('/icb map');
  await vera.told('needs the role *operator*');
  await vera.press('Request access');
  await vera.told('Asked 2 admins');
  const alex = person(world, ADMIN);
  await alex.told('asks to become an operator');
  await alex.press('Grant operator');
  await vera.told('You have the role *operator* now');
  await alex.told('Granted *operator* by');
  const bo = person(world, OTHER_ADMIN);
  await bo.told('Granted *operator* by');
  expect(await world.bot.roles.of(VIEWER)).toBe('operator');
  await alex.type('/icb log');
  await alex.told(`Role of <@${VIEWER}>: viewer → operator`);
});

test('a request that is granted never takes away what the person was given meanwhile', async () => {
  const [vera, alex] = [person(world, VIEWER), person(world, ADMIN)];
  await vera.type('/icb map');
  await vera.told('needs the role *operator*');
  await vera.press('Request access');
  await vera.told('Asked 2 admins');
  await give('admin');
  await alex.told('asks to become an operator');
  await alex.press('Grant operator');
  await alex.told(`<@${VIEWER}> has the role *admin* already, which is more. Nothing was changed`);
  await vera.told('You have the role *admin* already');
  await person(world, OTHER_ADMIN).told('has the role *admin* already');
  expect(await world.bot.roles.of(VIEWER)).toBe('admin');
  expect(await (await world.core.store.snapshot()).list('accessRequests')).toMatchObject([
    { granted: { role: 'admin', already: true } },
  ]);
});

test('who asked is told of the grant though Slack takes no message just then, and the admin hears of no failure', async () => {
  const [vera, alex] = [person(world, VIEWER), person(world, ADMIN)];
  await vera.type('/icb map');
  await vera.told('needs the role *operator*');
  await vera.press('Request access');
  await vera.told('Asked 2 admins');
  await alex.told('asks to become an operator');
  world.slack.faults.set('chat.postMessage', { kind: 'rate-limited', retryAfter: 1, times: 3 });
  await alex.press('Grant operator');
  await world.bot.idle();
  await world.bot.catchUp();
  await vera.told('You have the role *operator* now');
  expect(JSON.stringify(world.slack.ephemerals(ADMIN))).not.toContain('went wrong');
});

test('settings: the second of two people is told, not overwritten', async () => {
  const [alex, bo] = [person(world, ADMIN), person(world, OTHER_ADMIN)];
  await alex.type('/icb settings');
  await alex.modalSays('Nightly sync');
  await bo.type('/icb settings');
  await bo.modalSays('Nightly sync');
  await alex.submit();
  await alex.modalSays('Saved');
  await give('approver');
  await bo.submit();
  await bo.modalSays('Nothing of yours was saved');
  expect(await world.bot.roles.of(VIEWER)).toBe('approver');
});

test('user groups: members have the role, a failure keeps what was known and gives nobody more', async () => {
  let now = 0;
  let members: () => Promise<string[]> = async () => ['U1'];
  const roles = createRoles(world.core, {
    always: [],
    members: () => members(),
    now: () => now,
    within: raceDeadline,
  });
  await setOfficeSettings(world.core, { by: BY, change: { groups: [{ groupId: 'S1', role: 'approver' }] } });
  expect([await roles.of('U1'), await roles.of('U2')]).toEqual(['approver', 'viewer']);
  members = async () => {
    throw new Error('ratelimited');
  };
  now += 61_000;
  expect([await roles.of('U1'), await roles.of('U2')]).toEqual(['approver', 'viewer']);
  members = async () => ['U2'];
  now += 61_000;
  expect([await roles.of('U1'), await roles.of('U2')]).toEqual(['viewer', 'approver']);
  const fresh = createRoles(world.core, {
    always: [],
    members: async () => {
      throw new Error('missing_scope');
    },
    now: () => now,
    within: raceDeadline,
  });
  expect(await fresh.of('U2')).toBe('viewer');
});

test('user groups that Slack is slow to tell: those known last count meanwhile, and the new ones once told', async () => {
  let now = 0;
  const later = Promise.withResolvers<string[]>();
  let members: () => Promise<string[]> = async () => ['U1'];
  const asked: number[] = [];
  const roles = createRoles(world.core, {
    always: [],
    members: () => members(),
    now: () => now,
    within: async (ms, work) => {
      asked.push(ms);
      return Promise.race([
        work.then((value) => ({ value })),
        Promise.resolve(undefined).then(() => undefined),
      ]);
    },
  });
  await setOfficeSettings(world.core, { by: BY, change: { groups: [{ groupId: 'S1', role: 'approver' }] } });
  await roles.prepare();
  members = () => later.promise;
  now += 61_000;
  expect([await roles.of('U1'), await roles.of('U2')]).toEqual(['approver', 'viewer']);
  expect(Math.max(...asked)).toBeLessThan(1_000);
  later.resolve(['U2']);
  await later.promise;
  await new Promise(setImmediate);
  expect([await roles.holders('approver')]).toEqual([['U2']]);
});
