import { expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { undoMappings } from '../../src/usecases/undo-mappings.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

const ACME = 'datto-rmm:Acme';
const DAILY_MAIL = 'datto-rmm:Daily Mail';
type Decisions = Parameters<typeof confirmMappings>[1]['mappings'];
const decide = (office: Office, ...mappings: Decisions) =>
  confirmMappings(office.core, { by: ADA, mappings });
const undo = (office: Office, { change = '' }: { change?: string }) =>
  undoMappings(office.core, { by: BOB, change });
const suggested = async (office: Office) =>
  Object.fromEntries(
    (await listSuggestions(office.core)).map(({ name, candidates }) => [
      name,
      candidates.map((each) => each.name),
    ]),
  );
const rejected = async (office: Office) =>
  (await office.list('rejectedPairs')).map((pair) => [pair.moduleOrganizationId, pair.organizationId]);

test('a rejected pair is kept with who and when, and never offered again', async () => {
  const office = await Office.open();
  expect(await suggested(office)).toEqual({ 'Daily Mail': ['Daily Mail'], Acme: ['Acme'] });
  const { lines } = await decide(office, { moduleOrganizationId: ACME, reject: ['2'] });
  expect(lines).toEqual(['Acme (Datto RMM) is not Acme']);
  expect(await suggested(office)).toEqual({ 'Daily Mail': ['Daily Mail'], Acme: [] });
  expect(await office.list('rejectedPairs')).toMatchObject([
    { moduleOrganizationId: ACME, organizationId: '2', by: ADA, at: expect.stringMatching(/Z$/) },
  ]);
  const [acme] = await listModuleOrganizations(office.core, { search: 'acme' });
  expect(acme?.rejected).toMatchObject([{ organizationId: '2', organization: 'Acme', by: ADA }]);
  const audit = (await office.list('audit')).at(-1);
  expect(audit).toMatchObject({ action: 'confirm-mappings', by: ADA, text: lines[0] });
});

test('rejecting it again changes nothing', async () => {
  const office = await Office.open();
  await decide(office, { moduleOrganizationId: ACME, reject: ['2', '2'] });
  const revision = await office.revision();
  expect(await decide(office, { moduleOrganizationId: ACME, reject: ['2'] })).toEqual({
    changed: 0,
    lines: [],
  });
  expect(await office.revision()).toBe(revision);
});

test('the organization can still be picked by hand; that ends the rejection, and undo brings it back', async () => {
  const office = await Office.open();
  await decide(office, { moduleOrganizationId: ACME, reject: ['2'] });
  const saved = await decide(office, { moduleOrganizationId: ACME, organizationId: '2' });
  expect(saved.lines).toEqual(['Acme (Datto RMM) → Acme']);
  expect(await rejected(office)).toEqual([]);
  const [mapping] = await office.list('organizationMappings');
  expect(mapping).not.toHaveProperty('suggestion');
  expect(await undo(office, saved)).toEqual({
    lines: ['Acme (Datto RMM) is not Acme', 'Acme (Datto RMM) is no longer mapped'],
    left: [],
  });
  expect(await rejected(office)).toEqual([[ACME, '2']]);
  expect(await office.list('organizationMappings')).toEqual([]);
});

test('rejecting is taken back, and that too', async () => {
  const office = await Office.open();
  const saved = await decide(office, { moduleOrganizationId: ACME, reject: ['2'] });
  expect((await undo(office, saved)).lines).toEqual(['Acme may be suggested for Acme (Datto RMM) again']);
  expect(await suggested(office)).toMatchObject({ Acme: ['Acme'] });
  const undoing = (await office.list('audit')).at(-1);
  await undo(office, { change: undoing?.id ?? '' });
  expect(await rejected(office)).toEqual([[ACME, '2']]);
});

test('one saving says what it is not and what it is, and unmaps what was wrong', async () => {
  const office = await Office.open();
  await decide(office, { moduleOrganizationId: ACME, reject: ['2'], organizationId: '1' });
  expect(await office.list('organizationMappings')).toMatchObject([{ id: ACME, organizationId: '1' }]);
  await decide(office, { moduleOrganizationId: ACME, unmap: true, reject: ['1'] });
  expect(await office.list('organizationMappings')).toEqual([]);
  expect((await rejected(office)).map(([, id]) => id).toSorted()).toEqual(['1', '2']);
});

test('what it is mapped to cannot be rejected as well, by an undo neither', async () => {
  const office = await Office.open();
  const first = await decide(office, { moduleOrganizationId: ACME, organizationId: '2' });
  const refused = await refusal(decide(office, { moduleOrganizationId: ACME, reject: ['2'] }));
  expect(refused).toMatchObject({ code: 'conflict', message: expect.stringContaining('unmap it first') });
  const both = await refusal(
    decide(office, { moduleOrganizationId: DAILY_MAIL, organizationId: '1', reject: ['1'] }),
  );
  expect(both).toMatchObject({ code: 'conflict' });
  const gone = await refusal(decide(office, { moduleOrganizationId: ACME, reject: ['77'] }));
  expect(gone).toMatchObject({ code: 'unknown-organization' });

  const unmapped = await undo(office, first);
  expect(unmapped.lines).toHaveLength(1);
  const undoing = (await office.list('audit')).at(-1);
  await decide(office, { moduleOrganizationId: ACME, reject: ['2'] });
  expect(await undo(office, { change: undoing?.id ?? '' })).toEqual({ lines: [], left: ['Acme'] });
  expect(await rejected(office)).toEqual([[ACME, '2']]);
});
