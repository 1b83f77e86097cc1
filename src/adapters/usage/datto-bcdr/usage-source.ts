import { ModuleId } from '../../../domain/ids.ts';
import type { SourceOrganization, UsageSource } from '../../../ports/usage-source.ts';
import { listFindings } from '../counting/connection-findings.ts';
import { clientOrganization } from '../datto-api/client-organization.ts';
import type { DattoApi } from '../datto-api/datto-api.ts';
import type { BackupDevice } from './api-types.ts';
import { createDattoBcdrClient, type DeviceChoice } from './client.ts';
import { toUsageAnswer } from './mapper.ts';

const DATTO_BCDR = ModuleId.parse('datto-bcdr');

/** Counts Datto BCDR: one list of all appliances tells everything. */
export function dattoBcdrSource(api: DattoApi, choice: DeviceChoice = {}): UsageSource {
  const client = createDattoBcdrClient(api, choice);
  return {
    module: DATTO_BCDR,
    async inspect({ signal }) {
      return listFindings('Datto BCDR', await client.devices({ signal }), 'appliances');
    },
    async count({ signal, onRequest, onProgress }) {
      const devices = await client.devices({ signal, onRequest }, onProgress);
      return toUsageAnswer(devices, choice.childResellers ? clientOfReseller : undefined);
    },
  };
}

/** Two resellers may both have a client called Smith. */
function clientOfReseller(device: BackupDevice): SourceOrganization {
  const client = clientOrganization(device.clientCompanyName);
  const reseller = clientOrganization(device.resellerCompanyName);
  return {
    externalId: `${reseller.externalId}/${client.externalId}`,
    name: `${client.name} (${reseller.name})`,
  };
}
