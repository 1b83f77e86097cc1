import { describe, expect, test } from 'vitest';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { prerequisites } from '../../src/usecases/prerequisites.ts';
import { ADA, Office, refusal } from './office.ts';

describe('switching a module on', () => {
  test('an unknown one is refused with the nearest', async () => {
    const { core } = await Office.empty();
    expect(await refusal(enableModule(core, { module: 'dato rmm', by: ADA }))).toMatchObject({
      code: 'unknown-module',
      message: expect.stringContaining('"Datto RMM"'),
    });
  });

  test('one that is not connected is refused with what it takes', async () => {
    const { core } = await Office.empty({ connected: false });
    expect(await refusal(enableModule(core, { module: 'datto-rmm', by: ADA }))).toMatchObject({
      code: 'not-connected',
      message: expect.stringContaining('DATTO_RMM_API_URL'),
    });
    expect(await refusal(enableModule(core, { module: 'cyber-hawk', by: ADA }))).toMatchObject({
      code: 'not-connected',
      message: expect.stringContaining('POST /api/usage'),
    });
  });

  test('one whose usage was sent is connected', async () => {
    const { core } = await Office.empty();
    const items = [
      {
        date: '2026-11-09',
        moduleOrganization: { externalId: 'a', name: 'Acme' },
        billingType: 'Is Enabled',
        quantity: true,
      },
    ];
    await importUsage(core, { by: ADA, usage: { module: 'cyber-hawk', items } });
    expect(await enableModule(core, { module: 'cyber-hawk', by: ADA })).toMatchObject({ enabled: true });
  });

  test('a sandbox is refused', async () => {
    const { core } = await Office.empty();
    const psa = { ...core.psa, check: async () => ({ reachable: true, sandbox: true }) };
    expect(await refusal(enableModule({ ...core, psa }, { module: 'datto-rmm', by: ADA }))).toMatchObject({
      code: 'psa-sandbox',
    });
    expect((await prerequisites({ ...core, psa })).filter((each) => !each.ok)).toMatchObject([
      { text: 'The PSA is a sandbox.', todo: expect.any(String) },
      { text: 'The PSA holds no contracts.', todo: expect.any(String) },
    ]);
  });

  test('twice changes nothing and leaves one audit entry', async () => {
    const office = await Office.empty();
    await enableModule(office.core, { module: 'datto-rmm', by: ADA });
    const revision = await office.revision();
    await enableModule(office.core, { module: 'datto-rmm', by: ADA });
    expect(await office.revision()).toBe(revision);
    expect(await office.list('audit')).toMatchObject([{ action: 'enable-module', by: ADA }]);
  });
});

describe('switching it off', () => {
  test('keeps mappings and units, freezes counts and blocks its lines', async () => {
    const office = await Office.mapped();
    await office.sync();
    await disableModule(office.core, { module: 'datto-rmm', by: ADA });
    office.sites = {};
    const run = await office.day('2026-12-01').sync();
    expect(run).toMatchObject({ state: 'done', modules: [], lines: { blocked: 1 } });
    expect(await office.plan()).toMatchObject([
      { action: 'blocked', oldUnits: 14, newUnits: 14, reason: { code: 'module-disabled' } },
    ]);
    expect(await office.items()).toEqual([
      'pending period 2026-11-01 14 175.00',
      'pending period 2026-12-01 14 175.00',
    ]);
    expect(await office.list('organizationMappings')).toHaveLength(1);
    expect(await refusal(office.sync({ module: 'datto-rmm' }))).toMatchObject({ code: 'not-enabled' });
  });
});

test('modules come connected ones first, with how many of their organizations are unmapped', async () => {
  const { core } = await Office.mapped();
  const [first, ...others] = await listModules(core);
  expect(first).toMatchObject({
    id: 'datto-rmm',
    enabled: true,
    organizations: { total: 2, unmapped: 1 },
    lastSync: expect.any(String),
  });
  expect(others).toHaveLength(23);
  expect(others.every((module) => !module.connected)).toBe(true);
});
