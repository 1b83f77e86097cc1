import { afterEach, describe, expect, test } from 'vitest';
import { setupMessage } from '../../bot/messages/setup-message.ts';
import type { AutotaskSettings } from '../../src/adapters/psa-autotask/settings.ts';
import type { AutotaskSimulator } from '../../src/simulators/autotask/start-autotask-simulator.ts';
import type { Core } from '../../src/usecases/core.ts';
import { inspectConnections } from '../../src/usecases/inspect-connections.ts';
import { prerequisites } from '../../src/usecases/prerequisites.ts';
import { psaNeeds } from '../../src/usecases/summary-psa.ts';
import { PsaOutcomeShape } from '../../web/shapes/psa.ts';
import { nightOf, startAutotaskOffice } from './autotask-office.ts';

let simulator: AutotaskSimulator | undefined;
afterEach(async () => simulator?.close());

interface Fault {
  readonly name: string;
  readonly settings?: Partial<AutotaskSettings>;
  readonly strike?: (simulator: AutotaskSimulator) => void;
  /** The one line, in full words. */
  readonly says: RegExp;
  /** Nothing is wrong; people are to know it. */
  readonly isNews?: true;
}

const REFUSED =
  /^Autotask refused the API user: check AUTOTASK_USERNAME, AUTOTASK_SECRET and AUTOTASK_INTEGRATION_CODE, and that the user is active and not locked in Autotask; icb asks again after \d\d:\d\d UTC/;

const FAULTS: readonly Fault[] = [
  { name: 'a wrong secret', settings: { secret: 'not-the-secret' }, says: REFUSED },
  { name: 'a locked user', strike: (sim) => sim.setFaults({ unauthorized: true }), says: REFUSED },
  {
    name: 'a wrong integration code',
    settings: { integrationCode: 'NOT-THE-CODE' },
    says: /^Autotask does not know the integration code: check AUTOTASK_INTEGRATION_CODE/,
  },
  {
    name: 'a moved zone',
    strike: (sim) => sim.setFaults({ zoneMoved: true }),
    says: /^Autotask moved your database from .+ to .+: icb follows it by itself/,
    isNews: true,
  },
  {
    name: 'a lost right',
    strike: (sim) => sim.setFaults({ lostRight: { entity: 'ContractServices' } }),
    says: /^Autotask forbids the API user to read ContractServices\b.*: give the user’s security level access to it/,
  },
  {
    name: 'an exhausted budget',
    strike: (sim) => sim.setFaults({ throttled: true }),
    says: /^Autotask’s hourly budget of API calls, which every integration of yours shares, is nearly used up: icb goes on by itself after \d\d:\d\d UTC; see in Autotask which integration/,
  },
];

/** What `icb doctor` and GET /api/connections show of Autotask. */
async function linesOfDoctor(core: Core, isNews: boolean | undefined): Promise<string[]> {
  const autotask = (await inspectConnections(core)).find(({ name }) => name === 'Autotask');
  return (autotask?.findings ?? [])
    .filter(({ ok, text }) => (isNews ? / moved /.test(text) : !ok))
    .map(({ text }) => text);
}

const NOTHING_YET = { enabled: [], counted: 0, unmapped: 0, mapped: 0, lines: 0, anyItem: false };

/** What `/icb setup` says of the PSA. */
async function linesOfSetup(core: Core): Promise<string[]> {
  const checks = (await prerequisites(core)).filter(({ text }) => !/module|contracts/.test(text));
  const { blocks } = setupMessage({ ...NOTHING_YET, checks });
  return JSON.parse(JSON.stringify(blocks)).flatMap((block: { text?: { text: string } }) =>
    [...(block.text?.text.matchAll(/^\*(?:To do|Good to know):\* (?:The PSA[^.]*\. )?(.*)$/gm) ?? [])].map(
      ([, said]) => said,
    ),
  );
}

const WHILE_READING = /^Organizations and contracts of Autotask could not be read[^:]*: /;

const SECRETS = ({ secret, integrationCode }: AutotaskSimulator) => [
  secret,
  integrationCode,
  'not-the-secret',
];

describe.each(FAULTS)('$name is one clear line', ({ settings, strike, says, isNews }) => {
  /** From the start, or after a night when all was well. */
  async function struck(when: 'from the start' | 'after a good night') {
    const { office, sim, core, started } = await startAutotaskOffice();
    simulator = sim;
    if (when === 'after a good night') {
      expect((await nightOf(core)).psa).toMatchObject({ state: 'done' });
      office.day('2026-11-11');
    }
    strike?.(sim);
    return { sim, core: settings ? started(settings) : core };
  }

  function expectOneLine(lines: readonly string[], sim: AutotaskSimulator) {
    expect(lines).toEqual([expect.stringMatching(says)]);
    for (const secret of SECRETS(sim)) expect(lines[0]).not.toContain(secret);
  }

  const times = isNews
    ? (['after a good night'] as const)
    : (['from the start', 'after a good night'] as const);

  test.each(times)('in the run record, %s', async (when) => {
    const { sim, core } = await struck(when);
    const run = await nightOf(core);
    const stored = await (await core.store.snapshot()).get('syncRuns', run.id);
    expect(stored?.psa?.state).toBe(isNews ? 'done' : 'failed');
    const said = (isNews ? stored?.psa?.notice : stored?.psa?.problem) ?? '';
    expectOneLine([said.replace(WHILE_READING, '')], sim);
  });

  test.each(times)('in the run as the API shows it, and in its summary, %s', async (when) => {
    const { sim, core } = await struck(when);
    const run = await nightOf(core);
    const shown = PsaOutcomeShape.parse(run.psa);
    const field = isNews ? 'notice' : 'problem';
    expect(shown[field]).toBe(run.psa?.[field]);
    expectOneLine([shown[field]?.replace(WHILE_READING, '') ?? ''], sim);
    const needs = await psaNeeds(await core.store.snapshot(), run);
    expect(needs).toEqual([
      { kind: isNews ? 'psa-notice' : 'psa-failed', count: 1, text: shown[field] ?? 'nothing' },
    ]);
  });

  test.each(times)('in icb doctor, %s', async (when) => {
    const { sim, core } = await struck(when);
    expectOneLine(await linesOfDoctor(core, isNews), sim);
  });

  test.each(times)('in /icb setup, %s, once a run has met it', async (when) => {
    const { sim, core } = await struck(when);
    await nightOf(core);
    expectOneLine(await linesOfSetup(core), sim);
  });
});
