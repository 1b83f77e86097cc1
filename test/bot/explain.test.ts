import { afterEach, describe, expect, test } from 'vitest';
import { explanationMessage } from '../../bot/messages/explanation-message.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { BOB, Office } from '../usecases/office.ts';
import { ADMIN, type BotWorld, startBotWorld, VIEWER } from './bot-world.ts';
import { person } from './person.ts';

/** Fourteen devices, then 22 that Bob approved. */
async function approved(names = (i: number) => `PC-${i}`): Promise<Office> {
  const office = await Office.mapped();
  for (const [date, devices] of [
    ['2026-11-10', 14],
    ['2026-11-11', 14],
    ['2026-11-12', 22],
    ['2026-11-13', 22],
  ] as const) {
    office.devices = Array.from({ length: devices }, (_, i) => names(i + 1));
    office.day(date).sites = { 'Daily Mail': { AllDevicesMetric: devices } };
    await office.sync();
    const [line] = await office.plan();
    if (line?.action === 'held' && date === '2026-11-12')
      await releaseLine(office.core, { by: BOB, id: line.id, reason: '<!channel> *moved*' });
  }
  return office;
}

const adjustmentOf = async (office: Office) => {
  const { items } = await listBillingItems(office.core, { filter: {} });
  return explainItem(office.core, items.find((item) => item.kind === 'adjustment')?.id ?? '');
};

describe('the message', () => {
  test('has words, counts in runs of days, who came, decisions and a way to the dashboard', async () => {
    const message = explanationMessage(await adjustmentOf(await approved()), 'https://icb.example.com/x');
    const text = JSON.stringify(message.blocks);
    for (const part of [
      '22 devices were counted on 12 Nov 2026, 8 more than the 14 units in force before',
      '• 10 Nov 2026 to 11 Nov 2026: *14*',
      '• 12 Nov 2026: *22* (held) ← this item',
      '• 13 Nov 2026: *22*',
      '*8 devices came*: PC-15, PC-16, PC-17, PC-18, PC-19, PC-20, PC-21, PC-22 (11 Nov 2026 to 12 Nov 2026)',
      'PC-20 and 2 more',
      'Approved through 12 Nov 2026 by <@U2>',
      'https://icb.example.com/x',
    ])
      expect(text).toContain(part);
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  });

  test('without an address there is no button to the dashboard', async () => {
    const message = explanationMessage(await adjustmentOf(await approved()));
    expect(JSON.stringify(message)).not.toContain('Open in dashboard');
  });

  test('hostile names and reasons ping nobody, and long lists stay within Slack’s limits', async () => {
    const office = await approved((i) => `<!here> ${'x'.repeat(300)} ${i}`);
    const message = explanationMessage(await adjustmentOf(office), 'https://icb.example.com/x');
    expect(JSON.stringify(message)).not.toMatch(/<!(channel|here)>/);
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  });
});

describe('/icb explain', () => {
  let world: BotWorld;
  afterEach(() => world.close());

  async function billed(): Promise<string> {
    const office = await approved();
    world = await startBotWorld();
    const snapshot = await office.core.store.snapshot();
    world.core.store.snapshot = async () => snapshot;
    return (await adjustmentOf(office)).item.id;
  }

  test('takes the beginning of an id, or a link as Slack writes it', async () => {
    const id = await billed();
    for (const typed of [id.slice(0, 9), `<https://icb.example.com/dashboard/items/${id}>`]) {
      const vera = person(world, VIEWER);
      await vera.type(`/icb explain ${typed}`);
      await vera.told('Open in dashboard');
      expect(JSON.stringify(world.slack.ephemerals(VIEWER).at(-1))).toContain(
        `"url":"https://icb.example.com/dashboard/items/${id}"`,
      );
    }
    expect(world.logged).toEqual([]);
  });

  test('an unknown id names what is near, and how to find ids', async () => {
    const id = await billed();
    const alex = person(world, ADMIN);
    await alex.type(`/icb explain ${id.slice(0, -2)}zz`);
    const text = await alex.told('/icb items lists the newest');
    expect(text).toContain(`${id}: Desktop Monitoring`);
  });
});
