import { ModuleId } from '../../../domain/ids.ts';
import type { UsageSource } from '../../../ports/usage-source.ts';
import type { Call, ClientDeps } from '../../http/vendor-session.ts';
import type { Device } from './api-types.ts';
import { createDattoRmmClient, type DattoRmmClient, type DeviceChoice } from './client.ts';
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
      const udf = rule.kind === 'udf' ? { udf: rule.udf } : {};
      const [sites, devices] = await sitesAndDevices(client, call, { onProgress, ...udf });
      return toUsageAnswer(sites, devices, notBillable);
    },
  };
}

/** Devices are asked for as soon as the first page of sites has come: until then nothing says that icb is welcome. */
async function sitesAndDevices(client: DattoRmmClient, call: Call, choice: DeviceChoice) {
  const stop = new AbortController();
  const own = { ...call, signal: AbortSignal.any([call.signal, stop.signal]) };
  const welcome = Promise.withResolvers<void>();
  const sites = client.sites(own, { onProgress: () => welcome.resolve() });
  sites.catch(welcome.reject);
  try {
    return await Promise.all([sites, welcome.promise.then(() => client.devices(own, choice))]);
  } catch (error) {
    stop.abort();
    throw error;
  }
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
