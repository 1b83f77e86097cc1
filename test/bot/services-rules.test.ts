import { afterEach, expect, test } from 'vitest';
import { ADMIN, type BotWorld } from './bot-world.ts';
import { person } from './person.ts';
import { mappedWorld, mapService, savedMappings, TWO_CONTRACTS } from './services-world.ts';

let world: BotWorld;
afterEach(() => world.close());

const ALL_DEVICES = { contractId: '100', billingType: 'AllDevicesMetric', contractServiceId: '1000' };
const SERVERS = { contractId: '102', billingType: 'Server', contractServiceId: '2000' };

test('a contract nobody looked at keeps its unit rule', async () => {
  world = await mappedWorld({ book: TWO_CONTRACTS });
  await mapService(world, { ...SERVERS, unitRule: 'next-period' });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('Managed services 10');
  alex.choose(/^Desktop Monitoring/, 'AllDevicesMetric');
  await alex.submit();
  expect(alex.modal()).not.toContain('Printer Care');
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  expect(await savedMappings(world)).toEqual([
    '100 AllDevicesMetric 1000 prorate-daily',
    '102 Server 2000 next-period',
  ]);
});

test.each(['peak', 'next-period', 'prorate-daily'] as const)(
  'the contract looked at first keeps %s when another one is mapped',
  async (unitRule) => {
    world = await mappedWorld({ book: TWO_CONTRACTS });
    await mapService(world, { ...ALL_DEVICES, unitRule });
    const alex = person(world, ADMIN);
    await alex.type('/icb services Daily Mail');
    await alex.modalSays('Managed services 10');
    await alex.pick('Second contract');
    await alex.modalSays('*Second contract*, 1 contract service');
    alex.choose(/^Printer Care/, '*Servers* (Server)');
    await alex.submit();
    expect(alex.modal()).not.toContain('Desktop Monitoring');
    await alex.submit();
    await alex.modalSays('1 service mapping saved');
    expect(await savedMappings(world)).toEqual([
      `100 AllDevicesMetric 1000 ${unitRule}`,
      '102 Server 2000 prorate-daily',
    ]);
  },
);

test('each contract gets the rule chosen for it; the review says what it was', async () => {
  world = await mappedWorld({ book: TWO_CONTRACTS });
  await mapService(world, ALL_DEVICES);
  await mapService(world, { ...SERVERS, unitRule: 'next-period' });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('Managed services 10');
  alex.choose('At the highest count');
  await alex.pick('Second contract');
  await alex.modalSays('*Second contract*, 1 contract service');
  alex.choose('Day by day');
  await alex.submit();
  expect(alex.modal()).toContain('rule: day by day → at the highest count');
  expect(alex.modal()).toContain('rule: from the next period → day by day');
  await alex.press('Back');
  await alex.modalSays('*Second contract*');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('saved');
  expect(await savedMappings(world)).toEqual([
    '100 AllDevicesMetric 1000 peak',
    '102 Server 2000 prorate-daily',
  ]);
});

test('“Ignore the rest” ticked for one contract is not ticked for the next', async () => {
  world = await mappedWorld({ book: TWO_CONTRACTS });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('Managed services 10');
  alex.choose('Ignore the rest');
  await alex.pick('Second contract');
  await alex.modalSays('*Second contract*, 1 contract service');
  alex.choose(/^Printer Care/, '*Servers* (Server)');
  await alex.submit();
  expect(alex.modal()).not.toContain('Ignored');
});

test.each([
  ['the rule', { unitRule: 'next-period' as const }, 'rule: from the next period → at the highest count'],
  ['the minimum', { minimum: 5 }, 'keeps a minimum of 5 units'],
  ['the share', { share: 60 }, 'keeps a share of 60 %'],
  ['the rule for drops', { dropRule: 'next-period' as const }, 'keeps drops from the next period'],
])('%s somebody else saved meanwhile is shown before it is overruled', async (_, meanwhile, shown) => {
  world = await mappedWorld();
  await mapService(world, ALL_DEVICES);
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose('At the highest count');
  await alex.submit();
  expect(alex.modal()).toContain('rule: day by day → at the highest count');
  expect(alex.modal()).not.toContain(shown);
  await mapService(world, { ...ALL_DEVICES, ...meanwhile });
  const before = await savedMappings(world);
  await alex.submit();
  expect(alex.modal()).toContain('Somebody changed one of these meanwhile');
  expect(alex.modal()).toContain(shown);
  expect(await savedMappings(world)).toEqual(before);
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  const stored = (await (await world.core.store.snapshot()).list('serviceMappings'))[0];
  expect(stored).toMatchObject({ ...meanwhile, unitRule: 'peak' });
});

test('what a person did not touch is left as somebody else set it meanwhile', async () => {
  world = await mappedWorld();
  await mapService(world, ALL_DEVICES);
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose(/^Server Care/, '*Servers* (Server)');
  await mapService(world, { ...ALL_DEVICES, contractServiceId: '1001' });
  await alex.submit();
  expect(alex.modal()).not.toContain('All devices* (Datto RMM)');
});

test('the review names the service it was on', async () => {
  world = await mappedWorld();
  await mapService(world, ALL_DEVICES);
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose(/^Server Care/, 'AllDevicesMetric');
  await alex.submit();
  expect(alex.modal()).toContain('→ *Server Care*');
  expect(alex.modal()).toContain('before: Desktop Monitoring');
});
