import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';

const CLI = { kind: 'cli', name: 'test' } as const;

/** Daily Mail counted, mapped and billed: 14 devices at 12.50. */
export async function billDailyMail(core: Core): Promise<void> {
  await enableModule(core, { module: 'datto-rmm', by: CLI });
  await (await startSync(core, { trigger: 'cli', by: CLI })).finished;
  await confirmMappings(core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  const service = { contractId: '100', module: 'datto-rmm', contractServiceId: '1000' };
  await mapBillingTypes(core, {
    by: CLI,
    mappings: [{ ...service, billingType: 'AllDevicesMetric', from: 'period-start' }],
  });
  await (await startSync(core, { trigger: 'cli', by: CLI })).finished;
}
