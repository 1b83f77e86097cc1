import { expect, test } from 'vitest';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { person } from './person.ts';

test('where nobody is named, the first to set icb up becomes admin, the second does not', async () => {
  const world = await startBotWorld({ admins: [] });
  try {
    const [vera, alex] = [person(world, VIEWER), person(world, ADMIN)];
    await vera.type('/icb setup');
    await vera.told('you are *admin* now');
    await alex.type('/icb setup');
    await world.bot.idle();
    const direct = world.slack.log.of('chat.postMessage').map(({ request }) => JSON.stringify(request));
    expect(direct.filter((text) => text.includes('you are *admin* now'))).toHaveLength(1);
    expect(JSON.stringify(world.slack.ephemerals(ADMIN))).not.toContain('*admin*');
    expect([await world.bot.roles.of(VIEWER), await world.bot.roles.of(ADMIN)]).toEqual(['admin', 'viewer']);
    const { items } = await listAudit(world.core, { limit: 5 });
    expect(items[0]).toMatchObject({ action: 'grant-role', subject: VIEWER, by: { userId: VIEWER } });
  } finally {
    await world.close();
  }
});

test('a group with a lesser role leaves the office without an admin: the first to set icb up becomes one', async () => {
  const world = await startBotWorld({ admins: [] });
  try {
    const change = { groups: [{ groupId: 'S0OPERATORS', role: 'operator' }] };
    await setOfficeSettings(world.core, { by: { kind: 'cli', name: 'test' }, change });
    const vera = person(world, VIEWER);
    await vera.type('/icb setup');
    await vera.told('you are *admin* now');
  } finally {
    await world.close();
  }
});

test('a group that is given the role admin keeps it, also while nobody is in it', async () => {
  const world = await startBotWorld({ admins: [] });
  try {
    const change = { groups: [{ groupId: 'S0EMPTY', role: 'admin' }] };
    await setOfficeSettings(world.core, { by: { kind: 'cli', name: 'test' }, change });
    await person(world, VIEWER).type('/icb setup');
    await world.bot.idle();
    expect(await world.bot.roles.of(VIEWER)).toBe('viewer');
  } finally {
    await world.close();
  }
});
