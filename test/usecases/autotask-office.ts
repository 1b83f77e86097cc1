import { autotaskPsa } from '../../src/adapters/psa-autotask/autotask-psa.ts';
import type { AutotaskSettings } from '../../src/adapters/psa-autotask/settings.ts';
import {
  type AutotaskSimulator,
  startAutotaskSimulator,
} from '../../src/simulators/autotask/start-autotask-simulator.ts';
import type { Core } from '../../src/usecases/core.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { ADA, Office } from './office.ts';

/** Daily Mail with ten units of Desktop Monitoring in Autotask, over real HTTP. */
export async function startAutotaskOffice(futurePeriods = 1) {
  const office = (await Office.empty()).day('2026-11-10');
  const { clock } = office.core;
  const now = () => clock.now().epochMilliseconds;
  const sim = await startAutotaskSimulator({
    now,
    futurePeriods,
    book: {
      companies: [{ id: 101, name: 'Daily Mail' }],
      contracts: [
        { id: 201, companyId: 101, name: 'Managed', startDate: '2026-01-01', endDate: '2027-12-31' },
      ],
      services: [{ id: 301, name: 'Desktop Monitoring', unitPrice: 12.5, unitCost: 4 }],
      contractServices: [{ id: 401, contractId: 201, serviceId: 301, units: 10 }],
    },
  });
  const syncQueue = new SyncQueue();
  /** The stand-in's answers carry the machine's time, and icb lives in another. */
  const fetchThen: typeof fetch = async (...request) => {
    const answer = await fetch(...request);
    const headers = new Headers(answer.headers);
    headers.set('date', new Date(now()).toUTCString());
    return new Response(answer.body, { status: answer.status, headers });
  };
  /** icb as it starts up, with some settings changed. */
  const started = (change: Partial<AutotaskSettings> = {}): Core => ({
    ...office.core,
    syncQueue,
    psa: autotaskPsa(
      { ...settingsOf(sim), ...change },
      { currency: 'USD' },
      { now, delay: async () => {}, timeoutMs: 20_000, fetch: fetchThen },
    ),
    wait: async (ms) => void office.at(clock.now().add({ milliseconds: ms }).toString()),
  });
  return { office, sim, core: started(), started };
}

const settingsOf = ({ user, secret, integrationCode, apiUrl }: AutotaskSimulator): AutotaskSettings => ({
  username: user,
  secret,
  integrationCode,
  apiUrl,
});

export const nightOf = async (core: Core) => (await startSync(core, { trigger: 'night', by: ADA })).finished;
