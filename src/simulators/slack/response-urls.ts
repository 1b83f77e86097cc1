export const RESPONSE_URL_USES = 5;
export const RESPONSE_URL_LIFE_MS = 30 * 60 * 1000;

/** Whom a response_url answers, and where. */
export interface ReplyTarget {
  readonly userId: string;
  readonly channel: string;
  /** The message whose control was used; the url of a command has none until something was sent. */
  readonly messageTs: string | undefined;
  readonly isEphemeral: boolean;
  /** The typed command; shown in the channel, once, when the answer is `in_channel`. */
  readonly command: { readonly text: string; readonly isEchoed: boolean } | undefined;
}

/** `target` follows what was shown: a later `replace_original` is about that. */
export interface Issued {
  readonly url: string;
  target: ReplyTarget;
  readonly issuedAt: number;
  uses: number;
}

export interface ResponseUrls {
  issue(target: ReplyTarget): Issued;
  /** Takes one use; `expired_url` and `used_url` are answered with 404, as Slack does. */
  use(token: string): { ok: true; issued: Issued } | { ok: false; error: 'expired_url' | 'used_url' };
}

export function createResponseUrls(
  base: () => string,
  now: () => number,
  secret: () => string,
): ResponseUrls {
  const all = new Map<string, Issued>();
  return {
    issue(target) {
      const token = secret();
      const issued = { url: `${base()}/response/${token}`, target, issuedAt: now(), uses: 0 };
      all.set(token, issued);
      return issued;
    },
    use(token) {
      const issued = all.get(token);
      if (!issued || now() - issued.issuedAt > RESPONSE_URL_LIFE_MS)
        return { ok: false, error: 'expired_url' };
      if (issued.uses >= RESPONSE_URL_USES) return { ok: false, error: 'used_url' };
      issued.uses += 1;
      return { ok: true, issued };
    },
  };
}
