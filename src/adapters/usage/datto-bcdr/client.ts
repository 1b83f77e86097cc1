import type { Call } from '../../http/vendor-session.ts';
import type { DattoApi } from '../datto-api/datto-api.ts';
import { readPaged } from '../datto-api/read-paged.ts';
import { BackupDevice } from './api-types.ts';

export interface DeviceChoice {
  /** Devices hidden in the portal; off by default. */
  readonly hiddenDevices?: boolean;
  /** Devices of resellers under this one; off by default. */
  readonly childResellers?: boolean;
}

export interface DattoBcdrClient {
  /** Every appliance of the account, or an `IcbError`. */
  devices(
    call: Call,
    onProgress?: ((done: number, total: number) => void) | undefined,
  ): Promise<readonly BackupDevice[]>;
}

const SWITCH = { on: '1', off: '0' };

export function createDattoBcdrClient(api: DattoApi, choice: DeviceChoice): DattoBcdrClient {
  const session = api.session({
    name: 'Datto BCDR',
    settings: 'DATTO_BCDR',
    rights: 'let the API key read the backup devices in the Datto Partner Portal',
  });
  return {
    devices: (call, onProgress) =>
      readPaged(
        session,
        {
          path: 'bcdr/device',
          query: {
            showHiddenDevices: choice.hiddenDevices ? SWITCH.on : SWITCH.off,
            showChildResellerDevices: choice.childResellers ? SWITCH.on : SWITCH.off,
          },
          row: BackupDevice,
          key: (device) => device.serialNumber,
          onProgress,
        },
        call,
      ),
  };
}
