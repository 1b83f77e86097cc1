import { diskOn } from '../../../src/adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { type Fault, faultyFiles } from './faulty-files.ts';
import { changesOf, problemsOf } from './night-of-commits.ts';

export interface FaultyNights {
  readonly commits: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly faults: number;
  /** Acknowledged commits that were missing, in memory or after opening again. */
  readonly lost: number;
  /** States that were none that a commit had left. */
  readonly half: number;
}

/**
 * Commits on a disk that fails at every n-th operation, checkpoints and snapshots included, and looks after each commit
 * at the state in memory, and at the end, once the disk is well, at what is on it.
 */
export async function faultyNights(given: {
  readonly dir: string;
  readonly fault: Fault;
  readonly every: number;
  readonly commits: number;
  readonly seed: number;
}): Promise<FaultyNights> {
  const { dir, fault, every, commits, seed } = given;
  const faulty = faultyFiles();
  let day = Date.parse('2026-11-01T00:00:00Z');
  const open = () =>
    lowdbStore({ dir, disk: diskOn(faulty.files), journalBytes: 30_000, snapshots: 2, now: () => day });
  const done: number[] = [];
  const told = { commits, acknowledged: 0, refused: 0, faults: 0, lost: 0, half: 0 };
  let store = await open();
  let tenant = await store.for('default');
  const look = async (): Promise<void> => {
    const snapshot = await tenant.snapshot();
    if (snapshot.revision !== done.length) told.lost += 1;
    if ((await problemsOf(snapshot, done.at(-1) ?? 0, done)).length > 0) told.half += 1;
  };
  const fails = (): void =>
    faulty.fail((operation) => ((operation + seed) % every === 0 ? fault : undefined));
  fails();
  for (let commit = 1; commit <= commits; commit++) {
    if (commit % 4 === 0) day += 86_400_000;
    const acknowledged = await tenant.commit(changesOf(commit)).then(
      () => true,
      () => false,
    );
    if (acknowledged) done.push(commit);
    told[acknowledged ? 'acknowledged' : 'refused'] += 1;
    await look();
    if (commit % 8 === 0) {
      // With a well disk now and then, as when somebody has freed some space; then opened again.
      faulty.heal();
      await store.close();
      store = await open();
      tenant = await store.for('default');
      await look();
      fails();
    }
  }
  told.faults = faulty.faults;
  faulty.heal();
  await store.close();
  return told;
}
