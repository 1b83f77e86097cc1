import type { SimBook, SimCompany, SimContract, SimContractService, SimService } from './book.ts';
import { seededNumber } from './seeded.ts';

const CUSTOMERS = [
  'Amber Dental Group',
  'Birch & Hale Solicitors',
  'Cedar Logistics Ltd',
  'Delta Bakery Supplies',
  'Elm Street Clinic',
  'Falcon Motors GmbH',
  'Granite Schools Trust',
  'Harbor Media LLC',
  'Ironbark Farms Pty Ltd',
  'Juniper Architects',
  'Kestrel Freight Inc',
  'Linden Pharmacy',
] as const;

const SERVICES: readonly SimService[] = [
  { id: 29_741_001, name: 'Desktop Monitoring', unitPrice: 12.5, unitCost: 7.25 },
  { id: 29_741_002, name: 'Server Monitoring', unitPrice: 35, unitCost: 18.4 },
  { id: 29_741_003, name: 'Network Monitoring', unitPrice: 8, unitCost: 4.165 },
  { id: 29_741_004, name: 'SaaS Backup Seat', unitPrice: 4.165, unitCost: 2.3325 },
  { id: 29_741_005, name: 'Help Desk', unitPrice: 450, unitCost: 260 },
];

/** A believable MSP with a dozen customers, the same for the same seed; contracts begin up to a year before `today`. */
export function demoBook(seed: number, today: string): SimBook {
  const companies: SimCompany[] = [{ id: 0, name: 'Northwind IT' }];
  const contracts: SimContract[] = [];
  const contractServices: SimContractService[] = [];
  const thisMonth = Temporal.PlainDate.from(today).with({ day: 1 });
  CUSTOMERS.forEach((name, n) => {
    const draw = (below: number, what: string) => seededNumber(below, what, name, seed);
    const id = 29_683_000 + n * 3;
    companies.push({ id, name, currency: n % 5 === 4 ? 'EUR' : 'USD' });
    const months = 2 + draw(10, 'months');
    const start = thisMonth.subtract({ months }).add({ days: [0, 14, 30][draw(3, 'day')] ?? 0 });
    const contract: SimContract = {
      id: 29_712_000 + n * 4,
      companyId: id,
      name: 'Managed Services',
      periodType: n === 10 ? 'quarterly' : 'monthly',
      startDate: start.toString(),
      endDate: start.add({ years: 3 }).subtract({ days: 1 }).toString(),
    };
    contracts.push(contract);
    for (const [s, service] of SERVICES.entries()) {
      if (s > 0 && draw(3, service.name) === 0) continue;
      contractServices.push({
        id: 29_731_000 + n * 10 + s,
        contractId: contract.id,
        serviceId: service.id,
        units: service.name === 'Help Desk' ? 1 : 3 + draw(40, `units of ${service.name}`),
      });
    }
  });
  companies.push(
    { id: 29_683_101, name: 'Orchard Lane Interiors', type: 'Lead' },
    { id: 29_683_104, name: 'Quantum Print Shop', type: 'Dead' },
    { id: 29_683_107, name: 'Wholesale Hardware Direct', type: 'Vendor' },
    { id: 29_683_110, name: 'Old Mill Bakery', active: false },
  );
  return { companies, contracts, services: SERVICES, contractServices };
}
