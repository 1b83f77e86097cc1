import { ModuleId } from '../../../domain/ids.ts';
import type { UsageSource } from '../../../ports/usage-source.ts';
import type { Call, ClientDeps } from '../../http/vendor-session.ts';
import type { Device } from './api-types.ts';
import { createDattoRmmClient, type DattoRmmClient } from './client.ts';
import { toUsageAnswer } from './mapper.ts';
import { type DattoRmmSettings, type NotBillableRule, notBillableRule } from './settings.ts';

const DATTO_RMM = ModuleId.parse('datto-rmm');

/** Counts Datto RMM by its API v2. Keep one per API key: rate limit, token and block are remembered in it. */
export function dattoRmmSource(settings: DattoRmmSettings, deps: ClientDeps = {}): UsageSource {
  const client = createDattoRmmClient(settings, deps);
  const rule = notBillableRule(settings.notBillable);
  return {
    module: DATTO_RMM,
    inspect: ({ signal }) => client.inspect({ signal }),
    async count({ signal, onRequest, onProgress }) {
      const call: Call = { signal, onRequest };
      const notBillable = await notBillableTest(rule, client, call);
      const sites = await client.sites(call);
      const udf = rule.kind === 'udf' ? { udf: rule.udf } : {};
      const devices = await client.devices(call, { onProgress, ...udf });
      return toUsageAnswer(sites, devices, notBillable);
    },
  };
}

async function notBillableTest(
  rule: NotBillableRule,
  client: DattoRmmClient,
  call: Call,
): Promise<(device: Device) => boolean> {
  if (rule.kind === 'none') return () => false;
  if (rule.kind === 'udf') return (device) => device.udf?.[`udf${rule.udf}`]?.trim() === rule.value;
  const excluded = await client.devices(call, { filterId: rule.filterId });
  const uids = new Set(excluded.map((device) => device.uid));
  return (device) => uids.has(device.uid);
}
