import { describe, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { undoMappings } from '../../src/usecases/undo-mappings.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

const DAILY_MAIL = 'datto-rmm:Daily Mail';
const ACME = 'datto-rmm:Acme';
type Decisions = Parameters<typeof confirmMappings>[1]['mappings'];
const decide = (office: Office, by: typeof ADA, ...mappings: Decisions) =>
  confirmMappings(office.core, { by, mappings });
const undo = (office: Office, { change = '' }: { change?: string }) =>
  undoMappings(office.core, { by: BOB, change });
const mappings = async (office: Office) =>
  Object.fromEntries(
    (await listModuleOrganizations(office.core)).map(({ name, mapping }) => [
      name,
      mapping.organization ?? mapping.reason ?? mapping.status,
    ]),
  );

describe('a saving is taken back', () => {
  test('as a whole, each to what it was before', async () => {
    const office = await Office.open();
    await decide(office, ADA, { moduleOrganizationId: ACME, ignore: 'A lab' });
    const saved = await decide(
      office,
      ADA,
      { moduleOrganizationId: DAILY_MAIL, organizationId: '1' },
      { moduleOrganizationId: ACME, organizationId: '2' },
    );
    expect(await mappings(office)).toEqual({ 'Daily Mail': 'Daily Mail', Acme: 'Acme' });
    expect(await undo(office, saved)).toEqual({
      lines: ['Acme (Datto RMM) is ignored: A lab', 'Daily Mail (Datto RMM) is no longer mapped'],
      left: [],
    });
    expect(await mappings(office)).toEqual({ 'Daily Mail': 'unmapped', Acme: 'A lab' });
    const [acme] = (await listModuleOrganizations(office.core)).filter(({ name }) => name === 'Acme');
    expect(acme?.mapping.by).toEqual(BOB);
  });

  test('but not what somebody has changed since, nor what it had left as it was', async () => {
    const office = await Office.open();
    await decide(office, ADA, { moduleOrganizationId: ACME, organizationId: '2' });
    const saved = await decide(
      office,
      ADA,
      { moduleOrganizationId: ACME, organizationId: '2' },
      { moduleOrganizationId: DAILY_MAIL, organizationId: '1' },
    );
    await decide(office, BOB, { moduleOrganizationId: DAILY_MAIL, organizationId: '2' });
    expect(await undo(office, saved)).toEqual({ lines: [], left: ['Daily Mail'] });
    expect(await mappings(office)).toEqual({ 'Daily Mail': 'Acme', Acme: 'Acme' });
  });

  test('once: the second time nothing is left to take back', async () => {
    const office = await Office.open();
    const saved = await decide(office, ADA, { moduleOrganizationId: ACME, organizationId: '2' });
    expect((await undo(office, saved)).lines).toHaveLength(1);
    const revision = await office.revision();
    expect(await undo(office, saved)).toEqual({ lines: [], left: ['Acme'] });
    expect(await office.revision()).toBe(revision);
  });
});

test('what is no saving of mappings cannot be taken back', async () => {
  const office = await Office.open();
  expect(await refusal(undo(office, { change: 'au_unknown' }))).toMatchObject({ code: 'not-found' });
  const again = await decide(office, ADA, { moduleOrganizationId: ACME, unmap: true });
  expect(again).toEqual({ changed: 0, lines: [] });
});
