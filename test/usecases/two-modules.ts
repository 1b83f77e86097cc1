import { IcbError } from '../../src/domain/errors.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import type { UsageAnswer, UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { ADA, Office } from './office.ts';

export const ROCKET = ModuleId.parse('rocketcyber');
export const down = new IcbError('source-unavailable', 'RocketCyber does not answer. Try again later.');

/** An office with two modules; RocketCyber fails as often as `failures` says. Waits are noted and over at once. */
export async function twoModules(failures: number) {
  const office = await Office.mapped();
  const waits: number[] = [];
  let asked = 0;
  let atWait: () => Promise<void> = async () => {};
  const rocket: UsageSource = {
    module: ROCKET,
    async count({ onRequest }): Promise<UsageAnswer> {
      onRequest?.();
      if (++asked <= failures) throw down;
      const counts = [{ externalId: 'Acme', billingType: 'Agents', quantity: 7 }];
      return { organizations: [{ externalId: 'Acme', name: 'Acme' }], counts, devices: [] };
    },
  };
  const core: Core = {
    ...office.core,
    sources: new Map([...office.core.sources, [ROCKET, rocket]]),
    syncQueue: new SyncQueue(),
    wait: async (ms) => {
      waits.push(Math.round(ms / 60_000));
      await atWait();
    },
  };
  await enableModule(core, { module: ROCKET, by: ADA });
  return {
    office,
    core,
    waits,
    asked: () => asked,
    onWait: (act: () => Promise<void>) => (atWait = act),
    night: async () => (await startSync(core, { trigger: 'night', by: ADA })).finished,
  };
}
