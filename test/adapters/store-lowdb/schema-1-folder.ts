import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { sealed } from '../../../src/adapters/store-lowdb/seal.ts';
import { organization, putting } from '../../contract/store-records.ts';

/** Fills a data folder as an icb of schema 1 left it when it was killed: one commit in a file, one in the journal. */
export async function schema1Folder(dir: string): Promise<void> {
  const folder = join(dir, 'default');
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit(putting('organizations', organization('1', 'old')));
  await first.close();
  const second = await lowdbStore({ dir });
  await (await second.for('default')).commit(putting('organizations', organization('2', 'in the journal')));
  await cp(folder, `${dir}.copy`, { recursive: true });
  await second.close();
  await rm(folder, { recursive: true });
  await cp(`${dir}.copy`, folder, { recursive: true });
  await rm(`${dir}.copy`, { recursive: true });
  const seal = await asSchema1(join(folder, 'organizations.1.json'));
  const entry = { ...seal, kind: 'organizations', partition: '', file: 'organizations.1.json', records: 1 };
  await asSchema1(
    join(folder, '_tenant.json'),
    JSON.stringify({ schema: 1, layout: 2, revision: 1, files: [entry] }),
  );
}

async function asSchema1(path: string, text = '') {
  const body = text || (await readFile(path, 'utf8')).split('\n').slice(0, -2).join('\n');
  const { content, seal } = sealed(`${body.replace('"schema":2', '"schema":1')}\n`);
  await writeFile(path, content);
  return seal;
}
