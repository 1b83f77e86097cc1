import { IcbError } from '../../domain/errors.ts';
import type { HttpAnswer } from './http-client.ts';
import type { HttpUnreachable } from './http-unreachable.ts';

/** What was being read, in words for people: `account/devices, page 3`. */
export type Place = string;

/** What the sentences about a vendor say besides what happened. */
export interface Vendor {
  /** `Datto RMM` */
  readonly name: string;
  /** The setting that holds the API's address. */
  readonly urlSetting: string;
  /** What its address should be: `your platform’s API address`. */
  readonly rightUrl: string;
  /** What to look at when the key is refused, after "check". */
  readonly credentials: string;
  /** What the key must be allowed to do: `let the API key’s user see all sites and devices`. */
  readonly rights: string;
  /** What is known of the limit, in brackets: `its 600 a minute are shared by every integration`. */
  readonly limit: string;
  /** When to sync again after a count that ran out of time. */
  readonly whenStopped: string;
}

/** The errors of a usage source, each a sentence that tells a billing administrator what to do. */
export interface VendorProblems {
  malformed(place: Place, fault: string): IcbError;
  credentialsRefused(): IcbError;
  stopped(): IcbError;
  unreachable(error: HttpUnreachable, host: string, timeoutMs: number): IcbError;
  /** For an answer that is not the one asked for; undefined for a good one. */
  ofStatus(answer: HttpAnswer, place: Place): IcbError | undefined;
}

export const unavailable = (message: string): IcbError => new IcbError('source-unavailable', message);
export const refused = (message: string): IcbError => new IcbError('source-refused', message);

export function vendorProblems(vendor: Vendor): VendorProblems {
  const { name, urlSetting } = vendor;

  function unreachable(error: HttpUnreachable, host: string, timeoutMs: number): IcbError {
    if (error.reason === 'timeout') {
      return unavailable(
        `${name} at ${host} did not answer within ${timeoutMs / 1000} seconds: sync again later.`,
      );
    }
    const code = error.code === '' ? '' : ` (${error.code})`;
    return unavailable(
      `${name} at ${host} could not be reached${code}: check ${urlSetting} and the network, then sync again.`,
    );
  }

  function ofStatus({ status, attempts }: HttpAnswer, place: Place): IcbError | undefined {
    if (status === 200) return undefined;
    if (status === 429) {
      return unavailable(
        `${name} keeps answering that the account makes too many requests (${vendor.limit}): sync again in a few minutes.`,
      );
    }
    if (status === 403) return refused(`${name} forbids icb to read ${place}: ${vendor.rights}.`);
    if (status >= 500 || status === 408) {
      return unavailable(
        `${name} failed on ${place} (HTTP ${status}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}): sync again later.`,
      );
    }
    return refused(
      `${name} refused ${place} (HTTP ${status}): check that ${urlSetting} is ${vendor.rightUrl}.`,
    );
  }

  return {
    malformed: (place, fault) =>
      new IcbError(
        'source-malformed',
        `${name} answered ${place} in a form icb cannot count: ${fault}. Nothing was counted; sync again, and if it stays so the vendor has changed its API and icb needs an update.`,
      ),
    credentialsRefused: () => refused(`${name} refused the API key: check ${vendor.credentials}.`),
    stopped: () =>
      unavailable(
        `The count of ${name} was stopped before it was complete, so nothing was counted: ${vendor.whenStopped}.`,
      ),
    unreachable,
    ofStatus,
  };
}
