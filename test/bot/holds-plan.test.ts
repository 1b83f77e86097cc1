import { afterEach, describe, expect, test } from 'vitest';
import { ADMIN, VIEWER } from './bot-world.ts';
import { HeldWorld } from './held-world.ts';
import { person } from './person.ts';

let world: HeldWorld;
afterEach(() => world.bot.close());

describe('in the plan, which one person sees', () => {
  test('held lines come first, with what they would change', async () => {
    world = await HeldWorld.start();
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb plan');
    const text = await alex.told('*Held: waits for you* (1)');
    expect(text).toContain(
      '*Daily Mail* · Desktop Monitoring · All devices: *14 → 0* since 10 Nov 2026 (today), −$175.00 this period, −$175.00 a month',
    );
    expect(text).toContain('Counted 0 on 2026-11-10, before 14: nothing is left.');
    expect(text).toContain('Approve all of Datto RMM');
  });

  test('Approve: the words stay, the buttons go, who and when stand there', async () => {
    world = await HeldWorld.start();
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb sync preview');
    await alex.told('Held: waits for you');
    await alex.press('Approve');
    const text = await alex.told('Approved by <@U0ADMIN> · ');
    expect(text).toContain('*Daily Mail* · Desktop Monitoring · All devices: *14 → 0*');
    expect(text).not.toMatch(/Approve all|Exclude…/);
    expect(world.bot.slack.ephemerals(ADMIN)).toHaveLength(1);
    expect(await world.held()).toEqual([]);
    expect(await world.decisions()).toEqual([
      ['release-line', 'alex', 'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0'],
    ]);
  });

  test('Exclude…: what is wrong is told in the field; the plan then says until when and why', async () => {
    world = await HeldWorld.start();
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb plan');
    await alex.told('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    expect(alex.modal()).toContain('14 units stay in force');
    world.fill(ADMIN, { 'exclude.reason': 'Moving', 'exclude.until': '2026-11-09' });
    expect(await alex.submit()).toEqual({
      'exclude.until': 'Choose today (2026-11-10) or a later day.',
    });
    world.fill(ADMIN, { 'exclude.reason': '  ', 'exclude.until': '2026-11-12' });
    expect(await alex.submit()).toEqual({ 'exclude.reason': 'Say why in a few words.' });
    world.fill(ADMIN, { 'exclude.reason': 'Moving <!channel>', 'exclude.units': '2.5' });
    expect(await alex.submit()).toEqual({
      'exclude.units': expect.stringContaining('whole number'),
    });
    world.fill(ADMIN, { 'exclude.units': '3' });
    expect(await alex.submit()).toEqual({
      'exclude.units': expect.stringContaining('Nothing was counted, so there are no units to subtract.'),
    });
    world.fill(ADMIN, { 'exclude.units': null });
    expect(await alex.submit()).toEqual({});
    const text = await alex.told('Excluded until 12 Nov 2026 by <@U0ADMIN>');
    expect(text).toContain('stays at 14 units');
    expect(text).toContain('Moving &lt;!channel&gt;');
    expect(alex.modal()).toBe('');
    expect(await world.decisions()).toEqual([
      [
        'exclude-line',
        'alex',
        'Excluded the counts of Daily Mail: Desktop Monitoring, All devices until 2026-11-12: Moving <!channel>',
      ],
    ]);
  });

  test('units are subtracted; the form proposes the end of the billing period', async () => {
    world = await HeldWorld.start();
    await world.jump();
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb plan');
    await alex.told('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    world.fill(ADMIN, { 'exclude.reason': 'Moving', 'exclude.units': '3' });
    await alex.submit();
    await alex.told('3 units excluded until 30 Nov 2026 by <@U0ADMIN>');
  });

  test('Approve all of a module decides every line of it, in one record', async () => {
    world = await HeldWorld.start();
    await world.service('Server', '1001');
    await world.sync();
    world.bot.source.counts = [];
    await world.sync();
    expect(await world.held()).toHaveLength(2);
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb plan');
    await alex.told('*Held: waits for you* (2)');
    await alex.press('Approve all of Datto RMM');
    const text = await alex.told('Approved all 2 held counts of Datto RMM · by <@U0ADMIN>');
    expect(text.match(/Approved by <@U0ADMIN>/g)).toHaveLength(2);
    expect(await world.decisions()).toEqual([
      ['release-lines', 'alex', 'Approved all 2 held counts of Datto RMM'],
    ]);
  });

  test('Approve all leaves alone what came after it was shown, and shows it', async () => {
    world = await HeldWorld.start();
    await world.service('Server', '1001');
    await world.sync();
    const alex = person(world.bot, ADMIN);
    await alex.type('/icb plan');
    await alex.told('*Held: waits for you* (1)');
    world.bot.source.counts = [];
    await world.sync();
    await alex.press('Approve all of Datto RMM');
    const text = await alex.told('1 held count was shown, now there are 2');
    expect(text).toContain('*Held: waits for you* (2)');
    expect(await world.decisions()).toEqual([]);
    await alex.press('Approve all of Datto RMM');
    await alex.told('Approved all 2 held counts of Datto RMM');
  });

  test('from the Home tab it opens as a modal, which stays and is brought up to date', async () => {
    world = await HeldWorld.start();
    await world.bot.slack.openHome(ADMIN);
    const home = await world.bot.slack.waitFor(() => world.bot.slack.homeOf(ADMIN));
    expect(JSON.stringify(home)).toContain('Waits for you');
    await world.bot.slack.click(ADMIN, { viewId: String(home.view.id), actionId: 'run:100' });
    const alex = person(world.bot, ADMIN);
    await alex.modalSays('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    world.fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    await alex.modalSays('Excluded until 30 Nov 2026 by <@U0ADMIN>');
    expect(world.bot.slack.views(ADMIN)).toHaveLength(1);
    await world.bot.slack.openHome(ADMIN);
    await world.bot.slack.waitFor(() => !JSON.stringify(world.bot.slack.homeOf(ADMIN)).includes('held:'));
  });

  test('a viewer sees what is held, without buttons', async () => {
    world = await HeldWorld.start();
    const vera = person(world.bot, VIEWER);
    await vera.type('/icb plan');
    expect(await vera.told('Held: waits for you')).not.toMatch(/Approve all|Exclude…|Ask…/);
  });
});
