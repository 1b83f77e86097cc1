import { count, flag, type ModuleRow, ownCount } from '../module-row.ts';

const protectedEndpoints = (product: string) => [
  ownCount('Endpoints', 'Protected endpoints', `Endpoints that run ${product}.`, ['Workstations', 'Servers']),
  ownCount('Workstations', 'Protected workstations', `Desktops and laptops that run ${product}.`),
  ownCount('Servers', 'Protected servers', `Servers that run ${product}.`),
];

export const security: ModuleRow[] = [
  {
    id: 'bullphish-id',
    name: 'BullPhish ID',
    billingTypes: [
      flag(
        'BullphishID Phishing Module Metric Type',
        'Phishing simulation',
        'One unit while phishing simulation is switched on for the organization, however many people it reaches.',
      ),
      flag(
        'BullphishID Training Module Metric Type',
        'Security training',
        'One unit while security training is switched on for the organization, however many people it reaches.',
      ),
    ],
  },
  {
    id: 'dark-web-id',
    name: 'Dark Web ID',
    billingTypes: [
      count('Number of Domains', 'Monitored domains', 'Domains watched for leaked credentials.'),
      count(
        'Dark Web ID Personal Email Monitoring',
        'Monitored personal addresses',
        'Personal e-mail addresses watched for leaked credentials.',
      ),
      count('Dark Web ID Live Searches per Month', 'Live searches', 'Live searches run during the month.'),
      count(
        'Live Search for .Gov Domain',
        'Live searches of .gov domains',
        'Live searches of .gov domains; searches of .mil domains do not count.',
      ),
      flag('IDA Dark Web Monitoring Setup', 'Set-up', 'One unit while the set-up fee of monitoring is due.'),
      count('Supply Chain Monitoring for MSPs', 'Supply chain monitoring', 'Suppliers being watched.'),
    ],
  },
  { id: 'datto-av', name: 'Datto AV', billingTypes: protectedEndpoints('Datto AV') },
  { id: 'datto-edr', name: 'Datto EDR', billingTypes: protectedEndpoints('Datto EDR') },
  {
    id: 'datto-saas-defense',
    name: 'Datto SaaS Defense',
    billingTypes: [
      ownCount('Protected Users', 'Protected users', 'Users whose cloud mail and files are scanned.'),
    ],
  },
  {
    id: 'graphus',
    name: 'Graphus',
    billingTypes: [
      ownCount('Protected Mailboxes', 'Protected mailboxes', 'Mailboxes guarded against phishing.'),
    ],
  },
  {
    id: 'rocketcyber',
    name: 'RocketCyber',
    settings: ['ROCKETCYBER_API_URL', 'ROCKETCYBER_API_KEY'],
    billingTypes: [
      ownCount(
        'Agents',
        'Monitored agents',
        'Computers whose agent reports to the security operations center.',
      ),
      ownCount('Microsoft 365 Users', 'Monitored Microsoft 365 users', 'Microsoft 365 users being watched.'),
      ownCount('Firewalls', 'Monitored firewalls', 'Firewalls that send their logs.'),
    ],
  },
];
