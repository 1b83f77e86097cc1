import { afterEach, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, OTHER_ADMIN, startBotWorld, type WorldOptions } from './bot-world.ts';
import { controls, person } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;
const pad = (n: number) => String(n).padStart(3, '0');

/** A world whose module is enabled and counted, so that its organizations wait to be mapped. */
async function counted(options: WorldOptions): Promise<void> {
  world = await startBotWorld(options);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
}

const customers = (names: readonly string[]) => ({
  organizations: names.map((name, n) => ({ id: String(n + 1), name, type: 'customer', active: true })),
});

const mapped = async () =>
  (await listModuleOrganizations(world.core)).map(({ name, mapping }) => [
    name,
    mapping.status,
    mapping.organization ?? mapping.reason,
  ]);

test('60 unmapped module organizations: choices survive paging, nothing is ticked by itself', async () => {
  const names = Array.from({ length: 60 }, (_, n) => `Customer ${pad(n)}`);
  await counted({
    book: customers(names),
    organizations: names.map((name, n) => ({ externalId: `s${n}`, name })),
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('60 unmapped module organizations');
  expect(alex.modal()).toContain('Page 1 of 6 · 0 chosen so far');
  expect(await alex.submit()).toEqual({ 'm.search.0': expect.stringContaining('Nothing is chosen yet') });

  alex.choose('Approve Customer 001');
  await alex.press('Next page');
  await alex.modalSays('Page 2 of 6 · 1 chosen so far');
  await alex.press('Select all sure on this page');
  await alex.modalSays('11 chosen so far');
  await alex.press('Previous page');
  await alex.modalSays('Page 1 of 6 · 11 chosen so far');
  await alex.submit();
  await alex.modalSays('11 mappings to save');
  await alex.press('Back');
  await alex.modalSays('Page 1 of 6 · 11 chosen so far');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('11 mappings saved');
  const done = (await mapped()).filter(([, status]) => status === 'mapped');
  expect(done.map(([name]) => name)).toEqual([
    'Customer 001',
    ...Array.from({ length: 10 }, (_, n) => `Customer ${pad(n + 10)}`),
  ]);
});

test('250 organizations: any of them is found by typing, more than a menu holds', async () => {
  await counted({
    book: customers(Array.from({ length: 250 }, (_, n) => `Firm ${pad(n)}`)),
    organizations: [{ externalId: 's', name: 'Something else entirely' }],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('No suggestion: pick an organization');
  const view = world.slack.views(ADMIN)[0]?.view;
  const picker = controls((view?.blocks ?? []) as never).find(
    ({ element }) => element.type === 'external_select',
  );
  const ask = (query: string) =>
    world.slack.options(ADMIN, {
      viewId: String(view?.id),
      actionId: picker?.actionId ?? '',
      blockId: picker?.blockId,
      query,
    });
  const all = await ask('');
  expect([all.problems, all.options.length]).toEqual([[], 100]);
  const one = await ask('firm 249');
  expect(one.options).toHaveLength(1);
  await world.slack.click(ADMIN, {
    viewId: String(view?.id),
    actionId: picker?.actionId ?? '',
    blockId: picker?.blockId,
    value: one.options[0]?.value,
  });
  await alex.submit();
  expect(alex.modal()).toContain('not mapped → *Firm 249*');
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  expect(await mapped()).toEqual([['Something else entirely', 'mapped', 'Firm 249']]);
});

test('several organizations fit: one is chosen among them', async () => {
  await counted({
    book: customers(['Acme Ltd', 'ACME Inc']),
    organizations: [{ externalId: 's', name: 'Acme' }],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('Ambiguous: several fit');
  alex.choose(/^ACME Inc/);
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  expect(await mapped()).toEqual([['Acme', 'mapped', 'ACME Inc']]);
});

test('ignore asks why, saves at once, and the list below is drawn anew with its ticks', async () => {
  await counted({
    book: customers(['Daily Mail']),
    organizations: [
      { externalId: 'a', name: 'Daily Mail' },
      { externalId: 'b', name: 'Test lab' },
    ],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('2 unmapped module organizations');
  alex.choose('Approve Daily Mail');
  const view = world.slack.views(ADMIN)[0]?.view;
  const button = controls((view?.blocks ?? []) as never).find(
    ({ element }) => element.accessibility_label === 'Ignore Test lab',
  );
  await world.slack.click(ADMIN, {
    viewId: String(view?.id),
    actionId: button?.actionId ?? '',
    blockId: button?.blockId,
  });
  await world.slack.waitFor(() => world.slack.views(ADMIN).length === 2);
  expect(await alex.submit()).not.toEqual({});
  await world.slack.submit(ADMIN, { values: { 'ignore.reason': 'only a test lab' } });
  await alex.modalSays('1 unmapped module organization');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  expect(await mapped()).toEqual([
    ['Daily Mail', 'mapped', 'Daily Mail'],
    ['Test lab', 'ignored', 'only a test lab'],
  ]);
});

test('Ignore does not overrule what somebody mapped while the reason was typed', async () => {
  await counted({ book: customers(['Daily Mail']), organizations: [{ externalId: 'b', name: 'Test lab' }] });
  const [own] = await listModuleOrganizations(world.core);
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('1 unmapped module organization');
  await alex.press('Ignore…');
  await world.slack.waitFor(() => world.slack.views(ADMIN).length === 2);
  await confirmMappings(world.core, {
    by: { kind: 'slack', userId: 'U0BOSS', name: 'Bo' },
    mappings: [{ moduleOrganizationId: own?.id ?? '', organizationId: '1' }],
  });
  await world.slack.submit(ADMIN, { values: { 'ignore.reason': 'only a test lab' } });
  await alex.modalSays('Test lab was already mapped to Daily Mail by Bo');
  expect(await mapped()).toEqual([['Test lab', 'mapped', 'Daily Mail']]);
});

test('suggested mappings can be hidden and shown; what is ticked stays ticked', async () => {
  await counted({ book: customers(['Daily Mail']) });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve Daily Mail');
  await alex.press('Hide suggested mappings');
  await alex.modalSays('1 chosen so far');
  expect(alex.modal()).not.toContain('Sure');
  await alex.press('Show suggested mappings');
  await alex.modalSays('Sure');
  await alex.submit();
  expect(alex.modal()).toContain('not mapped → *Daily Mail*');
});

test('two customers of one name are told apart', async () => {
  await counted({ book: customers(['Acme', 'Acme']) });
  const alex = person(world, ADMIN);
  await alex.type('/icb map acme');
  await alex.modalSays('2 organizations are called “acme”. Which one?');
  await alex.press('Acme (2)');
  await alex.modalSays('for *Acme*');
});

test('mapped ones are shown on demand and unmapped again', async () => {
  await counted({ book: customers(['Daily Mail']) });
  const [own] = await listModuleOrganizations(world.core);
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: own?.id ?? '', organizationId: '1' }],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('Everything is decided');
  await alex.press('Show mapped');
  await alex.modalSays('Mapped to *Daily Mail* by test');
  alex.choose('Unmap');
  await alex.submit();
  expect(alex.modal()).toContain('Daily Mail → *not mapped*');
  await alex.submit();
  await alex.modalSays('is no longer mapped');
  expect(await mapped()).toEqual([['Daily Mail', 'unmapped', undefined]]);
});

test('opened for an organization, a module, and for a name nobody knows', async () => {
  await counted({
    book: customers(['Daily Mail', 'Evening Post']),
    organizations: [
      { externalId: 'a', name: 'Daily Mail' },
      { externalId: 'b', name: 'Evening Post' },
    ],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb map daily mail');
  await alex.modalSays('*1 unmapped module organization* for *Daily Mail*');
  await alex.press('Show all');
  await alex.modalSays('*2 unmapped module organizations*');
  await world.slack.closeView(ADMIN);
  await alex.type('/icb map datto rmm');
  await alex.modalSays('for *Datto RMM*');
  await world.slack.closeView(ADMIN);
  await alex.type('/icb map Daly Mial');
  await alex.modalSays('There is no organization “Daly Mial”. Did you mean one of these?');
  await alex.press('Daily Mail');
  await alex.modalSays('for *Daily Mail*');
});

test('search narrows the list and keeps what was ticked', async () => {
  const names = ['Alpha', 'Beta', 'Gamma'];
  await counted({ book: customers(names), organizations: names.map((name) => ({ externalId: name, name })) });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('3 unmapped');
  alex.choose('Approve Alpha');
  const viewId = String(world.slack.views(ADMIN)[0]?.view.id);
  await world.slack.click(ADMIN, { viewId, actionId: 'map.search', blockId: 'm.search.0', value: 'gam' });
  await alex.modalSays('1 unmapped');
  expect(alex.modal()).toContain('1 chosen so far');
  alex.choose('Approve Gamma');
  await alex.press('Show all');
  await alex.modalSays('3 unmapped');
  await alex.submit();
  expect(alex.modal()).toContain('2 mappings to save');
});

test('what somebody else saved meanwhile is shown before it is overruled', async () => {
  await counted({ book: customers(['Daily Mail', 'Evening Post']) });
  const [alex, bo] = [person(world, ADMIN), person(world, OTHER_ADMIN)];
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve Daily Mail');
  await alex.submit();
  const [own] = await listModuleOrganizations(world.core);
  await confirmMappings(world.core, {
    by: { kind: 'slack', userId: OTHER_ADMIN, name: 'bo' },
    mappings: [{ moduleOrganizationId: own?.id ?? '', organizationId: '2' }],
  });
  await alex.submit();
  expect(alex.modal()).toContain('Somebody changed one of these meanwhile');
  expect(alex.modal()).toContain('Evening Post → *Daily Mail*');
  expect(await mapped()).toEqual([['Daily Mail', 'mapped', 'Evening Post']]);
  await bo.type('/icb undo');
  await bo.told('Take back your last change?');
});

test('Save pressed twice saves once', async () => {
  await counted({ book: customers(['Daily Mail']) });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve Daily Mail');
  await alex.submit();
  const confirm = world.slack.views(ADMIN)[0]?.view;
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  const { answer } = await submitAgain(confirm);
  expect(JSON.stringify(answer)).toContain('This was saved already.');
  const { items } = await listAudit(world.core, {});
  expect(items.filter((entry) => entry.action === 'confirm-mappings')).toHaveLength(1);
});

/** Delivers the same submit once more, as after a timeout. */
async function submitAgain(view: object | undefined) {
  const payload = { type: 'view_submission', user: { id: ADMIN, name: 'alex' }, team: { id: 'T0' }, view };
  const answer = await world.slack.deliverRaw({
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  });
  return { answer };
}

test('Undo takes a mapping back, after which /icb undo has nothing left', async () => {
  await counted({ book: customers(['Daily Mail']) });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve Daily Mail');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  await world.slack.closeView(ADMIN);
  await alex.told('1 mapping saved');
  await alex.press('Undo');
  await alex.told('Taken back');
  expect(await mapped()).toEqual([['Daily Mail', 'unmapped', undefined]]);
  await alex.type('/icb undo');
  await alex.told('I find no change of yours of the last day to take back.');
});

test('/icb undo goes back step by step', async () => {
  await counted({ book: customers(['Daily Mail', 'Evening Post']) });
  const by = { kind: 'slack', userId: ADMIN, name: 'alex' } as const;
  const [own] = await listModuleOrganizations(world.core);
  const map = (organizationId: string) =>
    confirmMappings(world.core, {
      by,
      mappings: [{ moduleOrganizationId: own?.id ?? '', organizationId }],
    });
  await map('1');
  await map('2');
  const alex = person(world, ADMIN);
  await alex.type('/icb undo');
  await alex.told(/Take back your last change\?[\s\S]*Evening Post/);
  await alex.press('Undo');
  await expect.poll(mapped).toEqual([['Daily Mail', 'mapped', 'Daily Mail']]);
  await alex.type('/icb undo');
  await alex.told('Newer changes of yours are taken back already');
  await alex.press('Undo');
  await expect.poll(mapped).toEqual([['Daily Mail', 'unmapped', undefined]]);
  await alex.type('/icb undo');
  await alex.told('I find no change of yours');
});
