import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import { stableId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { UnitPush } from '../domain/unit-push.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Plan } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';

/** The plan's changes of units as rows of the outbox, to be written in the plan's own commit and sent after it. */
export async function queuedPushes(
  core: Core,
  snapshot: Snapshot,
  run: SyncRun,
  { adjustments }: Plan,
): Promise<UnitPush[]> {
  if (adjustments.length === 0) return [];
  const services = new Map((await snapshot.list('contractServices')).map((service) => [service.id, service]));
  const createdAt: IsoInstant = isoInstant(core.clock.now());
  return Promise.all(
    adjustments.map(async ({ contractServiceId, effectiveDate, change }): Promise<UnitPush> => {
      const service = services.get(contractServiceId);
      if (!service) throw new Error(`units of ${contractServiceId} change, which is no contract service`);
      const id = await freeId(snapshot, run.id, contractServiceId, effectiveDate);
      const { contractId } = service;
      return {
        id,
        runId: run.id,
        contractId,
        contractServiceId,
        effectiveDate,
        change,
        createdAt,
        state: { status: 'queued' },
      };
    }),
  );
}

/** A run that plans again for a module that was late may change the same service and day once more. */
async function freeId(snapshot: Snapshot, ...facts: readonly string[]): Promise<string> {
  for (let sequence = 0; ; sequence++) {
    const id = stableId('up', ...facts, ...(sequence === 0 ? [] : [String(sequence)]));
    if ((await snapshot.get('unitPushes', id)) === undefined) return id;
  }
}
