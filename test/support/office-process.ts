import { setTimeout as wait } from 'node:timers/promises';
import { localPsa } from '../../src/adapters/psa-local/local-psa.ts';
import { postgresStore } from '../../src/adapters/store-postgres/postgres-store.ts';
import { dateIn } from '../../src/domain/calendar.ts';
import { ModuleId } from '../../src/domain/ids.ts';
import { keepUp } from '../../src/keep-up.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import type { Core } from '../../src/usecases/core.ts';
import { missedNights } from '../../src/usecases/missed-nights.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startNight } from '../../src/usecases/start-night.ts';
import { SyncQueue, type SyncQueueHooks } from '../../src/usecases/sync-queue.ts';

const RMM = ModuleId.parse('datto-rmm');

/** What the module counts on a day: always the same, whoever asks. Never a jump that would be held. */
export const countOn = (now: Temporal.Instant): number =>
  10 + (Math.floor(now.epochMilliseconds / 86_400_000) % 5);

/** The core of one process: one module with one site, the clock as the test sets it. */
export function officeCore(
  store: TenantStore,
  name: string,
  now: () => Temporal.Instant,
  hooks?: SyncQueueHooks,
): Core {
  let ids = 0;
  const log = () => {};
  const source: UsageSource = {
    module: RMM,
    async count() {
      await wait(5); // Long enough that processes also die while they count.
      return {
        organizations: [{ externalId: 'Daily Mail', name: 'Daily Mail' }],
        devices: [],
        counts: [{ externalId: 'Daily Mail', billingType: 'AllDevicesMetric', quantity: countOn(now()) }],
      };
    },
  };
  return {
    store,
    psa: localPsa(),
    sources: new Map([[RMM, source]]),
    notifier: { syncFinished: async () => {} },
    clock: { now, today: () => dateIn(now(), 'UTC'), timeZone: 'UTC' },
    newId: (prefix) => `${prefix}_${name}_${++ids}`,
    syncQueue: new SyncQueue(hooks),
    log: { info: log, warn: log, error: log },
  };
}

export interface OfficeProcess {
  readonly core: Core;
  /** As at the start of icb: takes up what is left and makes up for a missed night. */
  start(dueSince: (since: Temporal.Instant) => readonly Temporal.Instant[]): Promise<void>;
  /** As the schedule does when a night is due; resolves when its run, if it is this process's, is over. */
  night(due: Temporal.Instant): Promise<void>;
  /** As every fifteen seconds. */
  look(): Promise<void>;
  close(): Promise<void>;
}

interface Settings {
  readonly url: string;
  readonly name: string;
  readonly now: () => Temporal.Instant;
  /** Never resolves once the process is dead, so that nothing of it goes on. */
  readonly delay?: (ms: number) => Promise<unknown>;
}

/** All that a process of icb does with the store at night, on a PostgreSQL that it shares. */
export async function officeProcess({ url, name, now, delay = wait }: Settings): Promise<OfficeProcess> {
  const store = await postgresStore({
    url,
    connections: 3,
    askEveryMs: 10,
    delay: (ms) => delay(Math.min(ms, 50)),
    patienceMs: { call: 10_000, run: 60_000 },
  });
  const core = officeCore(await store.for('default'), name, now, {
    alone: (work, options) => store.exclusively('default', 'sync', work, options),
  });
  const others = keepUp(core);
  return {
    core,
    async start(dueSince) {
      await recoverRuns(core);
      let dues: readonly Temporal.Instant[] = [];
      const missed = await missedNights(core, (since) => {
        dues = dueSince(since);
        return dues;
      });
      const due = dues.at(-1);
      if (due && missed.length > 0) await (await startNight(core, { due, trigger: 'catch-up' }))?.finished;
    },
    async night(due) {
      await (await startNight(core, { due, trigger: 'night' }))?.finished;
    },
    async look() {
      await others.once();
      await core.syncQueue.idle();
    },
    async close() {
      core.syncQueue.stop();
      await store.close();
    },
  };
}
