import { count, type ModuleRow, ownCount } from '../module-row.ts';

const spanningLicenses = [
  count('Standard Licenses in Use', 'Standard licenses', 'Standard licenses in use in the tenant or domain.'),
  count(
    'Archived Licenses',
    'Archived licenses',
    'Licenses kept for archived accounts of the tenant or domain.',
  ),
];

export const backup: ModuleRow[] = [
  {
    id: 'datto-bcdr',
    name: 'Datto BCDR',
    billingTypes: [
      ownCount('Devices', 'Backup appliances', 'Backup appliances registered to the client.'),
      ownCount('Agents', 'Protected agents', 'Machines backed up through an agent on any of the appliances.'),
      ownCount('Shares', 'Protected shares', 'NAS and iSCSI shares backed up by the appliances.'),
      ownCount('Offsite Storage (GB)', 'Off-site storage', 'Whole gigabytes held off-site for the client.'),
    ],
  },
  {
    id: 'datto-endpoint-backup-azure',
    name: 'Datto Endpoint Backup for Microsoft Azure',
    billingTypes: [
      ownCount('Protected Virtual Machines', 'Azure virtual machines', 'Azure virtual machines backed up.'),
      ownCount('Cloud Storage (GB)', 'Cloud storage', 'Whole gigabytes of backups held in the cloud.'),
    ],
  },
  {
    id: 'datto-endpoint-backup-pcs',
    name: 'Datto Endpoint Backup for PCs',
    billingTypes: [
      ownCount('Protected PCs', 'Protected PCs', 'Desktops and laptops backed up to the cloud.'),
    ],
  },
  {
    id: 'datto-endpoint-backup-servers',
    name: 'Datto Endpoint Backup for Servers',
    billingTypes: [
      ownCount('Protected Servers', 'Protected servers', 'Servers backed up to the cloud.'),
      ownCount('Cloud Storage (GB)', 'Cloud storage', 'Whole gigabytes of backups held in the cloud.'),
    ],
  },
  {
    id: 'datto-file-protection',
    name: 'Datto File Protection',
    billingTypes: [ownCount('Protected Devices', 'Protected devices', 'Devices whose files are backed up.')],
  },
  {
    id: 'saas-protection',
    name: 'SaaS Protection',
    billingTypes: [
      ownCount('Billable Seats', 'Billable seats', 'Every seat that bills, in whatever state.', [
        'Active Seats',
        'Paused Seats',
        'Archived Seats',
      ]),
      ownCount('Active Seats', 'Active seats', 'Seats being backed up.'),
      ownCount('Paused Seats', 'Paused seats', 'Seats whose backup is paused; their data is kept.'),
      ownCount('Archived Seats', 'Archived seats', 'Seats of people who left; their data is kept.'),
    ],
  },
  { id: 'spanning-google', name: 'Spanning Google', billingTypes: spanningLicenses },
  { id: 'spanning-o365', name: 'Spanning O365', billingTypes: spanningLicenses },
];
