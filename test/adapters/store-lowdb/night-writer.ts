import { writeSync } from 'node:fs';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { changesOf, problemsOf } from './night-of-commits.ts';

// A process of its own that commits night after night in the folder named on its command line until it is killed. It
// tells each commit once that is acknowledged. What it finds at its start it looks at first.
const DAY_MS = 86_400_000;
const [dir = '', first = '1'] = process.argv.slice(2);
let day = Date.parse('2026-11-01T00:00:00Z') + Number(first) * DAY_MS;
const store = await lowdbStore({
  dir,
  journalBytes: 60_000,
  snapshots: 3,
  now: () => day,
  purpose: 'a night',
});
const tenant = await store.for('default');
const found = await tenant.snapshot();
const all = Array.from({ length: found.revision }, (_, n) => n + 1);
const problems = await problemsOf(found, found.revision, all);
writeSync(1, `${JSON.stringify({ found: found.revision, problems })}\n`);
for (let commit = found.revision + 1; ; commit++) {
  if (commit % 10 === 0) day += DAY_MS;
  const revision = await tenant.commit(changesOf(commit));
  writeSync(1, `${JSON.stringify({ acknowledged: revision })}\n`);
}
