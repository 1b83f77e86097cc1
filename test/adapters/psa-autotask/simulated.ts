import { autotaskPsa } from '../../../src/adapters/psa-autotask/autotask-psa.ts';
import type { AutotaskSettings } from '../../../src/adapters/psa-autotask/settings.ts';
import type { SimBook } from '../../../src/simulators/autotask/book.ts';
import {
  type AutotaskSimulator,
  startAutotaskSimulator,
} from '../../../src/simulators/autotask/start-autotask-simulator.ts';

export const TODAY = '2026-11-16';

export const BOOK: SimBook = {
  companies: [
    { id: 0, name: 'Northwind IT' },
    { id: 174, name: 'Daily Mail' },
    { id: 175, name: 'Falcon Motors GmbH', currency: 'EUR' },
    { id: 176, name: 'Quantum Print Shop', type: 'Dead' },
  ],
  contracts: [
    { id: 900, companyId: 174, name: 'Managed Services', startDate: '2026-09-01', endDate: '2027-08-31' },
    { id: 901, companyId: 175, name: 'Managed Services', startDate: '2026-09-01', endDate: '2027-08-31' },
    {
      id: 902,
      companyId: 174,
      name: 'Projects',
      type: 'Time & Materials',
      startDate: '2026-09-01',
      endDate: '2027-08-31',
    },
  ],
  services: [
    { id: 50, name: 'Desktop Monitoring', unitPrice: 15, unitCost: 7.25 },
    { id: 51, name: 'SaaS Backup Seat', unitPrice: 4.165 },
  ],
  contractServices: [
    { id: 800, contractId: 900, serviceId: 50, unitPrice: 12.5, units: 10 },
    { id: 801, contractId: 900, serviceId: 51, units: 7 },
    { id: 802, contractId: 901, serviceId: 50, unitPrice: 11.1, units: 3 },
  ],
};

export interface Simulated {
  readonly simulator: AutotaskSimulator;
  readonly psa: ReturnType<typeof autotaskPsa>;
  /** The adapter's waits, which cost no time here. */
  readonly waits: number[];
}

/** The adapter on a stand-in of its own, whose business day is 16 November 2026. */
export async function simulate(
  options: Parameters<typeof startAutotaskSimulator>[0] = {},
  { timeoutMs = 20_000 }: { readonly timeoutMs?: number } = {},
): Promise<Simulated> {
  const began = Date.now();
  const simulator = await startAutotaskSimulator({
    book: BOOK,
    now: () => Date.parse(`${TODAY}T09:00:00Z`) + Date.now() - began,
    ...options,
  });
  return adapterOf(simulator, {}, timeoutMs);
}

/** The adapter on a stand-in, with some of its settings changed. */
export function adapterOf(
  simulator: AutotaskSimulator,
  change: Partial<AutotaskSettings>,
  timeoutMs = 20_000,
): Simulated {
  const waits: number[] = [];
  const psa = autotaskPsa(
    {
      username: simulator.user,
      secret: simulator.secret,
      integrationCode: simulator.integrationCode,
      apiUrl: simulator.apiUrl,
      ...change,
    },
    { currency: 'USD' },
    {
      timeoutMs,
      delay: async (ms) => {
        waits.push(ms);
      },
    },
  );
  return { simulator, psa, waits };
}
