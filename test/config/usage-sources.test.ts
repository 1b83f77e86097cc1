import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { readConfig } from '../../src/config.ts';
import { client } from '../../src/simulators/datto-backup/account.ts';
import { startDattoBackupSimulator } from '../../src/simulators/datto-backup/start-datto-backup-simulator.ts';
import { usageSources } from '../../src/usage-sources.ts';

const sourcesOf = (environment: NodeJS.ProcessEnv) => usageSources(readConfig(environment, { live: false }));

const RMM = { DATTO_RMM_API_URL: 'https://rmm.example', DATTO_RMM_API_KEY: 'k', DATTO_RMM_API_SECRET: 's' };
const BCDR = { DATTO_BCDR_API_KEY: 'k', DATTO_BCDR_API_SECRET: 's' };
const SAAS = { SAAS_PROTECTION_API_KEY: 'k', SAAS_PROTECTION_API_SECRET: 's' };
const CYBER = { ROCKETCYBER_API_URL: 'https://api-us.rocketcyber.com', ROCKETCYBER_API_KEY: 'k' };
const BACKUP = [
  'datto-bcdr',
  'datto-endpoint-backup-pcs',
  'datto-endpoint-backup-servers',
  'datto-endpoint-backup-azure',
];

describe('usage sources', () => {
  it.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    ['none', {}, []],
    ['Datto RMM', RMM, ['datto-rmm']],
    ['Datto BCDR, Endpoint Backup with it', BCDR, BACKUP],
    ['SaaS Protection', SAAS, ['saas-protection']],
    ['RocketCyber', CYBER, ['rocketcyber']],
    [
      'all',
      { ...RMM, ...BCDR, ...SAAS, ...CYBER },
      ['datto-rmm', ...BACKUP, 'saas-protection', 'rocketcyber'],
    ],
  ])('with the settings of %s', (_, environment, modules) => {
    const sources = sourcesOf(environment);
    expect([...sources.keys()]).toEqual(modules);
    for (const [id, source] of sources) expect([source.module, BUILT_IN.find(id)?.id]).toEqual([id, id]);
  });

  it('need settings the catalogue names', () => {
    const all = sourcesOf({ ...RMM, ...BCDR, ...SAAS, ...CYBER });
    const named = [...all.keys()].flatMap((id) => BUILT_IN.find(id)?.settings ?? []);
    expect(new Set(named)).toEqual(new Set(Object.keys({ ...RMM, ...BCDR, ...SAAS, ...CYBER })));
  });

  it('of one key pair share one client; of two, each uses its own', async () => {
    const simulator = await startDattoBackupSimulator({
      account: { name: 'MSP', clients: [client(1, 'One')] },
    });
    const keys = (prefix: string, secret: string) => ({
      [`${prefix}_API_URL`]: simulator.url,
      [`${prefix}_API_KEY`]: simulator.apiKey,
      [`${prefix}_API_SECRET`]: secret,
    });
    const countAll = (saasSecret: string) =>
      Promise.allSettled(
        [
          ...sourcesOf({
            ...keys('DATTO_BCDR', simulator.apiSecret),
            ...keys('SAAS_PROTECTION', saasSecret),
          }).values(),
        ].map((source) => source.count({ signal: new AbortController().signal })),
      );
    expect((await countAll(simulator.apiSecret)).map(({ status }) => status)).toEqual(
      Array(5).fill('fulfilled'),
    );
    // One list of appliances, one of assets for three modules, one of domains.
    expect(simulator.requests).toHaveLength(3);
    const mixed = await countAll('another secret');
    expect(mixed.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), 'rejected']);
    expect(mixed.at(-1)).toMatchObject({
      reason: { message: expect.stringMatching(/SAAS_PROTECTION_API_KEY/) },
    });
    await simulator.close();
  });
});
