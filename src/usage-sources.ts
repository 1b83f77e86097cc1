import { type DattoApi, openDattoApi } from './adapters/usage/datto-api/datto-api.ts';
import { dattoBcdrSource } from './adapters/usage/datto-bcdr/usage-source.ts';
import { dattoEndpointBackupSources } from './adapters/usage/datto-endpoint-backup/usage-sources.ts';
import { dattoRmmSource } from './adapters/usage/datto-rmm/usage-source.ts';
import { rocketCyberSource } from './adapters/usage/rocketcyber/usage-source.ts';
import { saasProtectionSource } from './adapters/usage/saas-protection/usage-source.ts';
import type { Config } from './config.ts';
import type { ModuleId } from './domain/ids.ts';
import type { UsageSource } from './ports/usage-source.ts';

type Settings = Pick<Config, 'dattoRmm' | 'dattoBcdr' | 'saasProtection' | 'rocketCyber'>;

/** The usage sources whose settings are there, each for its module: the only place that picks them. */
export function usageSources(settings: Settings): ReadonlyMap<ModuleId, UsageSource> {
  const { dattoRmm, rocketCyber } = settings;
  const sources = [
    ...(dattoRmm ? [dattoRmmSource(dattoRmm)] : []),
    ...dattoBackupSources(settings),
    ...(rocketCyber ? [rocketCyberSource(rocketCyber)] : []),
  ];
  return new Map(sources.map((source) => [source.module, source]));
}

/** BCDR and Endpoint Backup have one key pair; where SaaS Protection has the same, all share one client. */
function dattoBackupSources({ dattoBcdr, saasProtection }: Settings): UsageSource[] {
  const backup = dattoBcdr && openDattoApi(dattoBcdr, 'DATTO_BCDR');
  const saas = saasProtection && saasApi(saasProtection, dattoBcdr, backup);
  return [
    ...(backup ? [dattoBcdrSource(backup), ...dattoEndpointBackupSources(backup)] : []),
    ...(saas ? [saasProtectionSource(saas)] : []),
  ];
}

function saasApi(
  own: NonNullable<Settings['saasProtection']>,
  other: Settings['dattoBcdr'],
  backup: DattoApi | undefined,
): DattoApi {
  const same =
    own.apiUrl === other?.apiUrl && own.apiKey === other.apiKey && own.apiSecret === other.apiSecret;
  return same && backup ? backup : openDattoApi(own, 'SAAS_PROTECTION');
}
