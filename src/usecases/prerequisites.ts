import type { Core } from './core.ts';
import { listModules } from './list-modules.ts';

export interface Prerequisite {
  readonly ok: boolean;
  readonly text: string;
  /** What to do about it. */
  readonly todo?: string;
  /** Worth telling although it is well. */
  readonly news?: true;
}

/** What must be true before modules can be billed, each with what to do about it. */
export async function prerequisites(core: Core): Promise<Prerequisite[]> {
  const psa = await core.psa.check({ thorough: true });
  const notice = core.psa.remote?.notice();
  const connected = (await listModules(core)).filter((module) => module.connected);
  const contracts = await (await core.store.snapshot()).list('contracts');
  return [
    psa.reachable
      ? { ok: true, text: 'The PSA answers.' }
      : {
          ok: false,
          text: 'The PSA does not answer.',
          todo: psa.problem ?? 'Check its address and credentials.',
        },
    // It answers, and yet something is wrong: a right that was lost, a clock that is off.
    ...(psa.reachable && psa.problem && !psa.sandbox
      ? [{ ok: false, text: 'The PSA answers, but not for everything.', todo: psa.problem }]
      : []),
    ...(notice === undefined ? [] : [{ ok: true, text: notice, news: true as const }]),
    psa.sandbox
      ? { ok: false, text: 'The PSA is a sandbox.', todo: 'Integrated billing works on a live PSA only.' }
      : { ok: true, text: 'The PSA is not a sandbox.' },
    connected.length > 0
      ? {
          ok: true,
          text: `${connected.length === 1 ? '1 module is' : `${connected.length} modules are`} connected.`,
        }
      : {
          ok: false,
          text: 'No module is connected.',
          todo: 'Set a module’s API settings, such as DATTO_RMM_API_URL, or bring usage as a CSV file on the Usage page.',
        },
    contracts.length > 0
      ? { ok: true, text: `The PSA holds ${contracts.length} contracts.` }
      : {
          ok: false,
          text: 'The PSA holds no contracts.',
          todo: core.psa.remote
            ? 'Sync once: icb reads them from the PSA with every sync.'
            : 'Import organizations, contracts and services: icb import FILE.json',
        },
  ];
}
