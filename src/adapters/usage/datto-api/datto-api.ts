import { apiRoot } from '../../http/api-root.ts';
import { createHttpClient } from '../../http/http-client.ts';
import { type Vendor, type VendorProblems, vendorProblems } from '../../http/vendor-problems.ts';
import {
  type ClientDeps,
  openKeySession,
  type VendorSession,
  vendorSend,
} from '../../http/vendor-session.ts';

export interface DattoApiSettings {
  /** `https://api.datto.com`; `/v1` behind it is forgiven. */
  readonly apiUrl: string;
  /** The public key of an API key pair of the Datto Partner Portal. */
  readonly apiKey: string;
  /** Its secret key. */
  readonly apiSecret: string;
}

/** A module's own way into the account: same keys, same rate, its own words in errors. */
export interface DattoSession extends VendorSession {
  readonly problems: VendorProblems;
}

/** One key pair of Datto's partner API. Modules of the same keys share it, and with it connections and rate. */
export interface DattoApi {
  session(module: {
    readonly name: string;
    readonly settings: string;
    readonly rights: string;
  }): DattoSession;
}

/** The vendor publishes no limit, but answers 429: a request in 200 ms on average, four at a time. */
const RATE = { requests: 300, windowMs: 60_000 };
export const RETRY = {
  failureWaits: [1_000, 2_000, 4_000],
  throttleWaits: [5_000, 10_000, 20_000, 30_000],
  longestWait: 120_000,
};

/** `settings` names the three settings: `DATTO_BCDR` of DATTO_BCDR_API_URL, _API_KEY and _API_SECRET. */
export function openDattoApi(
  { apiUrl, apiKey, apiSecret }: DattoApiSettings,
  settings: string,
  deps: ClientDeps = {},
): DattoApi {
  const { timeoutMs = 60_000 } = deps;
  const urlSetting = `${settings}_API_URL`;
  const example = 'https://api.datto.com';
  const root = new URL('v1/', apiRoot(apiUrl, { setting: urlSetting, example, ending: /\/v1\/$/ }));
  const http = createHttpClient({ ...deps, concurrency: 4, rate: RATE, timeoutMs, retry: RETRY });
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

  return {
    session(module) {
      const problems = vendorProblems(vendorOf(module));
      const send = vendorSend(http, root.host, timeoutMs, problems);
      return { ...openKeySession({ root, authorization, send, problems }), problems };
    },
  };
}

const vendorOf = ({ name, settings, rights }: Parameters<DattoApi['session']>[0]): Vendor => ({
  name,
  urlSetting: `${settings}_API_URL`,
  rightUrl: 'https://api.datto.com',
  credentials: `${settings}_API_KEY (the public key) and ${settings}_API_SECRET (the secret key), and in the Datto Partner Portal under Admin > Integrations > API Keys that the key is active`,
  rights,
  limit: 'the limit is shared by every integration that uses the keys',
  whenStopped:
    'this API is slow, and on demand a module has 60 seconds in all; wait for the nightly sync, which gives it 15 minutes',
});
