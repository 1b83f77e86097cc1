import { parseAnswer } from '../../http/parse-answer.ts';
import { TokenAnswer } from './api-types.ts';
import { problems } from './problems.ts';
import type { DattoRmmSettings } from './settings.ts';

export const TOKEN_PATH = 'auth/oauth/token';

/** The vendor's public OAuth client, the same for every customer: not a secret. */
export const PUBLIC_CLIENT = `Basic ${Buffer.from('public-client:public').toString('base64')}`;

/** A token is renewed this long before its end, or at nine tenths of a short life. */
const MARGIN_MS = 5 * 60_000;

/** Posts the form and gives the body of a good answer; throws otherwise. */
export type SignIn = (form: Readonly<Record<string, string>>) => Promise<string>;

export interface AccessTokens {
  /** A bearer token that is still good by its own account. */
  current(signIn: SignIn): Promise<string>;
  /** Drops a token the vendor refused. */
  forget(token: string): void;
}

/** The OAuth password grant with the API key as user name and the API secret as password; a token lives 100 hours. */
export function accessTokens(
  settings: Pick<DattoRmmSettings, 'apiKey' | 'apiSecret'>,
  now: () => number,
): AccessTokens {
  let held: { token: string; until: number } | undefined;

  async function current(signIn: SignIn): Promise<string> {
    if (held !== undefined && now() < held.until) return held.token;
    const form = { grant_type: 'password', username: settings.apiKey, password: settings.apiSecret };
    const answer = parseAnswer(TokenAnswer, await signIn(form), (fault) =>
      problems.malformed('the sign-in', fault),
    );
    const lifeMs = answer.expires_in * 1000;
    held = { token: answer.access_token, until: now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) };
    return held.token;
  }

  function forget(token: string): void {
    if (held?.token === token) held = undefined;
  }

  return { current, forget };
}
