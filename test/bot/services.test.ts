import { afterEach, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { serviceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import {
  ADMIN,
  type BotWorld,
  contractOf,
  DAILY_MAIL,
  startBotWorld,
  type WorldOptions,
} from './bot-world.ts';
import { controls, person } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;

async function mapped(options: WorldOptions = {}): Promise<void> {
  world = await startBotWorld(options);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
}

/** Saved decisions of the first billable contract: billing type → service, or ignored. */
async function saved(contract = '100') {
  const sheet = await serviceMappingSheet(world.core, '10');
  const rows = sheet.contracts
    .find((one) => one.contract.id === contract)
    ?.sections.flatMap((one) => one.rows);
  return Object.fromEntries(
    (rows ?? []).flatMap(({ billingType, mapping }) =>
      mapping
        ? [[billingType.name, mapping.status === 'mapped' ? mapping.contractServiceId : 'ignored']]
        : [],
    ),
  );
}

test('counted billing types first, the others on demand; choices stay while the view changes', async () => {
  await mapped();
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('*All devices* (AllDevicesMetric)\n14 units counted');
  expect(alex.modal()).not.toContain('*Printers*');
  alex.choose(/^Desktop Monitoring/, 'AllDevicesMetric');
  alex.choose('From today');
  await alex.press(buttonStarting('Show all billing types'));
  await alex.modalSays('*Printers*');
  expect(controlValues()).toContain('Desktop Monitoring · $12.50 · 0 units');
  await alex.press('Show fewer billing types');
  await alex.submit();
  expect(alex.modal()).toContain('→ *Desktop Monitoring*: 14 × $12.50 = $175.00 a period');
  expect(alex.modal()).toContain('New mappings bill from today');
  await alex.press('Back');
  await alex.modalSays('14 units counted');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('saved for Daily Mail');
  expect(await saved()).toMatchObject({ AllDevicesMetric: '1000' });
});

const blocksNow = () => (world.slack.views(ADMIN).at(-1)?.view.blocks ?? []) as never[];
const buttonStarting = (start: string): string =>
  controls(blocksNow())
    .map(({ element }) => (element.text as { text?: string } | undefined)?.text ?? '')
    .find((text) => text.startsWith(start)) ?? start;
const controlValues = () =>
  controls(blocksNow()).map(
    ({ element }) => (element.initial_option as { text?: { text?: string } } | undefined)?.text?.text,
  );

test('what bills a device twice is said before it is saved', async () => {
  await mapped();
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose(/^Desktop Monitoring/, 'AllDevicesMetric');
  alex.choose(/^Server Care/, '*Servers* (Server)');
  await alex.submit();
  expect(alex.modal()).toContain('Look at this first');
  expect(alex.modal()).toContain('"All devices" already contains "Servers"');
  expect(await saved()).toEqual({});
});

test('a suggestion is marked, and saved only by Save', async () => {
  await mapped({
    book: {
      ...DAILY_MAIL,
      contractServices: [
        { id: '1000', contractId: '100', service: 'Datto RMM – Servers', unitPrice: '40', currency: 'USD' },
      ],
    },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('_suggested:_ 92 %, the service is named after Servers');
  await alex.submit();
  expect(alex.modal()).toContain('_(suggested)_');
  expect(await saved()).toEqual({});
  await alex.submit();
  await alex.modalSays('saved for Daily Mail');
  expect(await saved()).toMatchObject({ Server: '1000' });
});

test('what few chose on other contracts is named with its confidence, not preselected', async () => {
  const others = ['201', '202', '203'];
  const service = (id: string, contractId: string, name: string) => ({
    ...{ id, contractId, service: name, unitPrice: '40', currency: 'USD' },
  });
  await mapped({
    book: {
      ...DAILY_MAIL,
      contracts: [contractOf('100', '10'), ...others.map((id) => contractOf(id, '11'))],
      contractServices: [
        service('1001', '100', 'Server Care'),
        ...others.map((id, n) => service(`${id}0`, id, n === 0 ? 'Server Care' : 'Hosts')),
      ],
    },
    organizations: [
      { externalId: 'site-1', name: 'Daily Mail' },
      { externalId: 'site-2', name: 'Evening Post' },
    ],
  });
  const mappings = [{ moduleOrganizationId: 'datto-rmm:site-2', organizationId: '11' }];
  await confirmMappings(world.core, { by: CLI, mappings });
  await mapBillingTypes(world.core, {
    by: CLI,
    mappings: others.map((contractId, n) => ({
      ...{ contractId, module: 'datto-rmm', billingType: 'Server', contractServiceId: `${contractId}0` },
      ...{ share: n === 2 ? 34 : 33 },
    })),
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('_perhaps_ *Server Care*: 42 %, mapped to “Server Care” on another contract');
  // Nothing stands in the menus, so there is nothing to review.
  expect(Object.values(await alex.submit())).toHaveLength(1);
  expect(await saved()).toEqual({});
});

test('a suggestion nobody looked at is not saved', async () => {
  const servers = { service: 'Datto RMM – Servers', unitPrice: '40', currency: 'USD' };
  await mapped({
    book: {
      ...DAILY_MAIL,
      contracts: [contractOf('100', '10'), { ...contractOf('102', '10'), name: 'Second contract' }],
      contractServices: [
        { id: '1000', contractId: '100', ...servers },
        { id: '2000', contractId: '102', ...servers },
      ],
    },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('_suggested:_');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  expect([await saved('100'), await saved('102')]).toEqual([{ Server: '1000' }, {}]);
});

test('ignore the rest, hidden billing types included; then nothing more is to do', async () => {
  await mapped();
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose('Ignore the rest');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('saved for Daily Mail');
  const decisions = Object.values(await saved());
  expect(decisions.length).toBeGreaterThan(15);
  expect(new Set(decisions)).toEqual(new Set(['ignored']));
  await alex.press('Change again');
  await alex.modalSays('AllDevicesMetric');
  expect(Object.values(await alex.submit())).toEqual([expect.stringContaining('Nothing is different')]);
});

test('two contracts: each keeps its own choices', async () => {
  await mapped({
    book: {
      ...DAILY_MAIL,
      contracts: [contractOf('100', '10'), { ...contractOf('102', '10'), name: 'Second contract' }],
      contractServices: [
        ...DAILY_MAIL.contractServices,
        { id: '2000', contractId: '102', service: 'Printer Care', unitPrice: '3', currency: 'USD' },
      ],
    },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services 10');
  await alex.modalSays('Managed services 10');
  alex.choose(/^Desktop Monitoring/, 'AllDevicesMetric');
  await alex.pick('Second contract');
  await alex.modalSays('*Second contract*, 1 contract service');
  alex.choose(/^Printer Care/, '*Servers* (Server)');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('2 service mappings saved');
  expect([await saved('100'), await saved('102')]).toEqual([
    { AllDevicesMetric: '1000' },
    { Server: '2000' },
  ]);
});

test('without a name it asks for the organization; more than a menu holds are found by typing', async () => {
  await mapped({
    book: {
      ...DAILY_MAIL,
      organizations: [
        ...DAILY_MAIL.organizations,
        ...Array.from({ length: 250 }, (_, n) => ({
          id: `f${n}`,
          name: `Firm ${n}`,
          type: 'customer',
          active: true,
        })),
      ],
    },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services');
  await alex.modalSays('Whose contract?');
  const viewId = String(world.slack.views(ADMIN)[0]?.view.id);
  const { options } = await world.slack.options(ADMIN, {
    viewId,
    actionId: 'services.organization',
    query: 'daily',
  });
  expect(options).toHaveLength(1);
  await world.slack.click(ADMIN, { viewId, actionId: 'services.organization', value: options[0]?.value });
  await alex.modalSays('14 units counted');
});

test('what somebody else saved meanwhile is shown before it is overruled', async () => {
  await mapped();
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  alex.choose(/^Desktop Monitoring/, 'AllDevicesMetric');
  await alex.submit();
  await mapBillingTypes(world.core, {
    by: CLI,
    mappings: [
      { contractId: '100', module: 'datto-rmm', billingType: 'AllDevicesMetric', contractServiceId: '1001' },
    ],
  });
  await alex.submit();
  expect(alex.modal()).toContain('Somebody changed one of these meanwhile');
  expect(await saved()).toEqual({ AllDevicesMetric: '1001' });
  await alex.submit();
  await alex.modalSays('1 service mapping saved');
  expect(await saved()).toEqual({ AllDevicesMetric: '1000' });
});

test.each([
  ['Evening Post', 'Evening Post is not mapped to any module organization yet.'],
  ['Dayly Male', 'There is no organization “Dayly Male”.'],
])('/icb services %s says what is missing', async (name, said) => {
  await mapped();
  const alex = person(world, ADMIN);
  await alex.type(`/icb services ${name}`);
  await alex.modalSays(said);
});

test('a contract that cannot be billed says which condition fails', async () => {
  await mapped({
    book: { ...DAILY_MAIL, contracts: [{ ...contractOf('100', '10'), periodType: 'quarterly' }] },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb services Daily Mail');
  await alex.modalSays('its period is quarterly, not monthly');
});
