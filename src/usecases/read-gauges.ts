import { roundToCents } from '../domain/money.ts';
import { isOpen, needsPerson } from '../domain/unit-push.ts';
import type { Gauges } from '../ports/meter.ts';
import type { Core } from './core.ts';
import { heldLines } from './held-lines.ts';
import { itemTotals } from './list-billing-items.ts';
import { listSyncs } from './list-syncs.ts';

/** A plan and every pending item are read for it: no more often than this, and only when something was written. */
const KEPT_MS = 15_000;
const RUNS_LOOKED_AT = 100;

/** What stands in the store, for whoever watches; a scrape every few seconds costs no more than one. */
export function readGauges(core: Core, machineNow: () => number): () => Promise<Gauges> {
  let kept: { readonly at: number; readonly of: string; readonly gauges: Promise<Gauges> } | undefined;
  return async () => {
    const { revision } = await core.store.snapshot();
    const of = `${revision} ${core.clock.today()}`;
    if (!kept || (kept.of !== of && machineNow() - kept.at >= KEPT_MS))
      kept = { at: machineNow(), of, gauges: read(core) };
    kept.gauges.catch(() => {
      kept = undefined;
    });
    return { ...(await kept.gauges), runsUnderWay: core.syncQueue.all().length };
  };
}

async function read(core: Core): Promise<Gauges> {
  const snapshot = await core.store.snapshot();
  const pending = [];
  for (const month of await snapshot.partitions('billingItems')) {
    const items = await snapshot.list('billingItems', { from: month, to: month });
    for (const item of items) if (item.status === 'pending') pending.push(item);
  }
  const pushes = (await snapshot.list('unitPushes')).filter((push) => isOpen(push) || needsPerson(push));
  const runs = await listSyncs(core, { limit: RUNS_LOOKED_AT });
  const lastDone = runs.find(
    ({ state, dryRun, scope }) => state === 'done' && !dryRun && !scope.module && !scope.organization,
  );
  return {
    heldLines: (await heldLines(core)).length,
    pending: itemTotals(pending).map(({ currency, amount, count }) => ({
      currency,
      amount: roundToCents(amount),
      items: count,
    })),
    unitChanges: [...Map.groupBy(pushes, ({ state }) => state.status)].map(([status, own]) => ({
      status,
      count: own.length,
    })),
    ...(lastDone?.finishedAt ? { lastDoneAt: lastDone.finishedAt } : {}),
    runsUnderWay: 0,
    revision: snapshot.revision,
  };
}
