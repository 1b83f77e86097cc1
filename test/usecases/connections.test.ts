import { expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import { inspectConnections } from '../../src/usecases/inspect-connections.ts';
import { Office, RMM } from './office.ts';

const inspecting = async (inspect: UsageSource['inspect']): Promise<Office['core']> => {
  const { core } = await Office.empty();
  const source = core.sources.get(RMM) as UsageSource;
  return { ...core, sources: new Map([[RMM, { ...source, ...(inspect ? { inspect } : {}) }]]) };
};

test('every connection is looked at, the PSA first', async () => {
  const core = await inspecting(async () => [{ ok: true, text: '12 sites are visible.' }]);
  expect(await inspectConnections(core)).toEqual([
    { name: 'PSA', findings: [{ ok: true, text: expect.stringContaining('in icb itself') }] },
    { name: 'Datto RMM', findings: [{ ok: true, text: '12 sites are visible.' }] },
  ]);
});

test('a known error is its sentence; another hides behind a reference and is logged', async () => {
  const refused = await inspecting(async () => {
    throw new IcbError('source-refused', 'The key was refused: check it.');
  });
  expect((await inspectConnections(refused))[1]?.findings).toEqual([
    { ok: false, text: 'The key was refused: check it.' },
  ]);
  const office = await Office.empty();
  const broken = {
    ...office.core,
    sources: new Map([
      [
        RMM,
        {
          ...(office.core.sources.get(RMM) as UsageSource),
          inspect: async () => {
            throw new TypeError('secret detail');
          },
        },
      ],
    ]),
  };
  const [, found] = await inspectConnections(broken);
  expect(found?.findings).toEqual([{ ok: false, text: expect.stringMatching(/unexpected error \(err_/) }]);
  expect(office.logged.at(-1)?.message).toBe('a connection could not be looked at');
});

test('a source that cannot be looked at is set up, and no more is said', async () => {
  expect((await inspectConnections(await inspecting(undefined)))[1]?.findings).toEqual([
    { ok: true, text: 'It is set up.' },
  ]);
});
