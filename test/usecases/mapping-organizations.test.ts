import { describe, expect, test } from 'vitest';
import { confirmMappings, type MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

const SITE = 'datto-rmm:Daily Mail';
const decide = (office: Office, by: typeof ADA, ...mappings: unknown[]) =>
  confirmMappings(office.core, { by, mappings: mappings as MappingDecision[] });

describe('refused', () => {
  test.each([
    ['0', 'not-mappable', 'own organization'],
    ['3', 'not-mappable', 'its type is dead'],
    ['4', 'not-mappable', 'its type is cancellation'],
    ['5', 'not-mappable', 'it is inactive'],
    ['99', 'unknown-organization', '"99"'],
  ])('organization %s: %s', async (organizationId, code, words) => {
    const office = await Office.open();
    const refused = await refusal(decide(office, ADA, { moduleOrganizationId: SITE, organizationId }));
    expect(refused).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test('all of a request, when one is wrong', async () => {
    const office = await Office.open();
    const revision = await office.revision();
    const good = { moduleOrganizationId: SITE, organizationId: '1' };
    const bad = { moduleOrganizationId: 'datto-rmm:Nobody', organizationId: '1' };
    expect(await refusal(decide(office, ADA, good, bad))).toMatchObject({ code: 'not-found' });
    expect(await office.revision()).toBe(revision);
  });

  test.each([
    [{ moduleOrganizationId: SITE }, 'mappings'],
    [{ moduleOrganizationId: SITE, ignore: ' ' }, '0.ignore: a reason'],
    [{ moduleOrganizationId: SITE, organizationId: '1', unmap: true }, '0'],
    ['Daily Mail', '0'],
  ])('%j as bad input, with the field', async (mapping, field) => {
    const office = await Office.open();
    const refused = await refusal(decide(office, ADA, mapping));
    expect(refused).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('nothing was saved'),
    });
    expect(refused.details.join()).toContain(field === 'mappings' ? '0.' : field);
  });

  test('two decisions on one module organization', async () => {
    const office = await Office.open();
    const twice = [
      { moduleOrganizationId: SITE, organizationId: '1' },
      { moduleOrganizationId: SITE, unmap: true },
    ];
    expect(await refusal(decide(office, ADA, ...twice))).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(SITE),
    });
  });
});

describe('two people at once', () => {
  const mapped = (organizationId: string) => ({
    moduleOrganizationId: SITE,
    organizationId,
    expect: 'unmapped',
  });

  test('the second is told who was first and what to', async () => {
    const office = await Office.open();
    await decide(office, ADA, mapped('1'));
    const refused = await refusal(decide(office, BOB, mapped('2')));
    expect(refused).toMatchObject({ code: 'conflict' });
    expect(refused.message).toMatch(
      /Daily Mail was already mapped to Daily Mail by Ada at 2026-11-10 09:00 UTC/,
    );
  });

  test('deciding the same is no conflict and no change', async () => {
    const office = await Office.open();
    await decide(office, ADA, mapped('1'));
    const revision = await office.revision();
    expect(await decide(office, BOB, mapped('1'))).toEqual({ changed: 0, lines: [] });
    expect(await office.revision()).toBe(revision);
    expect(await office.list('organizationMappings')).toMatchObject([{ by: ADA }]);
  });

  test('a commit that came between is looked at before deciding', async () => {
    const office = await Office.open();
    const { store } = office.core;
    let between = 0;
    const racing = {
      ...office.core,
      store: {
        snapshot: () => store.snapshot(),
        commit: async (...args: Parameters<typeof store.commit>) => {
          if (between++ === 0) await decide(office, ADA, mapped('1'));
          return store.commit(...args);
        },
      },
    };
    const mappings = [mapped('2')] as MappingDecision[];
    expect(await refusal(confirmMappings(racing, { by: BOB, mappings }))).toMatchObject({ code: 'conflict' });
    expect(await office.list('organizationMappings')).toMatchObject([{ organizationId: '1', by: ADA }]);
  });

  test('a store that is never free is given up on, with nothing changed', async () => {
    const office = await Office.open();
    const { store } = office.core;
    const busy = {
      ...office.core,
      store: {
        snapshot: () => store.snapshot(),
        commit: async (...[changes, options]: Parameters<typeof store.commit>) => {
          await store.commit({ put: { organizations: [] } });
          return store.commit(changes, options);
        },
      },
    };
    const mappings = [mapped('1')] as MappingDecision[];
    expect(await refusal(confirmMappings(busy, { by: BOB, mappings }))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Try again'),
    });
    expect(await office.list('organizationMappings')).toEqual([]);
  });
});

test('ignore with a reason, map, unmap: each with one audit entry holding before and after', async () => {
  const office = await Office.open();
  await decide(office, ADA, { moduleOrganizationId: SITE, ignore: 'test lab' });
  await decide(office, BOB, { moduleOrganizationId: SITE, organizationId: '1' });
  const { lines } = await decide(office, ADA, { moduleOrganizationId: SITE, unmap: true });
  expect(lines).toEqual(['Daily Mail (Datto RMM) is no longer mapped']);
  expect(await office.list('organizationMappings')).toEqual([]);
  const audit = (await office.list('audit')).filter((entry) => entry.action === 'confirm-mappings');
  expect(audit).toMatchObject([
    { by: ADA, before: [null], after: [{ status: 'ignored', reason: 'test lab' }] },
    { by: BOB, before: [{ status: 'ignored' }], after: [{ status: 'mapped', organizationId: '1' }] },
    { by: ADA, before: [{ status: 'mapped' }], after: [] },
  ]);
});

test('what is decided is no longer suggested; lists filter by status and search', async () => {
  const office = await Office.mapped();
  expect((await listSuggestions(office.core)).map((each) => each.name)).toEqual(['Acme']);
  expect(await listSuggestions(office.core, { search: 'zzz' })).toEqual([]);
  const mapped = await listModuleOrganizations(office.core, { status: 'mapped', search: 'daily' });
  expect(mapped).toMatchObject([{ id: SITE, mapping: { organization: 'Daily Mail', by: ADA } }]);
  expect(await refusal(listSuggestions(office.core, { module: 'nope' }))).toMatchObject({
    code: 'unknown-module',
  });
});
