import { afterEach } from 'vitest';
import type { SimBook } from '../../../src/simulators/autotask/book.ts';
import {
  type AutotaskSimulator,
  startAutotaskSimulator,
} from '../../../src/simulators/autotask/start-autotask-simulator.ts';

/**
 * Today is 26 November 2026. Contract 900 bills from the 15th and ends with the year inside its fourth period; 901 from
 * a 31st; 902 is inactive; 903 is not a recurring one; 904 bills each quarter.
 */
export const BOOK: SimBook = {
  companies: [
    { id: 0, name: 'Northwind IT' },
    { id: 174, name: 'Daily Mail' },
    { id: 175, name: 'Falcon <Motors> GmbH', currency: 'EUR', parentId: 174 },
    { id: 176, name: 'Quantum Print Shop', type: 'dead' },
    { id: 177, name: 'Old Mill Bakery', active: false },
  ],
  contracts: [
    { id: 900, companyId: 174, name: 'Managed', startDate: '2026-09-15', endDate: '2026-12-31' },
    { id: 901, companyId: 175, name: 'Managed', startDate: '2026-08-31', endDate: '2027-08-30' },
    {
      id: 902,
      companyId: 174,
      name: 'Old',
      status: 'inactive',
      startDate: '2026-09-01',
      endDate: '2027-08-31',
    },
    {
      id: 903,
      companyId: 174,
      name: 'Projects',
      type: 'time-and-materials',
      startDate: '2026-09-01',
      endDate: '2027-08-31',
    },
    {
      id: 904,
      companyId: 174,
      name: 'Quarterly',
      periodType: 'quarterly',
      startDate: '2026-08-01',
      endDate: '2027-07-31',
    },
  ],
  services: [
    { id: 50, name: 'Desktop Monitoring', unitPrice: 15, unitCost: 7.25 },
    { id: 51, name: 'SaaS Backup Seat', unitPrice: 4.165, unitCost: 2.3325 },
  ],
  contractServices: [
    { id: 800, contractId: 900, serviceId: 50, unitPrice: 12.5, units: 10 },
    { id: 801, contractId: 900, serviceId: 51 },
    { id: 802, contractId: 901, serviceId: 51, units: 13 },
    { id: 803, contractId: 902, serviceId: 50, units: 1 },
    { id: 804, contractId: 904, serviceId: 50, units: 2 },
  ],
};

export const TODAY = '2026-11-26';
type Options = Parameters<typeof startAutotaskSimulator>[0];

// biome-ignore lint/suspicious/noExplicitAny: bodies as they come
type Body = any;

export interface Opened extends AutotaskSimulator {
  /** A signed call below `/ATServicesRest/V1.0/`; the body is undefined where the answer is no JSON. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Body; text: string }>;
  query(entity: string, filter: unknown, more?: object): ReturnType<Opened['call']>;
  adjust(fields: object, parent?: number): ReturnType<Opened['call']>;
  /** Units of a contract service: first day, last day, units, and whether posted. */
  unitsOf(contractServiceId: number): string[];
}

const running: AutotaskSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** A stand-in of one test, closed after it. */
export async function open(options: Options = {}): Promise<Opened> {
  const simulator = await startAutotaskSimulator({
    book: BOOK,
    now: () => Date.parse(`${TODAY}T10:00:00Z`),
    ...options,
  });
  running.push(simulator);
  const call: Opened['call'] = async (method, path, body, headers) => {
    const answer = await fetch(path.startsWith('http') ? path : `${simulator.apiUrl}V1.0/${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        UserName: simulator.user,
        Secret: simulator.secret,
        ApiIntegrationCode: simulator.integrationCode,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: parsed(text) };
  };
  return {
    ...simulator,
    call,
    query: (entity, filter, more = {}) => call('POST', `${entity}/query`, { filter, ...more }),
    adjust: (fields, parent = 900) => call('POST', `Contracts/${parent}/ServiceAdjustments`, fields),
    unitsOf: (id) =>
      simulator.world.ledger
        .rowsOf(id)
        .map(
          ({ startDate, endDate, units, approveAndPostDate }) =>
            `${startDate} ${endDate} ${units}${approveAndPostDate === null ? '' : ' posted'}`,
        ),
  };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
