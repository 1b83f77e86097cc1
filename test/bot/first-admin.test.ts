import { expect, test } from 'vitest';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { person } from './person.ts';

test('where nobody is named, the first to set icb up becomes admin, the second does not', async () => {
  const world = await startBotWorld({ admins: [] });
  try {
    const [vera, alex] = [person(world, VIEWER), person(world, ADMIN)];
    await vera.type('/icb setup');
    await world.slack.waitFor(() =>
      JSON.stringify(world.slack.ephemerals(VIEWER)).includes('you are *admin* now'),
    );
    await alex.type('/icb setup');
    await world.bot.idle();
    expect(JSON.stringify(world.slack.ephemerals(ADMIN))).not.toContain('*admin*');
    expect([await world.bot.roles.of(VIEWER), await world.bot.roles.of(ADMIN)]).toEqual(['admin', 'viewer']);
    const { items } = await listAudit(world.core, { limit: 5 });
    expect(items[0]).toMatchObject({ action: 'grant-role', subject: VIEWER, by: { userId: VIEWER } });
  } finally {
    await world.close();
  }
});
