import { IcbError } from '../../domain/errors.ts';

export interface AutotaskSettings {
  /** Of an API-only user. */
  readonly username: string;
  readonly secret: string;
  /** The tracking identifier that the MSP made for icb. */
  readonly integrationCode: string;
  /** Where the user's zone is looked up; `/ATServicesRest` or `/ATServicesRest/V1.0` behind it is forgiven. */
  readonly apiUrl?: string;
}

export interface AutotaskOptions {
  /** The MSP's base currency, that of every `internalCurrency…` amount. */
  readonly currency: string;
}

/** What a test replaces; everything defaults to the real thing. */
export interface AutotaskDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly delay?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Epoch milliseconds, by the machine's clock. */
  readonly now?: () => number;
  /** For one attempt, its body included. The vendor lets a call run for up to 5 minutes. */
  readonly timeoutMs?: number;
}

const PUBLIC_API = 'https://webservices.autotask.net';

/** The folder of the versioned API, with a closing slash: `https://webservices.autotask.net/ATServicesRest/`. */
export function apiRoot(apiUrl: string = PUBLIC_API): URL {
  const parsed = URL.parse(apiUrl.trim());
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new IcbError('config', `AUTOTASK_API_URL is not a web address: it looks like ${PUBLIC_API}.`);
  }
  const path = parsed.pathname.replace(/\/+$/, '').replace(/(\/atservicesrest)?(\/v1\.0)?$/i, '');
  return new URL(`${parsed.origin}${path}/ATServicesRest/`);
}
