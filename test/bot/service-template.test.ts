import { afterEach, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { ADMIN, type BotWorld, contractOf, DAILY_MAIL } from './bot-world.ts';
import { person } from './person.ts';
import { CLI, mappedWorld, mapService, savedMappings } from './services-world.ts';

let world: BotWorld;
afterEach(() => world.close());

const service = (id: string, contractId: string, name: string) => ({
  ...{ id, contractId, service: name, unitPrice: '12.50', currency: 'USD' },
});

/** Daily Mail, whose mappings are the template, and firms with a contract each that holds Desktop Monitoring. */
async function withFirms(count: number, more: readonly object[] = []): Promise<void> {
  const firms = Array.from({ length: count }, (_, n) => `f${n}`);
  world = await mappedWorld({
    book: {
      organizations: [
        ...DAILY_MAIL.organizations,
        ...firms.map((id) => ({ id, name: `Firm ${id}`, type: 'customer', active: true })),
      ],
      contracts: [contractOf('100', '10'), ...firms.map((id) => contractOf(`c-${id}`, id))],
      contractServices: [
        ...DAILY_MAIL.contractServices,
        ...firms.map((id) => service(`s-${id}`, `c-${id}`, 'Desktop Monitoring')),
        ...more,
      ],
    },
    organizations: [
      { externalId: 'site-1', name: 'Daily Mail' },
      ...firms.map((id) => ({ externalId: id, name: `Firm ${id}` })),
    ],
  });
  await confirmMappings(world.core, {
    by: CLI,
    mappings: firms.map((id) => ({ moduleOrganizationId: `datto-rmm:${id}`, organizationId: id })),
  });
  const all = { contractId: '100', billingType: 'AllDevicesMetric', contractServiceId: '1000' };
  await mapService(world, { ...all, unitRule: 'peak', from: 'period-start' });
  await mapService(world, { contractId: '100', billingType: 'Server', contractServiceId: '1001' });
}

async function open() {
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  await alex.press('Use on other contracts…');
  await alex.modalSays('As saved for this contract');
  return alex;
}

test('one contract’s mappings on another: ticked, reviewed, saved, taken back', async () => {
  await withFirms(2, [service('x', 'c-f1', 'Server Care')]);
  const before = await savedMappings(world);
  const alex = await open();
  expect(alex.modal()).toContain('1 new mapping · left out: Servers: there is no service “Server Care”');
  expect(alex.modal()).toContain('*Firm f1*: Managed services f1\n2 new mappings');
  alex.choose('Use here', 'Firm f1');
  await alex.submit();
  expect(alex.modal()).toContain('2 service mappings on 1 contract');
  expect(alex.modal()).toContain(
    'not mapped → *Desktop Monitoring* at $12.50 a unit, rule: at the highest count, billed from the start of the period',
  );
  expect(alex.modal()).toContain('*Careful:*');
  expect(alex.modal()).not.toContain('Firm f0');
  await alex.press('Back');
  await alex.modalSays('As saved for this contract');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('2 service mappings saved for 1 contract');
  expect(await savedMappings(world)).toEqual([
    ...before,
    'c-f1 AllDevicesMetric s-f1 peak',
    'c-f1 Server x prorate-daily',
  ]);
  await alex.press('Undo');
  await alex.modalSays('aken back');
  expect(await savedMappings(world)).toEqual(before);
});

test('what is mapped otherwise there is left out, and said', async () => {
  await withFirms(1, [service('x', 'c-f0', 'Printer Care')]);
  await mapService(world, { contractId: 'c-f0', billingType: 'AllDevicesMetric', contractServiceId: 'x' });
  const before = await savedMappings(world);
  const alex = await open();
  expect(alex.modal()).toContain(
    'nothing to use · left out: All devices: it is on “Printer Care” there; Servers: there is no',
  );
  expect(() => alex.choose('Use here')).toThrow('no choice');
  expect(await savedMappings(world)).toEqual(before);
});

test('another rule on the same service is shown before and after', async () => {
  await withFirms(1);
  await mapService(world, { contractId: 'c-f0', billingType: 'AllDevicesMetric', contractServiceId: 's-f0' });
  const alex = await open();
  expect(alex.modal()).toContain('1 other rule');
  alex.choose('Use here');
  await alex.submit();
  expect(alex.modal()).toContain(
    'on *Desktop Monitoring* at $12.50 a unit, rule: day by day → at the highest count',
  );
});

test('what changed between Review and Save is shown again, and not overruled', async () => {
  await withFirms(2);
  const alex = await open();
  await alex.press('Tick all on this page');
  await world.bot.idle();
  await alex.submit();
  await alex.modalSays('2 service mappings on 2 contracts');
  await mapBillingTypes(world.core, {
    by: CLI,
    mappings: [{ contractId: 'c-f0', module: 'datto-rmm', billingType: 'AllDevicesMetric', ignore: true }],
  });
  await alex.submit();
  expect(alex.modal()).toContain('Something changed meanwhile');
  expect(alex.modal()).toContain('left out: it is ignored there');
  await alex.submit();
  await alex.modalSays('1 service mapping saved for 1 contract');
  const saved = await savedMappings(world);
  expect(saved).toContain('c-f0 AllDevicesMetric ignored');
  expect(saved).toContain('c-f1 AllDevicesMetric s-f1 peak');
});

test('150 contracts: page by page, with a sentence where one Review cannot hold more', async () => {
  await withFirms(150);
  const alex = await open();
  for (let page = 0; page < 3; page++) {
    await alex.press('Tick all on this page');
    await world.bot.idle();
    if (page === 2) break;
    await alex.press('Next page');
    await world.bot.idle();
  }
  await alex.press('Next page');
  await alex.modalSays('60 contracts are ticked; at most 40 can wait');
  await world.slack.closeView(ADMIN);
  await alex.submit();
  await alex.modalSays('60 service mappings on 60 contracts');
  await alex.submit();
  await alex.modalSays('60 service mappings saved for 60 contracts');
});

test('nothing ticked; a contract nobody else is like', async () => {
  await withFirms(1);
  const alex = await open();
  await alex.submit();
  await alex.modalSays('Tick one first');
});

test('the saved notice leads there too', async () => {
  await withFirms(1);
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  await alex.press('Show all billing types (19 more)');
  await alex.modalSays('*Printers*');
  alex.choose(/^Server Care/, '*Printers*');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  await alex.press('Use on other contracts…');
  await alex.modalSays('As saved for this contract');
});
