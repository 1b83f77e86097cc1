import { type DattoApi, openDattoApi } from '../../../src/adapters/usage/datto-api/datto-api.ts';
import type { UsageSource } from '../../../src/ports/usage-source.ts';
import type { SimBackupAccount } from '../../../src/simulators/datto-backup/account.ts';
import type { Faults } from '../../../src/simulators/datto-backup/faults.ts';
import {
  type DattoBackupSimulator,
  startDattoBackupSimulator,
} from '../../../src/simulators/datto-backup/start-datto-backup-simulator.ts';
import type { SourceFailure, UsageSourceSetup } from '../../contract/usage-source.ts';

/** An account with its stand-in, whose waits between retries take no time. */
export async function openDatto(account: SimBackupAccount, settings = 'DATTO_BCDR') {
  const simulator = await startDattoBackupSimulator({ account });
  const waits: number[] = [];
  const api = openDattoApi({ ...simulator, apiUrl: simulator.url }, settings, {
    delay: async (ms) => void waits.push(ms),
  });
  return { simulator, api, waits };
}

/** A module of Datto's host for the contract suite; `changedField` is one it cannot do without. */
export async function dattoSetup(
  account: SimBackupAccount,
  sourceOf: (api: DattoApi) => UsageSource | undefined,
  changedField: NonNullable<Faults['changedField']>,
  facts: Pick<UsageSourceSetup, 'expected' | 'billingTypes'>,
): Promise<UsageSourceSetup> {
  const { simulator, api } = await openDatto(account);
  const source = sourceOf(api);
  if (source === undefined) throw new Error('There is no such source.');
  const faults: Record<SourceFailure, Partial<Faults>> = {
    'source-unavailable': { failure: { status: 503, times: null, html: false } },
    'source-refused': { unauthorized: 'always' },
    'source-malformed': { changedField },
  };
  return {
    source,
    ...facts,
    secrets: [simulator.apiKey, simulator.apiSecret, btoa(`${simulator.apiKey}:${simulator.apiSecret}`)],
    requestsSeen: () => simulator.requests.length,
    fail: (code) => simulator.setFaults(faults[code]),
    slowDown: () => simulator.setFaults({ slowMs: 2_000 }),
    repair: simulator.clearFaults,
    close: simulator.close,
  };
}

/** A whole count, or its error. */
export const countOnce = (source: UsageSource) => source.count({ signal: new AbortController().signal });

export type { DattoBackupSimulator };
