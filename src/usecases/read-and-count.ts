import type { SyncRun } from '../domain/sync-run.ts';
import { isOpen } from '../domain/unit-push.ts';
import type { RemotePsa } from '../ports/psa.ts';
import type { ModuleCount } from '../sync/count-modules.ts';
import type { Core } from './core.ts';
import { countModules } from './count-run.ts';
import { mirrorPsa, readMirror } from './mirror-psa.ts';
import { readBook, storeBook } from './refresh-book.ts';

export interface ReadAndCounted {
  /** With what the remote PSA came to; counts are not in it before they are stored. */
  readonly run: SyncRun;
  /** Left out where every module of the run is counted already. */
  readonly counts?: readonly ModuleCount[] | undefined;
  /** Whether units and postings of the remote PSA are taken over already. */
  readonly isMirrored: boolean;
}

/**
 * Reads the remote PSA, unless the run has, and counts its modules, side by side. What was read is stored while modules
 * are still being counted; their outcomes are shown, and stored only with the counts, so that a run that is cut off counts
 * anew. When one of the two fails the other is waited for: nothing goes on behind a run that is over.
 */
export async function readAndCount(
  core: Core,
  given: SyncRun,
  show: (run: SyncRun) => SyncRun,
): Promise<ReadAndCounted> {
  const { remote } = core.psa;
  let run = given;
  let { modules } = given;
  const showAll = () => void show({ ...run, modules });

  async function readPsa(psa: RemotePsa): Promise<boolean> {
    const book = await readBook(core, psa, run);
    run = await storeBook(core, run, book);
    showAll();
    if (!book.book || !(await isOnlyRead(core))) return false;
    run = await mirrorPsa(core, run, await readMirror(core, psa, run), { goesOn: true });
    showAll();
    return true;
  }

  function count(): Promise<readonly ModuleCount[]> {
    return countModules(core, run, (outcomes) => {
      modules = outcomes;
      showAll();
    });
  }

  const underWay = [
    remote && !run.psa ? readPsa(remote) : false,
    modules.some(({ state }) => state === 'running') ? count() : undefined,
  ] as const;
  await Promise.allSettled(underWay);
  const [isMirrored, counts] = await Promise.all(underWay);
  return { run, counts, isMirrored };
}

/** Nothing is mapped and nothing on its way: the run will hardly change units, so they need not be read after it. */
async function isOnlyRead({ store }: Core): Promise<boolean> {
  const snapshot = await store.snapshot();
  const [mappings, pushes] = await Promise.all([
    snapshot.list('serviceMappings'),
    snapshot.list('unitPushes'),
  ]);
  return !mappings.some(({ status }) => status === 'mapped') && !pushes.some(isOpen);
}
