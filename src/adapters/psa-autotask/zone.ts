import type { PsaCall } from '../../ports/psa.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { ZoneInformation } from './api-types.ts';
import { parseAnswer } from './parse-answer.ts';
import { malformed, problemOf, unknownUser } from './problems.ts';
import { errorsOf } from './sort-answer.ts';

/** Where the MSP's database lives. */
export interface Zone {
  readonly name: string;
  /** The API there, with a closing slash; `V1.0/…` goes behind it. */
  readonly root: URL;
  /** The pages for people, with a closing slash. */
  readonly web: URL;
  readonly sandbox: boolean;
}

const PLACE = 'the look-up of the zone';

/** Sandboxes and the vendor's pre-release zone are told by their names alone: the answer has no flag for it. */
const NOT_LIVE = /sandbox|pre-?release|limited release/i;

/**
 * Asks where the API user's database lives; no credentials are needed for that, and none are sent.
 * @param ask gives the answer to a GET, without credentials
 */
export async function lookUpZone(
  root: URL,
  username: string,
  ask: (url: URL, call: PsaCall) => Promise<HttpAnswer>,
  call: PsaCall,
): Promise<Zone> {
  const url = new URL('V1.0/zoneInformation', root);
  url.searchParams.set('user', username);
  const answer = await ask(url, call);
  // A user it does not know is a 500 with words, never a 404.
  if (answer.status === 500 && errorsOf(answer.text).length > 0) throw unknownUser();
  const problem = problemOf(answer, PLACE);
  if (problem !== undefined) throw problem;
  const { zoneName, url: apiUrl, webUrl } = parseAnswer(ZoneInformation, answer.text, PLACE);
  return {
    name: zoneName ?? '',
    root: folder(apiUrl),
    web: folder(webUrl),
    sandbox: NOT_LIVE.test(`${zoneName} ${apiUrl} ${webUrl}`),
  };
}

function folder(text: string): URL {
  const url = URL.parse(text.replace(/\/*$/, '/'));
  if (url === null || !/^https?:$/.test(url.protocol)) throw malformed(PLACE, 'its address is not one');
  return url;
}
