import type { IcbError } from '../../../domain/errors.ts';
import type { HttpAnswer } from '../../http/http-client.ts';
import { type Place, refused, vendorProblems } from '../../http/vendor-problems.ts';

const RIGHTS = 'let the API key’s user see all sites and devices';

export const problems = vendorProblems({
  name: 'Datto RMM',
  urlSetting: 'DATTO_RMM_API_URL',
  rightUrl: 'your platform’s API address',
  credentials:
    'DATTO_RMM_API_KEY and DATTO_RMM_API_SECRET, and that API access is switched on for the account and for the key’s user',
  rights: RIGHTS,
  limit: 'its 600 a minute are shared by every integration',
  whenStopped: 'sync again, at a quieter hour if it ran out of time',
});

export const blocked = (): IcbError =>
  refused(
    'Datto RMM has blocked this address for 5 minutes because the account sent too many requests: wait 5 minutes, then sync once, and see which other integrations use the account.',
  );

/** A 403 is either missing rights or a block: 429s before it, or its own word, tell which. */
export const isBlock = (answer: HttpAnswer, recentlyThrottled: boolean): boolean =>
  answer.status === 403 && (recentlyThrottled || /\bblock/i.test(answer.text));

/** The sentence for an answer that is no page; undefined for a good one. 401 is the caller's to judge. */
export function problemOf(
  answer: HttpAnswer,
  place: Place,
  recentlyThrottled: boolean,
): IcbError | undefined {
  if (isBlock(answer, recentlyThrottled)) return blocked();
  if (answer.status === 403) {
    return refused(
      `Datto RMM forbids icb to read ${place}: ${RIGHTS}; if the account was busy the address may be blocked for 5 minutes, so wait that long before the next sync.`,
    );
  }
  if (answer.status === 404 && place.includes('filter')) {
    return refused(
      `Datto RMM knows no ${place}: correct the filter in the rule for devices that are not billable.`,
    );
  }
  return problems.ofStatus(answer, place);
}
