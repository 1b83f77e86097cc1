import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import { RECORD_KINDS } from '../../src/domain/records.ts';
import { readBackup, restoreBackup } from '../../src/usecases/read-backup.ts';
import { writeBackup } from '../../src/usecases/write-backup.ts';
import { Office } from './office.ts';

/** Counted, mapped and billed for two days. */
async function billed(): Promise<Office['core']> {
  const office = await Office.mapped();
  await office.sync();
  office.day('2026-11-16').sites = { 'Daily Mail': { AllDevicesMetric: 11 } };
  await office.sync();
  return office.core;
}

async function linesOf(core: Parameters<typeof writeBackup>[0]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of writeBackup(core)) lines.push(line);
  return lines.join('').split('\n').slice(0, -1);
}

const emptyTenant = () => memoryStore().for('default');

describe('a backup', () => {
  test('restored gives every record of every kind', async () => {
    const core = await billed();
    const lines = await linesOf(core);
    const tenant = await emptyTenant();
    const { count } = await restoreBackup(tenant, lines);
    expect(count).toBe(lines.length - 2);
    const [before, after] = [await core.store.snapshot(), await tenant.snapshot()];
    for (const kind of RECORD_KINDS) expect(await after.list(kind), kind).toEqual(await before.list(kind));
    expect((await after.list('billingItems')).length).toBeGreaterThan(0);
    expect((await after.list('audit')).length).toBeGreaterThan(0);
  });

  test('is one state, whatever is committed while it is written', async () => {
    const core = await billed();
    const writing = writeBackup(core);
    const lines = [(await writing.next()).value as string];
    const [mapping] = await (await core.store.snapshot()).list('organizationMappings');
    if (!mapping) throw new Error('nothing is mapped');
    await core.store.commit({ remove: [{ kind: 'organizationMappings', id: mapping.id }] });
    for await (const line of writing) lines.push(line);
    expect(lines.join('')).toContain(`"id":"${mapping.id}"`);
    await readBackup(lines.map((line) => line.trimEnd()));
  });

  test('that is cut, changed, or has lines lost, doubled or swapped is refused', async () => {
    const lines = await linesOf(await billed());
    const position = fc.integer({ min: 0, max: lines.length - 2 });
    const harm = fc.oneof(
      position.map((at) => lines.slice(0, at + 1)),
      position.map((at) => lines.toSpliced(at, 1)),
      position.map((at) => lines.toSpliced(at, 0, lines[at] ?? '')),
      fc.tuple(position, fc.nat(), fc.constantFrom('0', 'x', ' ')).map(([at, where, letter]) => {
        const line = lines[at] ?? '';
        const there = where % line.length;
        const changed = `${line.slice(0, there)}${letter}${line.slice(there + 1)}`;
        return lines.with(at, changed === line ? `${line} ` : changed);
      }),
    );
    await fc.assert(
      fc.asyncProperty(harm, async (broken) => {
        await expect(readBackup(broken)).rejects.toThrow(/damaged at line|no backup of icb|has schema/);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  test('of another schema is refused before anything is written', async () => {
    const lines = await linesOf(await billed());
    const newer = lines.with(0, (lines[0] ?? '').replace('"schema":2', '"schema":3'));
    const tenant = await emptyTenant();
    await expect(restoreBackup(tenant, newer)).rejects.toThrow(
      'The backup has schema 3, and this icb knows schema 2.',
    );
    expect((await tenant.snapshot()).revision).toBe(0);
  });

  test('goes into an empty store only', async () => {
    const core = await billed();
    await expect(restoreBackup(core.store, await linesOf(core))).rejects.toThrow('into an empty store only');
  });
});
