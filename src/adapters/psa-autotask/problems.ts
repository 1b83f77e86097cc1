import { IcbError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import type { HttpUnreachable } from '../http/http-unreachable.ts';
import { errorsOf, isThreadRejection } from './sort-answer.ts';
import type { Zone } from './zone.ts';

const unavailable = (message: string) => new IcbError('psa-unavailable', message);
const refused = (message: string) => new IcbError('psa-refused', message);

const clockTime = (ms: number): string =>
  `${Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'minute' }).slice(11, 16)} UTC`;

/** What was being read, in words for people: `Contracts, page 3`. */
export type Place = string;

export const malformed = (place: Place, fault: string): IcbError =>
  unavailable(
    `Autotask answered ${place} in a form icb cannot use: ${fault}. Nothing was taken over; sync again, and if it stays so the vendor has changed its API and icb needs an update.`,
  );

/** @param until epoch milliseconds */
export const credentialsRefused = (until: number): IcbError =>
  refused(
    `Autotask refused the API user: check AUTOTASK_USERNAME, AUTOTASK_SECRET and AUTOTASK_INTEGRATION_CODE, and that the user is active and not locked in Autotask; icb asks again after ${clockTime(until)}, or at once when it is restarted.`,
  );

export const integrationCodeRefused = (): IcbError =>
  refused(
    'Autotask does not know the integration code: check AUTOTASK_INTEGRATION_CODE against the tracking identifier of the API user.',
  );

export const unknownUser = (): IcbError =>
  refused(
    'Autotask knows no API user of that name: check AUTOTASK_USERNAME, the user name of an API-only user.',
  );

export const zoneMoved = (): IcbError =>
  unavailable('Autotask moved your database to another zone while it was being read: sync again.');

export const movedTo = (before: Zone, now: Zone): string =>
  `Autotask moved your database from ${addressOf(before)} to ${addressOf(now)}: icb follows it by itself, and so must every other integration and firewall of yours.`;

const addressOf = ({ name, root }: Zone): string => (name ? `${name} (${root.host})` : root.host);

export const stopped = (): IcbError =>
  unavailable(
    'The reading of Autotask was stopped before it was complete, so nothing was taken over: sync again, at a quieter hour if it ran out of time.',
  );

/** @param until epoch milliseconds */
export const budgetUsedUp = (until: number): IcbError =>
  unavailable(
    `Autotask’s hourly budget of API calls, which every integration of yours shares, is nearly used up: icb goes on by itself after ${clockTime(until)}; see in Autotask which integration makes so many calls.`,
  );

export function unreachable(error: HttpUnreachable, host: string, timeoutMs: number): IcbError {
  if (error.reason === 'timeout') {
    return unavailable(
      `Autotask at ${host} did not answer within ${timeoutMs / 1000} seconds: sync again later.`,
    );
  }
  const code = error.code === '' ? '' : ` (${error.code})`;
  return unavailable(
    `Autotask at ${host} could not be reached${code}: check the network, and AUTOTASK_API_URL if it is set, then sync again.`,
  );
}

/** A 401 whose words name the integration code, or the 500 that some zones give instead. */
export const namesIntegrationCode = (answer: HttpAnswer): boolean =>
  errorsOf(answer.text).some((text) => /integration ?code|tracking identifier/i.test(text));

export const noRight = (place: Place): IcbError =>
  refused(
    `Autotask forbids the API user ${place}: give the user’s security level access to it, and to every line of business whose contracts icb bills.`,
  );

/** The sentence for an answer that is not good; undefined for a good one. 401 is the session's to judge. */
export function problemOf(answer: HttpAnswer, place: Place): IcbError | undefined {
  const { status } = answer;
  if (status === 200) return undefined;
  const [text] = errorsOf(answer.text);
  if (isThreadRejection(status, answer.text) || status === 429) {
    return unavailable(
      'Autotask keeps answering that too many calls run at once under icb’s integration code: let no other tool use that code, then sync again in a few minutes.',
    );
  }
  if (status === 403) return noRight(`to read ${place}`);
  if (namesIntegrationCode(answer)) return integrationCodeRefused();
  if (text !== undefined && /adequate permission|not have permission|not authorized/i.test(text)) {
    return noRight(`to read ${place}`);
  }
  if (text !== undefined) return refused(`Autotask refused ${place}: ${oneLine(text)}`);
  if (status >= 500 || status === 408) {
    return unavailable(
      `Autotask failed on ${place} (HTTP ${status}, ${answer.attempts} attempts): sync again later.`,
    );
  }
  return refused(
    `Autotask refused ${place} (HTTP ${status}): check that AUTOTASK_API_URL, if it is set, is Autotask’s API address.`,
  );
}

/** A vendor's words, fit for a sentence of ours. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
