import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { postgresStore } from '../../../src/adapters/store-postgres/postgres-store.ts';
import { addDays, type IsoDate } from '../../../src/domain/calendar.ts';
import { officeCore } from '../../support/office-process.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { instantOf, prepare, seeded } from './nights.ts';

const FIRST = '2026-02-01' as IsoDate;

export interface ChildFigures {
  readonly nights: number;
  readonly killed: number;
  /** Nights with other than one run that ended well. */
  readonly wrong: readonly string[];
}

interface Child {
  readonly process: ChildProcess;
  /** Sends a line and waits for the answer, or for the end of the process. */
  tell(line: string): Promise<void>;
}

/** Two processes of the operating system do nights on one PostgreSQL, and are killed with `kill -9` at random. */
export async function killedChildren(
  server: PostgresServer,
  { nights, seed }: { nights: number; seed: number },
): Promise<ChildFigures> {
  const random = seeded(seed);
  const url = await server.freshUrl();
  const store = await postgresStore({ url, connections: 2 });
  const tenant = await store.for('default');
  await prepare(officeCore(tenant, 'parent', () => instantOf(addDays(FIRST, -1), '09:00:00')));
  let started = 0;
  let killed = 0;
  const wrong: string[] = [];
  const begin = () => startChild(url, `c${++started}`);
  const children = await Promise.all([begin(), begin()]);
  for (let night = 0; night < nights; night++) {
    const date = addDays(FIRST, night);
    const at = instantOf(date);
    const works = children.map((child) => child.tell(`night ${at}`));
    const victim = random() < 0.6 ? Math.floor(random() * 2) : undefined;
    if (victim !== undefined) {
      await wait(random() * 40);
      children[victim]?.process.kill('SIGKILL');
      killed += 1;
    }
    await Promise.all(works);
    if (victim !== undefined) children[victim] = await begin();
    for (const child of children) await child.tell(`look ${at.add({ minutes: 1 })}`);
    const runs = (await (await tenant.snapshot()).list('syncRuns')).filter(
      (run) => run.date === date && run.trigger === 'night',
    );
    if (runs.length !== 1 || runs[0]?.state !== 'done')
      wrong.push(`${date}: ${runs.map(({ id, state }) => `${id} ${state}`).join(', ') || 'no run'}`);
  }
  for (const { process } of children) process.kill('SIGKILL');
  await store.close();
  return { nights, killed, wrong };
}

async function startChild(url: string, name: string): Promise<Child> {
  const child = spawn(process.execPath, ['test/support/office-child.ts', url, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {}); // Told to one that was killed just now.
  const lines = createInterface({ input: child.stdout });
  const answer = () =>
    new Promise<void>((resolve) => {
      lines.once('line', () => resolve());
      lines.once('close', () => resolve());
    });
  await answer();
  return {
    process: child,
    tell(line) {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
      const answered = answer();
      child.stdin.write(`${line}\n`);
      return answered;
    },
  };
}
