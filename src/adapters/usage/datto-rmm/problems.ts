import { IcbError } from '../../../domain/errors.ts';
import type { HttpAnswer } from '../../http/http-client.ts';
import type { HttpUnreachable } from '../../http/http-unreachable.ts';

const unavailable = (message: string) => new IcbError('source-unavailable', message);
const refused = (message: string) => new IcbError('source-refused', message);

/** What was being read, in words for people: `account/devices, page 3`. */
export type Place = string;

export const malformed = (place: Place, fault: string): IcbError =>
  new IcbError(
    'source-malformed',
    `Datto RMM answered ${place} in a form icb cannot count: ${fault}. Nothing was counted; sync again, and if it stays so the vendor has changed its API and icb needs an update.`,
  );

export const credentialsRefused = (): IcbError =>
  refused(
    'Datto RMM refused the API key or secret: check DATTO_RMM_API_KEY and DATTO_RMM_API_SECRET, and that API access is switched on for the account and for the key’s user.',
  );

export const blocked = (): IcbError =>
  refused(
    'Datto RMM has blocked this address for 5 minutes because the account sent too many requests: wait 5 minutes, then sync once, and see which other integrations use the account.',
  );

export const stopped = (): IcbError =>
  unavailable(
    'The count of Datto RMM was stopped before it was complete, so nothing was counted: sync again, at a quieter hour if it ran out of time.',
  );

export function unreachable(error: HttpUnreachable, host: string, timeoutMs: number): IcbError {
  if (error.reason === 'timeout') {
    return unavailable(
      `Datto RMM at ${host} did not answer within ${timeoutMs / 1000} seconds: sync again later.`,
    );
  }
  const code = error.code === '' ? '' : ` (${error.code})`;
  return unavailable(
    `Datto RMM at ${host} could not be reached${code}: check DATTO_RMM_API_URL and the network, then sync again.`,
  );
}

/** A 403 is either missing rights or a block: 429s before it, or its own word, tell which. */
export const isBlock = (answer: HttpAnswer, recentlyThrottled: boolean): boolean =>
  answer.status === 403 && (recentlyThrottled || /\bblock/i.test(answer.text));

/** The sentence for an answer that is no page; undefined for a good one. 401 is the caller's to judge. */
export function problemOf(
  answer: HttpAnswer,
  place: Place,
  recentlyThrottled: boolean,
): IcbError | undefined {
  const { status } = answer;
  if (status === 200) return undefined;
  if (status === 429) {
    return unavailable(
      'Datto RMM keeps answering that the account makes too many requests (its 600 a minute are shared by every integration): sync again in a few minutes.',
    );
  }
  if (isBlock(answer, recentlyThrottled)) return blocked();
  if (status === 403) {
    return refused(
      `Datto RMM forbids icb to read ${place}: let the API key’s user see all sites and devices; if the account was busy the address may be blocked for 5 minutes, so wait that long before the next sync.`,
    );
  }
  if (status >= 500 || status === 408) {
    return unavailable(
      `Datto RMM failed on ${place} (HTTP ${status}, ${answer.attempts} attempts): sync again later.`,
    );
  }
  if (status === 404 && place.includes('filter')) {
    return refused(
      `Datto RMM knows no ${place}: correct the filter in the rule for devices that are not billable.`,
    );
  }
  return refused(
    `Datto RMM refused ${place} (HTTP ${status}): check that DATTO_RMM_API_URL is your platform’s API address.`,
  );
}
