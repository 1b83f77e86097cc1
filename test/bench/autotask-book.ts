import type { SimBook } from '../../src/simulators/autotask/book.ts';

export const ORGANIZATIONS = 1_000;
export const CONTRACTS = 1_200;
export const CONTRACT_SERVICES = 8_000;
export const SERVICES = 40;

/** What an MSP of a thousand customers keeps in Autotask; the first organization is its own. */
export function benchBook(year: number, unitsOf: (n: number) => number): SimBook {
  return {
    companies: Array.from({ length: ORGANIZATIONS }, (_, n) => ({ id: n, name: `Company ${n}` })),
    contracts: Array.from({ length: CONTRACTS }, (_, n) => ({
      id: 10_000 + n,
      companyId: organizationOf(n),
      name: 'Managed Services',
      startDate: `${year - 1}-01-01`,
      endDate: `${year + 1}-12-31`,
    })),
    services: Array.from({ length: SERVICES }, (_, n) => ({
      id: 50 + n,
      name: `Service ${n}`,
      unitPrice: 12.5,
    })),
    contractServices: Array.from({ length: CONTRACT_SERVICES }, (_, n) => ({
      id: 100_000 + n,
      contractId: 10_000 + contractOf(n),
      serviceId: 50 + serviceOf(n),
      units: unitsOf(n),
    })),
  };
}

/** Of a contract. */
export const organizationOf = (contract: number): number => 1 + (contract % (ORGANIZATIONS - 1));
/** Of a contract service. */
export const contractOf = (contractService: number): number => contractService % CONTRACTS;
export const serviceOf = (contractService: number): number => Math.floor(contractService / CONTRACTS);
