import { afterEach, expect, test } from 'vitest';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, startBotWorld, type WorldOptions } from './bot-world.ts';
import { controls, type Person, person } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;
const pad = (n: number) => String(n).padStart(3, '0');
const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;

/** `/icb map` as an admin sees it once the module was counted. */
async function openMap(options: WorldOptions): Promise<Person> {
  world = await startBotWorld(options);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await sync();
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.modalSays('unmapped module organization');
  return alex;
}

const customers = (names: readonly string[]) => ({
  organizations: names.map((name, n) => ({ id: String(n + 1), name, type: 'customer', active: true })),
});
const sites = (names: readonly string[]) => names.map((name, n) => ({ externalId: `s${n}`, name }));

const mapped = async () =>
  Object.fromEntries(
    (await listModuleOrganizations(world.core)).map(({ name, mapping, rejected = [] }) => [
      name,
      mapping.organization ??
        [mapping.status, ...rejected.map(({ organization }) => organization)].join(' not '),
    ]),
  );
const offered = async () =>
  (await listSuggestions(world.core)).map(({ candidates }) => candidates.map(({ name }) => name));

/** What is ticked or picked in the top modal before anybody touches it. */
const preselected = () =>
  controls((world.slack.views(ADMIN).at(-1)?.view.blocks ?? []) as never).filter(
    ({ element }) => element.initial_options !== undefined || element.initial_option !== undefined,
  );

test('130 sure ones are approved page by page, as many as fit in one go, the rest in the next', async () => {
  const names = Array.from({ length: 130 }, (_, n) => `Customer ${pad(n)}`);
  const alex = await openMap({ book: customers(names), organizations: sites(names) });
  for (let page = 1; page <= 12; page++) {
    await alex.modalSays(`Page ${page} of 13 · ${10 * (page - 1)} chosen so far`);
    await alex.press('Select all sure on this page');
    await alex.modalSays(`Page ${page} of 13 · ${10 * page} chosen so far`);
    if (page < 12) await alex.press('Next page');
  }
  await alex.press('Next page');
  await alex.modalSays('Page 13 of 13 · 120 chosen so far');
  await alex.press('Select all sure on this page');
  await world.slack.waitFor(() => JSON.stringify(world.slack.views(ADMIN)).includes('save these first'));
  if (world.slack.views(ADMIN).length > 1) await world.slack.closeView(ADMIN);
  await alex.submit();
  await alex.modalSays('120 mappings to save');
  await alex.submit();
  await alex.modalSays('120 mappings saved');
  await world.slack.closeView(ADMIN);
  const left = Object.entries(await mapped()).filter(([, to]) => to === 'unmapped');
  expect(left.map(([name]) => name)).toEqual(names.slice(120));

  await alex.type('/icb map');
  await alex.modalSays('10 unmapped module organizations');
  await alex.press('Select all sure on this page');
  await alex.modalSays('10 chosen so far');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('10 mappings saved');
  expect(Object.entries(await mapped()).every(([name, to]) => name === to)).toBe(true);
});

test('what came after the list was shown is not approved with it', async () => {
  const alex = await openMap({ book: customers(['Anvil', 'Zebra']), organizations: sites(['Zebra']) });
  world.source.organizations = [...sites(['Zebra']), { externalId: 'new', name: 'Anvil' }];
  await sync();
  await alex.press('Select all sure on this page');
  await alex.modalSays('2 unmapped module organizations');
  expect(alex.modal()).toContain('1 chosen so far');
  await alex.submit();
  expect(alex.modal()).toContain('*Zebra* (Datto RMM): not mapped → *Zebra*');
  expect(alex.modal()).not.toContain('Anvil');
});

test('each suggestion shows how sure it is and why; those that fit equally well stand side by side, none preselected', async () => {
  const alex = await openMap({
    book: customers(['Acme Ltd', 'ACME Inc', 'Borealis Dental Ltd']),
    organizations: sites(['Acme', 'Borealis Dental']),
  });
  expect(alex.modal()).toMatch(/Sure: \*Borealis Dental Ltd\* \(9\d %, same name without “Ltd”\)/);
  expect(alex.modal()).toMatch(
    /Ambiguous: several fit\n• \*Acme Ltd\* \(\d+ %, .+\)\n• \*ACME Inc\* \(\d+ %, .+\)/,
  );
  expect(preselected()).toEqual([]);
  await alex.press('Select all sure on this page');
  await alex.modalSays('1 chosen so far');
  expect(preselected().map(({ actionId }) => actionId)).toEqual(['map.approve']);
});

test('not this one: saved after a review, never offered again, taken back by Undo', async () => {
  const alex = await openMap({ book: customers(['Daily Mail']), organizations: sites(['Daily Mail']) });
  alex.choose('Not this one');
  await alex.submit();
  expect(alex.modal()).toContain('1 decision to save');
  expect(alex.modal()).toContain('*Daily Mail* (Datto RMM): not mapped → *not Daily Mail*');
  await alex.press('Back');
  await alex.modalSays('1 chosen so far');
  expect(preselected()).toHaveLength(1);
  await alex.submit();
  await alex.submit();
  await alex.modalSays('Daily Mail (Datto RMM) is not Daily Mail');
  expect([await mapped(), await offered()]).toEqual([{ 'Daily Mail': 'unmapped not Daily Mail' }, [[]]]);
  await world.slack.closeView(ADMIN);
  await alex.told('1 decision saved');
  await alex.press('Undo');
  await alex.told('Taken back');
  expect([await mapped(), await offered()]).toEqual([{ 'Daily Mail': 'unmapped' }, [['Daily Mail']]]);
});

test('approved and not this one at once is asked about', async () => {
  const alex = await openMap({ book: customers(['Daily Mail']), organizations: sites(['Daily Mail']) });
  const [control] = controls((world.slack.views(ADMIN).at(-1)?.view.blocks ?? []) as never).filter(
    ({ actionId }) => actionId === 'map.approve',
  );
  const both = ((control?.element.options ?? []) as { value: string }[]).map(({ value }) => value);
  world.slack.enter(ADMIN, {
    viewId: String(world.slack.views(ADMIN).at(-1)?.view.id),
    values: { [control?.blockId ?? '']: { 'map.approve': both } },
  });
  expect(await alex.submit()).toEqual({ 'm.search.0': expect.stringContaining('Untick one of the two') });
  expect(await mapped()).toEqual({ 'Daily Mail': 'unmapped' });
});

test('none of these; one of them can still be found by typing, which ends its rejection', async () => {
  const alex = await openMap({ book: customers(['Acme Ltd', 'ACME Inc']), organizations: sites(['Acme']) });
  alex.choose('None of these');
  await alex.submit();
  expect(alex.modal()).toContain('→ *not Acme Ltd, nor ACME Inc*');
  await alex.submit();
  await alex.modalSays('Acme (Datto RMM) is not ACME Inc');
  expect(await offered()).toEqual([[]]);
  await world.slack.closeView(ADMIN);

  await alex.type('/icb map');
  await alex.modalSays('No suggestion: pick an organization');
  const view = world.slack.views(ADMIN).at(-1)?.view;
  const [picker] = controls((view?.blocks ?? []) as never).filter(({ actionId }) => actionId === 'map.other');
  const at = { viewId: String(view?.id), actionId: 'map.other', blockId: picker?.blockId };
  const { options } = await world.slack.options(ADMIN, { ...at, query: 'acme in' });
  await world.slack.click(ADMIN, { ...at, value: options[0]?.value });
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  expect(await world.core.store.snapshot().then((now) => now.list('rejectedPairs'))).toMatchObject([
    { organizationId: '1' },
  ]);
  expect(await mapped()).toEqual({ Acme: 'ACME Inc' });
});
