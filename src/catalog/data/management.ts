import { type ModuleRow, ownCount } from '../module-row.ts';

export const management: ModuleRow[] = [
  {
    id: 'datto-networking',
    name: 'Datto Networking',
    billingTypes: [
      ownCount('Managed Devices', 'Managed network devices', 'Datto network devices under management.', [
        'Access Points',
        'Switches',
        'Routers',
        'Managed Power',
      ]),
      ownCount('Access Points', 'Access points', 'Wireless access points under management.'),
      ownCount('Switches', 'Switches', 'Switches under management.'),
      ownCount('Routers', 'Routers', 'Routers under management.'),
      ownCount('Managed Power', 'Managed power', 'Managed power units.'),
    ],
  },
  {
    id: 'traverse',
    name: 'Traverse',
    billingTypes: [ownCount('Monitored Devices', 'Monitored devices', 'Devices under network monitoring.')],
  },
  {
    id: 'vsa-10',
    name: 'VSA 10',
    billingTypes: [
      ownCount('Agents', 'Managed agents', 'Computers that run the agent.', ['Workstations', 'Servers']),
      ownCount('Workstations', 'Workstations', 'Desktops and laptops that run the agent.'),
      ownCount('Servers', 'Servers', 'Servers that run the agent.'),
    ],
  },
  {
    id: 'workplace',
    name: 'Workplace',
    billingTypes: [
      // The vendor's page describes this count without naming it, in words that fit another module.
      ownCount('Managed devices (total and by type)', 'Managed devices', 'Devices that synchronize files.'),
      ownCount('Users', 'Users', 'Users with an account.'),
    ],
  },
];
