import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { stableId } from '../../src/domain/ids.ts';
import { serviceMappingId } from '../../src/domain/service-mapping.ts';
import { restoreBackup } from '../../src/usecases/read-backup.ts';
import { example } from '../contract/store-records.ts';

/** A backup as icb wrote it when records had schema 1. */
function backupOfSchema1(records: readonly (readonly [kind: string, record: object])[]): string[] {
  const lines = [
    JSON.stringify({ icb: 'backup', schema: 1, revision: 3, takenAt: '2026-11-01T00:00:00.000Z' }),
    ...records.map(([kind, record]) => JSON.stringify({ kind, record })),
  ];
  const counts: Record<string, number> = {};
  for (const [kind] of records) counts[kind] = (counts[kind] ?? 0) + 1;
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return [...lines, JSON.stringify({ end: true, records: counts, sha256: hash.digest('hex') })];
}

test('a backup of schema 1 is restored with the ids of schema 2', async () => {
  const mapping = example('serviceMappings');
  const old = stableId('sm', mapping.contractId, mapping.module, mapping.billingType);
  const lines = backupOfSchema1([
    ['lineDecisions', { ...example('lineDecisions'), id: old }],
    ['serviceMappings', { ...mapping, id: old }],
  ]);
  const tenant = await memoryStore().for('default');
  await restoreBackup(tenant, lines);
  const id = serviceMappingId(mapping.contractId, mapping.module, mapping.billingType);
  const snapshot = await tenant.snapshot();
  expect((await snapshot.list('serviceMappings')).map((each) => each.id)).toEqual([id]);
  expect((await snapshot.list('lineDecisions')).map((each) => each.id)).toEqual([id]);
});
