import { SYSTEM } from '../../src/domain/actor.ts';
import { addModule } from '../../src/usecases/added-modules.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { importSampleBook } from './sample-world.ts';

/**
 * Huntress, a module of one’s own: Daily Mail's 20 agents are billed at 12.50 since the period's start and Acme's 9 are;
 * yesterday's counts are known.
 */
export async function huntressOffice(core: Core): Promise<void> {
  await importSampleBook(core);
  await addModule(core, {
    by: SYSTEM,
    module: {
      name: 'Huntress',
      billingTypes: [
        { name: 'Agents', label: 'Installed agents', unit: 'count' },
        { name: 'SAT', label: 'Awareness training', unit: 'true-false' },
      ],
    },
  });
  const items = ['Daily Mail', 'Acme'].map((name, at) => ({
    date: '2026-11-21',
    moduleOrganization: { externalId: name, name },
    billingType: 'Agents',
    quantity: at === 0 ? 20 : 9,
  }));
  await importUsage(core, { by: SYSTEM, usage: { module: 'huntress', items } });
  await enableModule(core, { module: 'huntress', by: SYSTEM });
  await confirmMappings(core, {
    by: SYSTEM,
    mappings: ['Daily Mail', 'Acme'].map((name, at) => ({
      moduleOrganizationId: `huntress:${name}`,
      organizationId: `o${at + 1}`,
    })),
  });
  await mapBillingTypes(core, {
    by: SYSTEM,
    mappings: [1, 2].map((n) => ({
      contractId: `c${n}`,
      module: 'huntress',
      billingType: 'Agents',
      contractServiceId: `cs${n}`,
      from: 'period-start' as const,
    })) as never,
  });
  await (await startSync(core, { trigger: 'web', by: SYSTEM })).finished;
}

/** Daily Mail's agents rise by one, Acme's fall to zero (held), and a third organization is new. */
export const FILE =
  'Customer,Agents,Awareness training\nDaily Mail,21,yes\nAcme,0,no\n"=HYPERLINK(""http://x"")",4,\n';
