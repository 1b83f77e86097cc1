import { prometheusMeter } from './adapters/metrics-prometheus/prometheus-meter.ts';
import type { Config } from './config.ts';
import type { SyncRun } from './domain/sync-run.ts';
import type { Gauges } from './ports/meter.ts';
import type { Log } from './usecases/core.ts';
import type { SyncQueueHooks } from './usecases/sync-queue.ts';

type PrometheusMeter = ReturnType<typeof prometheusMeter>;

/** What is measured, and where it can be read; undefined where metrics are off. */
export function createMeter(
  { metrics, metricsToken }: Pick<Config, 'metrics' | 'metricsToken'>,
  parts: { readonly version: string; readonly gauges: () => Promise<Gauges>; readonly log: Log },
) {
  if (metrics === 'off') return undefined;
  const meter = prometheusMeter({
    version: parts.version,
    gauges: parts.gauges,
    failed: (err) => parts.log.warn({ err }, 'figures of the store could not be read'),
  });
  return {
    meter,
    door: {
      text: meter.text,
      contentType: meter.contentType,
      open: metrics === 'open',
      token: metricsToken,
    },
  };
}

/** Tells the meter of runs that are over. */
export const runEnded =
  (meter: PrometheusMeter | undefined): NonNullable<SyncQueueHooks['ended']> =>
  ({ trigger, state, dryRun, startedAt, finishedAt, modules }: SyncRun) =>
    meter?.runEnded({
      trigger,
      state,
      dryRun,
      seconds: finishedAt ? Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0,
      modules: modules.map(({ id, state: counted, durationMs }) => ({
        id,
        state: counted,
        seconds: durationMs === undefined ? undefined : durationMs / 1000,
      })),
    });
