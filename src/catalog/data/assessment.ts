import { count, flag, type ModuleRow, ownCount } from '../module-row.ts';

const siteExists = (product: string) =>
  flag('Is Enabled', 'Switched on', `One unit while the organization has a ${product} site.`);

export const assessment: ModuleRow[] = [
  {
    id: 'compliance-manager',
    name: 'Compliance Manager',
    billingTypes: [
      count(
        'Devices',
        'Active devices',
        'Devices met in scans that were switched on, or seen by a domain controller, within 30 days.',
      ),
      siteExists('Compliance Manager'),
      count(
        'Users',
        'Active users',
        'Users of the directory and of single computers, and cloud users who signed in within 30 days.',
      ),
    ],
  },
  { id: 'cyber-hawk', name: 'Cyber Hawk', billingTypes: [siteExists('Cyber Hawk')] },
  {
    id: 'network-detective-pro',
    name: 'Network Detective Pro',
    billingTypes: [
      ownCount('Sites', 'Assessed sites', 'Sites kept for the organization.'),
      ownCount('Scanned Devices', 'Scanned devices', 'Devices met in the latest scans.'),
    ],
  },
  {
    id: 'vulscan',
    name: 'VulScan',
    billingTypes: [
      count('Per Scanned Device', 'Scanned devices', 'Devices scanned for vulnerabilities.'),
      count('Per User', 'Users', 'Users covered by scans; some screens of the vendor say Per Scanned User.'),
    ],
  },
];
