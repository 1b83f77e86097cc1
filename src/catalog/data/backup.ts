import { count, type ModuleRow, ownCount } from '../module-row.ts';

const spanningLicenses = [
  count('Standard Licenses in Use', 'Standard licenses', 'Standard licenses in use in the tenant or domain.'),
  count(
    'Archived Licenses',
    'Archived licenses',
    'Licenses kept for archived accounts of the tenant or domain.',
  ),
];

/** One key pair of the Datto Partner Portal reads appliances and Direct-to-Cloud assets; its address has a default. */
const DATTO_KEYS = ['DATTO_BCDR_API_KEY', 'DATTO_BCDR_API_SECRET'];

export const backup: ModuleRow[] = [
  {
    id: 'datto-bcdr',
    name: 'Datto BCDR',
    settings: DATTO_KEYS,
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
    settings: DATTO_KEYS,
    billingTypes: [
      ownCount('Protected Virtual Machines', 'Azure virtual machines', 'Azure virtual machines backed up.'),
      ownCount('Cloud Storage (GB)', 'Cloud storage', 'Whole gigabytes of backups held in the cloud.'),
    ],
  },
  {
    id: 'datto-endpoint-backup-pcs',
    name: 'Datto Endpoint Backup for PCs',
    settings: DATTO_KEYS,
    billingTypes: [
      ownCount('Protected PCs', 'Protected PCs', 'Desktops and laptops backed up to the cloud.'),
    ],
  },
  {
    id: 'datto-endpoint-backup-servers',
    name: 'Datto Endpoint Backup for Servers',
    settings: DATTO_KEYS,
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
    settings: ['SAAS_PROTECTION_API_KEY', 'SAAS_PROTECTION_API_SECRET'],
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
