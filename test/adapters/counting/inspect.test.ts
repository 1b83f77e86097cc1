import { afterEach, describe, expect, it } from 'vitest';
import type { ClientDeps } from '../../../src/adapters/http/vendor-session.ts';
import { openDattoApi } from '../../../src/adapters/usage/datto-api/datto-api.ts';
import { dattoBcdrSource } from '../../../src/adapters/usage/datto-bcdr/usage-source.ts';
import { dattoEndpointBackupSources } from '../../../src/adapters/usage/datto-endpoint-backup/usage-sources.ts';
import { dattoRmmSource } from '../../../src/adapters/usage/datto-rmm/usage-source.ts';
import { rocketCyberSource } from '../../../src/adapters/usage/rocketcyber/usage-source.ts';
import { saasProtectionSource } from '../../../src/adapters/usage/saas-protection/usage-source.ts';
import type { UsageSource } from '../../../src/ports/usage-source.ts';
import { startDattoBackupSimulator } from '../../../src/simulators/datto-backup/start-datto-backup-simulator.ts';
import { startDattoRmmSimulator } from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { startRocketCyberSimulator } from '../../../src/simulators/rocketcyber/start-rocketcyber-simulator.ts';

interface Opened {
  readonly sources: readonly UsageSource[];
  readonly requests: readonly unknown[];
  readonly refuseKey: () => void;
  readonly close: () => Promise<void>;
}
type Open = (deps: ClientDeps) => Promise<Opened>;

const backup =
  (sourcesOf: (api: ReturnType<typeof openDattoApi>) => UsageSource[]): Open =>
  async (deps) => {
    const simulator = await startDattoBackupSimulator();
    const { url, apiKey, apiSecret, requests, close } = simulator;
    const sources = sourcesOf(openDattoApi({ apiUrl: url, apiKey, apiSecret }, 'DATTO_BCDR', deps));
    return { sources, requests, close, refuseKey: () => simulator.setFaults({ unauthorized: 'always' }) };
  };
const rmm: Open = async (deps) => {
  const simulator = await startDattoRmmSimulator();
  const { url, apiKey, apiSecret, requests, close } = simulator;
  const sources = [dattoRmmSource({ apiUrl: url, apiKey, apiSecret }, deps)];
  return { sources, requests, close, refuseKey: () => simulator.setFaults({ unauthorized: 'always' }) };
};
const rocketCyber: Open = async (deps) => {
  const simulator = await startRocketCyberSimulator();
  const { url, apiKey, requests, close } = simulator;
  const sources = [rocketCyberSource({ apiUrl: url, apiKey }, deps)];
  return { sources, requests, close, refuseKey: () => simulator.setFaults({ unauthorized: 'always' }) };
};

it('tells that the clock of this machine is behind', async () => {
  const { sources, close } = await rmm({ now: () => Date.now() - 10 * 60_000 });
  const { signal } = new AbortController();
  const findings = (await sources[0]?.inspect?.({ signal })) ?? [];
  expect(findings.find(({ ok }) => !ok)?.text).toMatch(
    'The clock of this machine is 10 minutes behind that of Datto RMM',
  );
  await close();
});

describe.each<[string, Open, number, RegExp]>([
  ['Datto RMM', rmm, 3, /sees \d+ sites/],
  ['Datto BCDR', backup((api) => [dattoBcdrSource(api)]), 1, /sees \d+ appliances/],
  ['Datto Endpoint Backup', backup(dattoEndpointBackupSources), 1, /sees \d+ assets/],
  ['SaaS Protection', backup((api) => [saasProtectionSource(api)]), 1, /sees \d+ domains/],
  ['RocketCyber', rocketCyber, 2, /sees \d+ accounts/],
])('a look at %s', (name, open, requests, sees) => {
  let opened: Opened;
  afterEach(() => opened.close());
  const look = async (deps: ClientDeps = {}, before: (opened: Opened) => void = () => {}) => {
    opened = await open({ delay: async () => {}, ...deps });
    before(opened);
    const { signal } = new AbortController();
    const found = await Promise.all(
      opened.sources.map(async ({ inspect }) => (await inspect?.({ signal })) ?? []),
    );
    return found.flat();
  };

  it(`asks no more than it needs (${requests}), and finds all well`, async () => {
    const findings = await look();
    expect(opened.requests).toHaveLength(requests);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    const texts = findings.map(({ text }) => text).join('\n');
    expect(texts).toMatch(`${name} accepts the API key.`);
    expect(texts).toMatch(sees);
  });

  it('says which settings to check when the key is refused', async () => {
    const looking = look({}, (found) => found.refuseKey());
    await expect(looking).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/refused the API key: check \w+_API_KEY/),
    });
  });
});
