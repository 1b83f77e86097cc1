import { SYSTEM } from '../domain/actor.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { Core } from './core.ts';
import { thin } from './thin.ts';

/** Thins at most once on a business day; what goes wrong is logged and tried again the next day. */
export function thinDaily(core: Core): () => Promise<void> {
  let done: IsoDate | undefined;
  return async () => {
    const today = core.clock.today();
    if (done === today || core.syncQueue.stopped) return;
    done = today;
    try {
      const rows = await thin(core, { by: SYSTEM });
      const gone = rows.filter(({ removed, reduced }) => removed + reduced > 0);
      const thinned = Object.fromEntries(
        gone.map(({ kind, removed, reduced }) => [kind, { removed, reduced }]),
      );
      core.log.info({ thinned }, 'old records thinned');
    } catch (err) {
      core.log.error({ err }, 'old records could not be thinned');
    }
  };
}
