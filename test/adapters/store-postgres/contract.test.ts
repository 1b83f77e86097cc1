import { afterAll, beforeAll } from 'vitest';
import { postgresStore } from '../../../src/adapters/store-postgres/postgres-store.ts';
import { storeContract } from '../../contract/store.ts';
import { storeVersionsContract } from '../../contract/store-versions.ts';
import { type PostgresServer, postgresServer } from '../../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());

const open = async (cachedSheets?: number) =>
  postgresStore({
    url: await server.emptiedUrl(),
    connections: 3,
    ...(cachedSheets !== undefined && { cachedSheets }),
  });

storeContract('postgresStore', () => open());
storeContract('postgresStore that keeps one partition in memory', () => open(1));
storeVersionsContract('postgresStore', () => open());
