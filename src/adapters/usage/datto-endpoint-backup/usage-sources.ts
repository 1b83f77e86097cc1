import { ModuleId } from '../../../domain/ids.ts';
import type { UsageSource } from '../../../ports/usage-source.ts';
import { listFindings } from '../counting/connection-findings.ts';
import { sharedReading } from '../counting/shared-reading.ts';
import type { DattoApi } from '../datto-api/datto-api.ts';
import { readPaged } from '../datto-api/read-paged.ts';
import { CloudAsset } from './api-types.ts';
import { type Product, toUsageAnswer } from './mapper.ts';

/** The three products the vendor sells over its one Direct-to-Cloud list, by module. */
export const PRODUCTS: ReadonlyMap<string, Product> = new Map<string, Product>([
  ['datto-endpoint-backup-pcs', { kind: 'pc', billingType: 'Protected PCs' }],
  ['datto-endpoint-backup-servers', { kind: 'server', billingType: 'Protected Servers' }],
  ['datto-endpoint-backup-azure', { kind: 'azure', billingType: 'Protected Virtual Machines' }],
]);

/** Counts Datto Endpoint Backup: one list holds the assets of all three modules, so one reading serves all three. */
export function dattoEndpointBackupSources(api: DattoApi): UsageSource[] {
  const session = api.session({
    name: 'Datto Endpoint Backup',
    settings: 'DATTO_BCDR',
    rights: 'let the API key read the Direct-to-Cloud assets in the Datto Partner Portal',
  });
  const assets = sharedReading((call) =>
    readPaged(session, { path: 'dtc/assets', row: CloudAsset, key: (asset) => asset.assetUuid }, call),
  );
  return [...PRODUCTS].map(([module, product]) => ({
    module: ModuleId.parse(module),
    async inspect({ signal }) {
      return listFindings('Datto Endpoint Backup', await assets({ signal }), 'assets');
    },
    async count({ signal, onRequest, onProgress }) {
      const all = await assets({ signal, onRequest });
      onProgress?.(all.length, all.length);
      return toUsageAnswer(all, product);
    },
  }));
}
