import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Gauges, Meter } from '../../ports/meter.ts';

export interface PrometheusMeter extends Meter {
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const SHORT = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STORE = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5];
/** Slack gives up after 3 s. */
const SLACK = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];
const LONG = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 3600];

/**
 * @param gauges read at each scrape
 * @param failed told when they cannot be: the other figures are given all the same
 */
export function prometheusMeter(options: {
  readonly version: string;
  readonly gauges: () => Promise<Gauges>;
  readonly failed: (error: unknown) => void;
}): PrometheusMeter {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });

  const requests = histogram(
    'icb_http_request_duration_seconds',
    'Answered requests by route pattern.',
    ['method', 'route', 'status'],
    SHORT,
  );
  const slack = histogram(
    'icb_slack_ack_seconds',
    'How long Slack waited for its answer.',
    ['status'],
    SLACK,
  );
  const vendors = counter('icb_vendor_requests_total', 'HTTP requests to vendors and the PSA.', ['vendor']);
  const store = histogram(
    'icb_store_operation_seconds',
    'Reads and writes of the store.',
    ['operation', 'outcome'],
    STORE,
  );
  const runs = counter('icb_sync_runs_total', 'Syncs that ended; dry ones are rehearsals.', [
    'trigger',
    'state',
    'dry',
  ]);
  const runSeconds = histogram(
    'icb_sync_run_duration_seconds',
    'From a sync’s start to its end, waits for a second try included.',
    ['trigger', 'state'],
    LONG,
  );
  const moduleSeconds = histogram(
    'icb_module_count_duration_seconds',
    'Spent counting a module in one sync.',
    ['module', 'state'],
    LONG,
  );
  const readGauges = gaugesIn(registry, options);

  return {
    contentType: registry.contentType,
    async text() {
      await readGauges().catch(options.failed);
      return registry.metrics();
    },
    request: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    slackAnswered: (status, seconds) => slack.observe({ status: String(status) }, seconds),
    vendorRequest: (vendor) => vendors.inc({ vendor }),
    stored: (operation, seconds, failed) =>
      store.observe({ operation, outcome: failed ? 'failed' : 'done' }, seconds),
    runEnded({ trigger, state, dryRun, seconds, modules }) {
      runs.inc({ trigger, state, dry: String(dryRun) });
      if (dryRun) return;
      runSeconds.observe({ trigger, state }, seconds);
      for (const module of modules)
        if (module.seconds !== undefined)
          moduleSeconds.observe({ module: module.id, state: module.state }, module.seconds);
    },
  };
}

/** One reading sets them all, before a scrape is answered. */
function gaugesIn(
  registry: Registry,
  { version, gauges }: Parameters<typeof prometheusMeter>[0],
): () => Promise<void> {
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  gauge('icb_build_info', 'Always 1; the version is its label.', ['version']).set({ version }, 1);
  const held = gauge('icb_held_lines', 'Plan lines whose counts wait for a person.');
  const pending = gauge('icb_pending_amount', 'Money of pending billing items.', ['currency']);
  const items = gauge('icb_pending_items', 'Pending billing items.', ['currency']);
  const changes = gauge('icb_unit_changes', 'Unit changes for the PSA that are not over.', ['status']);
  const lastDone = gauge(
    'icb_sync_last_done_timestamp_seconds',
    'When the newest sync that counted every module ended; 0: never.',
  );
  const underWay = gauge('icb_sync_runs_under_way', 'Syncs running or queued.');
  const revision = gauge('icb_store_revision', 'Grows with every commit.');
  return async () => {
    const now = await gauges();
    for (const each of [pending, items, changes]) each.reset();
    for (const { currency, amount, items: count } of now.pending) {
      // A gauge is a float; cents of anything an MSP bills are exact in it.
      pending.set({ currency }, Number(amount));
      items.set({ currency }, count);
    }
    for (const { status, count } of now.unitChanges) changes.set({ status }, count);
    held.set(now.heldLines);
    lastDone.set(now.lastDoneAt ? Date.parse(now.lastDoneAt) / 1000 : 0);
    underWay.set(now.runsUnderWay);
    revision.set(now.revision);
  };
}
