import { afterEach, expect, test } from 'vitest';
import { ADMIN, type BotWorld, DAILY_MAIL } from './bot-world.ts';
import { controls, person } from './person.ts';
import { manyContracts, mappedWorld, mapService, savedMappings } from './services-world.ts';

let world: BotWorld;
afterEach(() => world.close());

type Element = Record<string, unknown>;
const top = () => world.slack.views(ADMIN).at(-1)?.view as { id: string; blocks: never[] } & Element;
const controlsNow = () => controls(top().blocks);
const control = (actionId: string) => {
  const found = controlsNow().find((one) => one.actionId === actionId);
  if (!found) throw new Error(`no ${actionId}`);
  return found;
};
const showAll = () =>
  controlsNow()
    .map(({ element }) => (element.text as { text?: string } | undefined)?.text ?? '')
    .find((text) => text.startsWith('Show all')) ?? '';

/** Puts every billing type on the screen on “Everything”. */
function chooseEverything(): void {
  for (const { actionId, blockId, element } of controlsNow()) {
    if (actionId !== 'services.service') continue;
    const options = element.options as { value: string; text: { text: string } }[];
    const value = options.find((one) => one.text.text.startsWith('Everything'))?.value;
    world.slack.enter(ADMIN, { viewId: top().id, values: { [blockId]: { [actionId]: value ?? '' } } });
  }
}

test('nine contracts are looked through without a word', async () => {
  world = await mappedWorld({ book: manyContracts(9) });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('*Contract 0*');
  await alex.press(showAll());
  await alex.modalSays('*Printers*');
  for (let n = 1; n < 9; n++) {
    await alex.pick(`Contract ${n}`);
    await alex.modalSays(`*Contract ${n}*`);
  }
  expect(String(top().private_metadata).length).toBeLessThan(400);
});

test('more choices than a form can remember are refused with what to do, and can be saved', async () => {
  world = await mappedWorld({ book: manyContracts(9) });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('*Contract 0*');
  await alex.press(showAll());
  await alex.modalSays('*Printers*');
  let reached = 0;
  for (let n = 0; n < 8 && !alex.modal().includes('are chosen'); n++) {
    chooseEverything();
    await alex.pick(`Contract ${n + 1}`);
    await alex.modalSays(new RegExp(`\\*Contract ${n + 1}\\*|are chosen`));
    reached = n;
  }
  expect(alex.modal()).toMatch(
    /\d+ billing types are chosen; at most 80 .* Press Review and save these first/,
  );
  expect(reached).toBeGreaterThan(2);
  // What was chosen stands below the sentence, and Review takes it.
  await world.slack.closeView(ADMIN);
  expect(alex.modal()).toContain(`*Contract ${reached}*`);
  await alex.submit();
  expect(alex.modal()).toContain('on Contract 0');
  await alex.press('Back');
  await alex.modalSays(`*Contract ${reached}*`);
  expect(String(top().private_metadata).length).toBeLessThan(3000);
});

test('of 120 contracts every one is found by typing', async () => {
  world = await mappedWorld({ book: manyContracts(120) });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('*Contract 0*');
  const { actionId } = control('services.contract');
  const { options } = await world.slack.options(ADMIN, { viewId: top().id, actionId, query: 'contract 119' });
  expect(options).toHaveLength(1);
  await world.slack.click(ADMIN, { viewId: top().id, actionId, value: options[0]?.value });
  await alex.modalSays('*Contract 119*');
  const all = await world.slack.options(ADMIN, { viewId: top().id, actionId, query: '' });
  expect(all.options).toHaveLength(100);
});

test('of 150 services on 21 billing types every one is found by typing', async () => {
  const services = Array.from({ length: 150 }, (_, n) => ({
    id: `s${n}`,
    contractId: '100',
    service: `A service with quite a long name that has to be cut somewhere, number ${n}`,
    unitPrice: '12.5',
    currency: 'USD',
  }));
  world = await mappedWorld({ book: { ...DAILY_MAIL, contractServices: services } });
  await mapService(world, { contractId: '100', billingType: 'AllDevicesMetric', contractServiceId: 's3' });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('*Servers*');
  await alex.press(showAll());
  await alex.modalSays('*Printers*');
  const row = controlsNow().filter((one) => one.actionId === 'services.service')[1];
  const place = { viewId: top().id, actionId: 'services.service', blockId: row?.blockId ?? '' };
  const { options } = await world.slack.options(ADMIN, { ...place, query: 'number 149' });
  expect(options.map(({ text }) => (text as { text: string }).text)).toEqual([
    expect.stringContaining('A service with'),
  ]);
  const undecided = await world.slack.options(ADMIN, { ...place, query: '' });
  expect(undecided.options).toHaveLength(100);
  expect(undecided.options.slice(0, 2).map(({ text }) => (text as { text: string }).text)).toEqual([
    'Not mapped',
    'Ignore',
  ]);
  await world.slack.click(ADMIN, { ...place, value: options[0]?.value });
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  expect(await savedMappings(world)).toHaveLength(2);
  expect((await savedMappings(world)).join()).toContain('s149');
});
