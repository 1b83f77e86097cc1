import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '../domain/actor.ts';
import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { type ModuleId, SyncRunId } from '../domain/ids.ts';
import { same } from '../domain/same.ts';
import type { SyncRun, SyncTrigger } from '../domain/sync-run.ts';
import { notCounted } from '../sync/count-modules.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { knownOrganization } from './list-organizations.ts';
import { runSync, type Tell } from './run-sync.ts';

export interface SyncRequest {
  readonly trigger: SyncTrigger;
  readonly by: Actor;
  /** Count this module only. */
  readonly module?: string | undefined;
  /** Apply counts to this organization only. */
  readonly organization?: string | undefined;
  /** Count and plan, write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Business days of nights that were missed before a catch-up run. */
  readonly missedNights?: readonly IsoDate[] | undefined;
}

/**
 * Starts a sync and returns at once; behind a running one it waits for its turn.
 * Errors: `unknown-module`, `unknown-organization`, `not-enabled`, `conflict` while icb stops.
 */
export async function startSync(
  core: Core,
  request: SyncRequest,
): Promise<{ readonly id: SyncRunId; readonly finished: Promise<SyncRun> }> {
  if (core.syncQueue.stopped)
    throw new IcbError('conflict', 'icb is stopping; start the sync again in a minute.');
  const enabled = await enabledModules(core);
  const module = request.module === undefined ? undefined : await knownModule(core, request.module);
  if (module && !enabled.includes(module.id))
    throw new IcbError('not-enabled', `${module.name} is not enabled. Switch it on with /icb enable.`);
  const organization =
    request.organization === undefined ? undefined : await knownOrganization(core, request.organization);
  const run = newRun(core, request, {
    modules: module ? [module.id] : enabled,
    scope: { ...(module && { module: module.id }), ...(organization && { organization: organization.id }) },
  });
  // Behind another it may wait for long, and another process may be asked for it: were icb stopped meanwhile, nobody
  // would know of it.
  if (core.syncQueue.all().length > 0 || core.syncQueue.isShared)
    await core.store.commit({ put: { syncRuns: [run] } });
  return { id: run.id, finished: enqueueRun(core, run) };
}

/** A run that has not had its turn. */
export function newRun(
  core: Core,
  request: SyncRequest,
  { modules, scope, id = core.newId('run') }: NewRun,
): SyncRun {
  return {
    id: SyncRunId.parse(id),
    trigger: request.trigger,
    by: request.by,
    ...(core.task ? { task: core.task } : {}),
    state: 'running',
    dryRun: request.dryRun ?? false,
    scope,
    date: core.clock.today(),
    startedAt: isoInstant(core.clock.now()),
    modules: modules.map(notCounted),
    lines: { create: 0, change: 0, none: 0, held: 0, blocked: 0 },
    psaWrites: 0,
    items: { created: 0, changed: 0, removed: 0 },
    ...(request.missedNights?.length ? { missedNights: [...request.missedNights] } : {}),
  };
}

interface NewRun {
  readonly modules: readonly ModuleId[];
  readonly scope: SyncRun['scope'];
  readonly id?: string;
}

/** Lets a run have its turn, and people told how it went. */
export function enqueueRun(core: Core, run: SyncRun): Promise<SyncRun> {
  const tell = tellOf(core);
  if (!core.syncQueue.isShared) return core.syncQueue.enqueue(run, () => runSync(core, run, tell), tell);
  // While it waited for its turn, another process may have ended it, or begun it and died.
  let stands = run;
  const doneElsewhere = async (): Promise<SyncRun | undefined> => {
    const stored = await (await core.store.snapshot()).get('syncRuns', run.id);
    if (stored && stored.state !== 'running') return stored;
    const isBegun = stored !== undefined && (run.resumed !== undefined || !same(stored, run));
    if (isBegun) stands = { ...stored, resumed: (stored.resumed ?? 0) + 1 };
    return undefined;
  };
  return core.syncQueue.enqueue(run, () => runSync(core, stands, tell), tell, doneElsewhere);
}

/**
 * Tells people how one run went, again where it goes on, one message after the other: the later edits the earlier. A
 * summary that could not be posted changes nothing that was billed.
 */
export function tellOf(core: Core): Tell {
  let before: Promise<void> = Promise.resolve();
  // Telling may outlast the run: it is not done in the run's turn, which then another has.
  const outside = AsyncLocalStorage.snapshot();
  return (run) => {
    const told = async (): Promise<void> => {
      if (run.dryRun) return;
      try {
        await core.notifier.syncFinished(run);
      } catch (err) {
        core.log.warn({ err, run: run.id }, 'the sync summary could not be posted');
      }
    };
    before = before.then(() => outside(() => core.syncQueue.partOf(run, told)));
    return before;
  };
}

export async function enabledModules(core: Core): Promise<ModuleId[]> {
  const states = await (await core.store.snapshot()).list('moduleStates');
  return states.filter((state) => state.enabled).map((state) => state.id);
}
