import type { Core } from './usecases/core.ts';
import { listSyncs } from './usecases/list-syncs.ts';
import { officeSettings } from './usecases/office-settings.ts';
import { recoverRuns } from './usecases/recover-runs.ts';

const EVERY_MS = 15_000;

/**
 * What a process does now and then because others share its store: takes settings into use that were saved elsewhere,
 * takes up a run whose process died, and lets a run of another process go before one that only waits.
 */
export function keepUp(core: Core) {
  let settings = -1;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const office = await officeSettings(core);
    if (office.revision !== settings) core.office?.changed(office);
    settings = office.revision;
    const foreign = (await listSyncs(core)).filter(
      ({ id, state }) => state === 'running' && core.syncQueue.live(id) === undefined,
    );
    if (foreign.length === 0 || core.syncQueue.stopped) return;
    if (core.syncQueue.all().length > 0) core.syncQueue.letOthers();
    else await recoverRuns(core);
  };
  const once = (): Promise<void> => {
    looking = looking.then(look).catch((err) => {
      core.log.warn({ err }, 'icb could not look for what other processes did');
    });
    return looking;
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    once,
    start(): void {
      timer = setInterval(once, EVERY_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await looking;
    },
  };
}
