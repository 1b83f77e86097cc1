import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchRow } from './bench-row.ts';
import { MILLION, MONTHS } from './million-items.ts';
import { benchServer } from './postgres-engine.ts';
import { STORE_ENGINES } from './store-engines.ts';

interface Figures {
  /** Milliseconds from opening to the first widget's figures. */
  readonly startup: number;
  /** Milliseconds of each night's commit. */
  readonly commits: readonly number[];
  /** Milliseconds of processor in each of them, which other work on the machine does not lengthen. */
  readonly cpu: readonly number[];
  /** Milliseconds of a widget after the last night. */
  readonly afterwards: number;
  /** Peak resident megabytes of the whole process. */
  readonly memory: number;
  readonly closing: number;
  readonly sums: readonly (readonly [string, number])[];
}

const run = promisify(execFile);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function subject(name: string, dir: string, work: 'fill' | 'run'): Promise<string> {
  const script = join(import.meta.dirname, 'store-subject.ts');
  const flags = name === 'lowdb' ? ['--max-old-space-size=8192'] : [];
  const { stdout } = await run(process.execPath, [...flags, script, name, dir, work], { maxBuffer: 1e8 });
  return stdout;
}

const of = (
  figures: ReadonlyMap<string, Figures>,
  figure: (each: Figures) => number,
): Record<string, number> =>
  Object.fromEntries(
    [...figures].filter(([name]) => name !== 'ours').map(([name, each]) => [name, figure(each)]),
  );

/** A million billing items in our store and in others, each in a process of its own: start-up, a night's commit, memory. */
export async function storeRows(): Promise<BenchRow[]> {
  const figures = new Map<string, Figures>();
  let unable = '';
  for (const name of Object.keys(STORE_ENGINES)) {
    const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
    const server = name === 'postgres' ? await benchServer(dir) : undefined;
    try {
      await subject(name, dir, 'fill');
      figures.set(name, JSON.parse(await subject(name, dir, 'run')));
    } catch (error) {
      // One file of JSON has an end: a text may not be longer than half a billion characters.
      const [cause] = /\w*Error: .*/.exec(String(error).split('\n').slice(1).join('\n')) ?? [];
      if (name !== 'lowdb' || !cause) throw error;
      unable = `; plain lowdb cannot hold it (${cause})`;
    } finally {
      await server?.stop();
      await rm(dir, { recursive: true, force: true });
    }
  }
  const ours = figures.get('ours');
  const sqlite = figures.get('sqlite');
  if (!ours || !sqlite) throw new Error('A figure is missing.');
  for (const [name, { sums }] of figures)
    if (JSON.stringify(sums) !== JSON.stringify(ours.sums)) throw new Error(`${name} comes to other sums.`);
  const data = `${MILLION} billing items of ${MONTHS} months${unable}`;
  const commit = median(ours.commits);
  return [
    {
      name: 'store.startup',
      ours: ours.startup / 1000,
      peers: of(figures, ({ startup }) => startup / 1000),
      unit: 's',
      note: `${data}; from opening the store to the first widget's figures, all months by module`,
    },
    {
      name: 'store.commit-30k',
      ours: commit,
      peers: of(figures, ({ commits }) => median(commits)),
      ratio: commit / median(sqlite.commits),
      unit: 'ms',
      note: `30,000 changed items in ${data}, median of ${ours.commits.length} nights (${ours.commits.map(Math.round).join(', ')}), durable; processor time ${Math.round(median(ours.cpu))} ms, SQLite's ${Math.round(median(sqlite.cpu))} ms; SQLite with WAL, synchronous full; a widget afterwards ${Math.round(ours.afterwards)} ms`,
    },
    {
      name: 'store.memory',
      ours: ours.memory,
      peers: of(figures, ({ memory }) => memory),
      unit: 'MB',
      note: `${data}; peak of the whole process (of PostgreSQL: of its client) over start-up, widgets and ${ours.commits.length} nights`,
    },
  ];
}
