import { seededUid } from '../kit/seeded.ts';
import type { SeatState, SimBackupDevice, SimCloudAsset, SimSeat } from './account.ts';

/** What a person can add to a client and take away again. */
export const KINDS = [
  'appliance',
  'agent',
  'share',
  'PC',
  'server',
  'Azure VM',
  'active seat',
  'archived seat',
] as const;
export type Kind = (typeof KINDS)[number];

/** Words the stand-in uses for the type of a Direct-to-Cloud asset; the vendor's are not public. */
export const ASSET_TYPES: Readonly<Partial<Record<Kind, string>>> = {
  PC: 'workstation',
  server: 'server',
  'Azure VM': 'azureVm',
};

export const SEAT_STATES: Readonly<Partial<Record<Kind, SeatState>>> = {
  'active seat': 'Active',
  'archived seat': 'Archived',
};

const short = (name: string): string =>
  name
    .replace(/[^a-z0-9]/gi, '')
    .slice(0, 3)
    .toUpperCase() || 'CLI';

const numbered = (name: string, kind: string, number: number): string =>
  `${short(name)}-${kind}-${String(number).padStart(3, '0')}`;

export const makeAppliance = (clientName: string, number: number, seed: number): SimBackupDevice => ({
  serialNumber: seededUid(seed, clientName, 'appliance', number)
    .replaceAll('-', '')
    .slice(0, 12)
    .toUpperCase(),
  name: numbered(clientName, 'SIRIS', number),
  agents: 2,
  shares: 1,
  offsite: { size: 500 + number, units: 'GB' },
});

export const makeAsset = (clientName: string, kind: Kind, number: number, seed: number): SimCloudAsset => ({
  uuid: seededUid(seed, clientName, kind, number),
  name: numbered(clientName, kind === 'PC' ? 'PC' : kind === 'server' ? 'SRV' : 'AZ', number),
  type: ASSET_TYPES[kind] ?? null,
});

export const makeSeat = (domain: string, state: SeatState, number: number, seed: number): SimSeat => ({
  mainId: `user${number}@${domain}`,
  name: `User ${number}`,
  seatType: 'User',
  seatState: state,
  billable: state !== 'Unprotected',
  remoteId: seededUid(seed, domain, state, number),
});
