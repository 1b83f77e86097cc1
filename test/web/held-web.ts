import { SYSTEM } from '../../src/domain/actor.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type SampleWeb, sampleWeb } from './sample-web.ts';
import {
  HOSTILE,
  importSampleBook,
  RMM,
  type StandInSource,
  sampleCore,
  standInSource,
} from './sample-world.ts';

export interface HeldWeb extends SampleWeb {
  readonly source: StandInSource;
  /** Counts of the three sites, then a sync. */
  readonly count: (dailyMail: number, acme: number, hostile: number) => Promise<void>;
}

/**
 * Daily Mail's 14 devices, Acme's 6 and 4 of a hostile name are billed at 12.50 from the period's start; then Daily Mail
 * and the hostile one count none, which waits for a person, and Acme counts 8.
 */
export async function heldWeb(): Promise<HeldWeb> {
  const source = standInSource();
  const web = await sampleWeb({ core: await sampleCore(source) });
  const { core } = web;
  const count: HeldWeb['count'] = async (...quantities) => {
    source.answer = {
      organizations: ['Daily Mail', 'Acme', HOSTILE].map((name, at) => ({ externalId: `s${at + 1}`, name })),
      counts: quantities.map((quantity, at) => ({
        externalId: `s${at + 1}`,
        billingType: 'AllDevicesMetric',
        quantity,
      })),
      devices: [],
    };
    await (await startSync(core, { trigger: 'web', by: SYSTEM })).finished;
  };
  await importSampleBook(core);
  await enableModule(core, { module: RMM, by: SYSTEM });
  await count(14, 6, 4);
  await confirmMappings(core, {
    by: SYSTEM,
    mappings: [1, 2, 3].map((n) => ({ moduleOrganizationId: `datto-rmm:s${n}`, organizationId: `o${n}` })),
  });
  await mapBillingTypes(core, {
    by: SYSTEM,
    mappings: [1, 2, 3].map((n) => ({
      contractId: `c${n}`,
      module: RMM,
      billingType: 'AllDevicesMetric',
      contractServiceId: `cs${n}`,
      from: 'period-start' as const,
    })),
  });
  await count(14, 6, 4);
  await count(0, 6, 0);
  return { ...web, source, count };
}
