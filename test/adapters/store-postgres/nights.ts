import { setTimeout as wait } from 'node:timers/promises';
import { memoryStore } from '../../../src/adapters/store-memory/memory-store.ts';
import type { BillingItem } from '../../../src/domain/billing-item.ts';
import { addDays, dateIn, type IsoDate } from '../../../src/domain/calendar.ts';
import { confirmMappings } from '../../../src/usecases/confirm-mappings.ts';
import type { Core } from '../../../src/usecases/core.ts';
import { enableModule } from '../../../src/usecases/enable-module.ts';
import { importBook } from '../../../src/usecases/import-book.ts';
import { mapBillingTypes } from '../../../src/usecases/map-billing-types.ts';
import { startNight } from '../../../src/usecases/start-night.ts';
import { startSync } from '../../../src/usecases/start-sync.ts';
import { within } from '../../../src/usecases/within.ts';
import { type OfficeProcess, officeCore, officeProcess } from '../../support/office-process.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { severableProxy } from '../../support/severable-proxy.ts';
import { ADA, BOOK } from '../../usecases/office.ts';

/** A run waits a minute for its server; a night that takes this long hangs. */
const LONGEST_NIGHT_MS = 240_000;
const FIRST = '2026-02-01' as IsoDate;
export const instantOf = (date: IsoDate, time = '01:15:00'): Temporal.Instant =>
  Temporal.Instant.from(`${date}T${time}Z`);

/** The office of all nights: one customer with one contract service that a module feeds. */
export async function prepare(core: Core): Promise<void> {
  await importBook(core, { by: ADA, book: BOOK });
  await enableModule(core, { module: 'datto-rmm', by: ADA });
  await (await startSync(core, { trigger: 'web', by: ADA })).finished;
  const [first] = await (await core.store.snapshot()).list('moduleOrganizations');
  if (!first) throw new Error('nothing was counted');
  await confirmMappings(core, {
    by: ADA,
    mappings: [{ moduleOrganizationId: first.id, organizationId: '1' }],
  });
  await mapBillingTypes(core, {
    by: ADA,
    mappings: [
      { contractId: 'c1', module: 'datto-rmm', billingType: 'AllDevicesMetric', contractServiceId: 's1' },
    ],
  });
}

const itemsOf = async (core: Core): Promise<readonly BillingItem[]> =>
  (await core.store.snapshot()).list('billingItems');

export interface Figures {
  nights: number;
  processesDied: number;
  serversKilled: number;
  /** Runs that another process took up. */
  takenOver: number;
  /** Nights with other than one run, or one that did not end well. */
  wrong: string[];
  items: readonly BillingItem[];
  /** What the same nights come to with one process that never dies. */
  expected: readonly BillingItem[];
}

interface Running {
  readonly process: OfficeProcess;
  readonly died: Promise<void>;
  die(): void;
}

/**
 * Nights of an office that three processes share on one PostgreSQL, while they die at random moments and are started
 * anew, and now and then the server is killed.
 */
export async function manyNights(
  server: PostgresServer,
  { nights, seed, killServer }: { nights: number; seed: number; killServer: number },
): Promise<Figures> {
  const random = seeded(seed);
  const url = await server.freshUrl();
  let now = instantOf(addDays(FIRST, -1), '09:00:00');
  let started = 0;
  const figures: Figures = {
    nights,
    processesDied: 0,
    serversKilled: 0,
    takenOver: 0,
    wrong: [],
    items: [],
    expected: [],
  };
  const begin = async (): Promise<Running> => {
    const proxy = await severableProxy(server.port);
    let isDead = false;
    const dead = Promise.withResolvers<void>();
    const through = new URL(url);
    through.port = String(proxy.port);
    const never = new Promise(() => {});
    const process = await officeProcess({
      url: through.href,
      name: `p${++started}`,
      now: () => now,
      delay: (ms) => (isDead ? never : wait(ms)),
    });
    return {
      process,
      died: dead.promise,
      die() {
        isDead = true;
        proxy.sever();
        dead.resolve();
      },
    };
  };

  let office: readonly Running[] = await Promise.all([begin(), begin(), begin()]);
  await prepare((office[0] as Running).process.core);
  for (let night = 0; night < nights; night++) {
    const date = addDays(FIRST, night);
    const due = instantOf(date);
    now = due;
    const whileAlive = (one: Running, work: Promise<unknown>) => Promise.race([work, one.died]);
    const working = office.map(async (one) => {
      await wait(random() * 3);
      await whileAlive(one, one.process.night(due));
    });
    const victims = office.filter(() => random() < 0.3);
    const all = Promise.all([
      ...victims.map(async (one) => {
        await wait(random() * 60);
        one.die();
        figures.processesDied += 1;
      }),
      (async () => {
        if (random() >= killServer) return;
        await wait(random() * 40);
        await server.kill();
        figures.serversKilled += 1;
        await server.start();
      })(),
      ...working,
    ]);
    if (!(await within(LONGEST_NIGHT_MS, all)))
      throw new Error(`${date}, seed ${seed}: the night did not end. Until then: ${said(figures)}`);
    const left = office.filter((one) => !victims.includes(one));
    const fresh = await Promise.all(victims.map(() => begin()));
    await Promise.all(fresh.map(({ process }) => process.start((since) => duesSince(since, now))));
    office = [...left, ...fresh];
    for (const { process } of office) await process.look();
    const { process } = office[0] as Running;
    const snapshot = await process.core.store.snapshot();
    const runs = (await snapshot.list('syncRuns')).filter(
      (run) => run.date === date && (run.trigger === 'night' || run.trigger === 'catch-up'),
    );
    const [run] = runs;
    figures.takenOver += run?.resumed ? 1 : 0;
    if (runs.length !== 1 || run?.state !== 'done' || run.planId === undefined)
      figures.wrong.push(`${date}: ${runs.map(({ id, state }) => `${id} ${state}`).join(', ') || 'no run'}`);
    const rows = (await snapshot.list('activity', { from: date.slice(0, 7), to: date.slice(0, 7) })).filter(
      (row) => row.date === date,
    );
    if (rows.some((row) => row.runId !== run?.id)) figures.wrong.push(`${date}: activity of two runs`);
  }
  figures.items = await itemsOf((office[0] as Running).process.core);
  figures.expected = await undisturbed(nights);
  for (const { process } of office) await process.close();
  return figures;
}

async function undisturbed(nights: number): Promise<readonly BillingItem[]> {
  let now = instantOf(addDays(FIRST, -1), '09:00:00');
  const core = officeCore(await memoryStore().for('default'), 'only', () => now);
  await prepare(core);
  for (let night = 0; night < nights; night++) {
    now = instantOf(addDays(FIRST, night));
    await (await startNight(core, { due: now, trigger: 'night' }))?.finished;
  }
  return itemsOf(core);
}

function duesSince(since: Temporal.Instant, now: Temporal.Instant): Temporal.Instant[] {
  const due: Temporal.Instant[] = [];
  for (let date = dateIn(since, 'UTC'); date <= dateIn(now, 'UTC'); date = addDays(date, 1)) {
    const at = instantOf(date);
    if (Temporal.Instant.compare(at, since) > 0 && Temporal.Instant.compare(at, now) <= 0) due.push(at);
  }
  return due;
}

export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const said = (figures: Figures): string =>
  `${figures.nights} nights, 3 processes: ${figures.processesDied} processes died, ${figures.serversKilled} servers killed, ${figures.takenOver} runs taken over; nights with other than one run: ${figures.wrong.length}\n`;
