/** A backup appliance. */
export interface SimBackupDevice {
  readonly serialNumber?: string;
  readonly name: string;
  readonly agents: number | null;
  readonly shares: number | null;
  readonly offsite: { readonly size: number; readonly units: string } | null;
  readonly hidden?: boolean;
  /** Of a reseller under the MSP; of the MSP itself when left out. */
  readonly childReseller?: string;
}

/** A machine backed up straight to the cloud. */
export interface SimCloudAsset {
  readonly uuid?: string;
  readonly name: string;
  /** Any text, as on the wire. */
  readonly type: string | null;
}

export type SeatState = 'Active' | 'Paused' | 'Archived' | 'Unprotected';

export interface SimSeat {
  readonly mainId: string;
  readonly name: string;
  readonly seatType: 'User' | 'SharedMailbox' | 'SharedDrive' | 'Site' | 'TeamSite' | 'Team';
  readonly seatState: SeatState;
  readonly billable: boolean;
  readonly remoteId?: string;
}

export interface SimSaasCustomer {
  readonly id: number;
  readonly name: string;
  readonly domains: readonly string[];
  readonly productType?: 'Office365' | 'GoogleApps';
  /** The billable seats when left out. */
  readonly seatsUsed?: number | null;
  readonly seats: readonly SimSeat[];
}

export interface SimClient {
  readonly organizationId: number;
  /** Null for appliances that belong to no client. */
  readonly name: string | null;
  readonly devices: readonly SimBackupDevice[];
  readonly assets: readonly SimCloudAsset[];
  readonly saas: readonly SimSaasCustomer[];
}

export interface SimBackupAccount {
  readonly name: string;
  readonly clients: readonly SimClient[];
}

export const client = (
  organizationId: number,
  name: string | null,
  holds: Partial<Pick<SimClient, 'devices' | 'assets' | 'saas'>> = {},
): SimClient => ({ organizationId, name, devices: [], assets: [], saas: [], ...holds });
