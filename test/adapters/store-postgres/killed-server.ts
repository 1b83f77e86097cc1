import { setTimeout as wait } from 'node:timers/promises';
import { postgresStore } from '../../../src/adapters/store-postgres/postgres-store.ts';
import { isIcbError } from '../../../src/domain/errors.ts';
import type { TenantStore } from '../../../src/ports/store.ts';
import { itemOf, organization } from '../../contract/store-records.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { until } from '../../support/until.ts';
import { seeded } from './nights.ts';

export interface KillFigures {
  kills: number;
  acknowledged: number;
  /** Commits that were answered `store-unavailable`: the caller knows that it does not know. */
  unknown: number;
  /** Acknowledged commits that are not there. */
  lost: number;
  /** Commits of which a part is there. */
  half: number;
  /** Commits that are there twice, by the count of revisions. */
  doubled: number;
}

const PARTS = 40;

/**
 * Two writers commit while the server is killed and started again. Every commit writes `PARTS` records and one item
 * that name it, so that a lost or a half commit shows.
 */
export async function killedServer(
  server: PostgresServer,
  { kills, seed }: { kills: number; seed: number },
): Promise<KillFigures> {
  const random = seeded(seed);
  const url = await server.freshUrl();
  const open = () => postgresStore({ url, connections: 2, patienceMs: { call: 30_000, run: 30_000 } });
  const figures: KillFigures = { kills: 0, acknowledged: 0, unknown: 0, lost: 0, half: 0, doubled: 0 };
  const stores = await Promise.all([open(), open()]);
  const acknowledged = new Set<string>();
  let isOver = false;
  const write = async (tenant: TenantStore, writer: number): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      const id = `w${writer}-${n}`;
      const parts = Array.from({ length: PARTS }, (_, part) => organization(`${id}-${part}`, id));
      try {
        await tenant.commit({ put: { organizations: parts, billingItems: [itemOf(id, '2026-03-01')] } });
        acknowledged.add(id);
      } catch (error) {
        if (!isIcbError(error) || error.code !== 'store-unavailable') throw error;
        figures.unknown += 1;
      }
      await wait(2);
    }
  };
  const tenants = await Promise.all(stores.map((store) => store.for('default')));
  const writers = tenants.map(write);
  for (let kill = 0; kill < kills; kill++) {
    const before = acknowledged.size;
    await until(
      () => acknowledged.size,
      (size) => size >= before + 3,
      (size) => `three commits after kill ${kill}; ${size - before} came, ${figures.unknown} of all unknown`,
      1,
    );
    await wait(random() * 20);
    await server.kill();
    figures.kills += 1;
    await server.start();
  }
  isOver = true;
  await Promise.all(writers);
  const fresh = await open();
  const snapshot = await (await fresh.for('default')).snapshot();
  const parts = Map.groupBy(await snapshot.list('organizations'), ({ name }) => name);
  const items = new Set<string>((await snapshot.list('billingItems')).map(({ id }) => id));
  figures.acknowledged = acknowledged.size;
  figures.lost = [...acknowledged].filter((id) => !items.has(id)).length;
  figures.half = [...new Set([...items, ...parts.keys()])].filter(
    (id) => parts.get(id)?.length !== PARTS || !items.has(id),
  ).length;
  figures.doubled = snapshot.revision - items.size;
  await Promise.all([...stores, fresh].map((store) => store.close()));
  return figures;
}
