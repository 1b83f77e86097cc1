import { ModuleId } from '../domain/ids.ts';
import type { DemoCustomer } from './demo-customers.ts';

/** A module of the filled demo: when its counting began, and what bills on which service. */
export interface DemoModule {
  readonly id: ModuleId;
  /** Months before today. */
  readonly monthsAgo: number;
  /** The service that makes a customer a user of this module. */
  readonly service: string;
  /** Services in the customer's contract by billing type; billing types not named are ignored. */
  readonly choices: (customer: DemoCustomer) => Readonly<Record<string, string>>;
}

/** Datto RMM counts what its sites hold; the other modules what a customer of that many people uses today. */
export interface CountsByPeople {
  readonly counts: (people: number) => Readonly<Record<string, number>>;
}

const NETWORK = ['Router', 'Switch', 'Firewall', 'NAS', 'UPS'].map((name) => `Network Device (${name})`);

/** Contracts with a server service bill by class, the others one price for every device: no device bills twice. */
const devicesByClass = ({ services }: DemoCustomer): Record<string, string> =>
  services.has('Server Monitoring')
    ? {
        'Desktop & Laptop': 'Desktop Monitoring',
        Server: 'Server Monitoring',
        ...(services.has('Network Monitoring')
          ? Object.fromEntries(NETWORK.map((name) => [name, 'Network Monitoring']))
          : {}),
      }
    : { AllDevicesMetric: 'Desktop Monitoring' };

export const DATTO_RMM: DemoModule = {
  id: ModuleId.parse('datto-rmm'),
  monthsAgo: 12,
  service: 'Desktop Monitoring',
  choices: devicesByClass,
};

export const OTHER_MODULES: readonly (DemoModule & CountsByPeople)[] = [
  {
    id: ModuleId.parse('datto-bcdr'),
    monthsAgo: 12,
    service: 'Backup Appliance',
    choices: () => ({ Devices: 'Backup Appliance' }),
    counts: (people) => ({ Devices: people > 30 ? 2 : 1, Agents: 1 + Math.ceil(people / 8) }),
  },
  {
    id: ModuleId.parse('saas-protection'),
    monthsAgo: 8,
    service: 'SaaS Backup Seat',
    choices: () => ({ 'Billable Seats': 'SaaS Backup Seat' }),
    counts: (people) => ({
      'Active Seats': Math.ceil(people * 1.3),
      'Archived Seats': Math.ceil(people / 9),
    }),
  },
  {
    id: ModuleId.parse('rocketcyber'),
    monthsAgo: 5,
    service: 'Managed SOC',
    choices: () => ({ Agents: 'Managed SOC' }),
    counts: (people) => ({ Agents: people + 1, 'Microsoft 365 Users': people }),
  },
];
