import { timingSafeEqual } from 'node:crypto';
import { embedTokenOpener, type OpenEmbedToken } from '../../src/auth/embed-token.ts';
import { hashToken } from '../../src/auth/sign-in-token.ts';
import { isoInstant } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { grantOf, noteLinkUsed } from '../../src/usecases/embed-links.ts';
import { EmbedClaims, type EmbedGrant } from '../../src/widgets/embed-grant.ts';
import type { WebDeps } from '../deps.ts';

/** A token is good for so long; a host's clock may be this much ahead. */
export const TOKEN_SECONDS = 600;
const LEEWAY_SECONDS = 60;
/** A write for every look would wear the store out, and make every picture be drawn anew. */
const NOTED_EVERY_MS = 3_600_000;

/** What a verified credential opens. Nothing but `openGrant` makes one, and no route reads data without. */
export interface Opened {
  readonly grant: EmbedGrant;
  /** Milliseconds of the machine's clock; absent for a link without an end. */
  readonly endsAt?: number;
  /** Of a link, for "last used". */
  readonly linkId?: string;
  readonly kind: 'link' | 'token';
}

export type GrantOpener = (token: string | undefined) => Promise<Opened>;

const invalid = (): IcbError =>
  new IcbError(
    'unauthorized',
    'This address holds no valid embed link. Ask whoever gave it to you for a new one.',
  );

/** Told with who may frame it, so that the sentence stands in the host's page and its script can hand over a new one. */
export class LinkOver extends IcbError {
  readonly frameAncestors: readonly string[] | undefined;

  constructor(grant: EmbedGrant | undefined) {
    super('link-expired', 'This chart link has expired. Ask whoever gave it to you for a new one.');
    this.frameAncestors = grant?.frameAncestors;
  }
}

const instant = (ms: number) => isoInstant(Temporal.Instant.fromEpochMilliseconds(Math.trunc(ms)));

/**
 * Opens publish links and signed tokens. Whatever is wrong with one (unknown, forged, garbled, revoked, over) throws:
 * `unauthorized` or `link-expired`. Fails closed: a grant that is not understood opens nothing.
 */
export function grantOpener({ core, settings, machineNow }: WebDeps): GrantOpener {
  const openToken = embedTokenOpener(settings.secrets);
  const noted = new Map<string, number>();

  const note = (id: string, now: number): void => {
    if (now - (noted.get(id) ?? 0) < NOTED_EVERY_MS) return;
    noted.set(id, now);
    noteLinkUsed(core, id, instant(now)).catch((err: unknown) =>
      core.log.warn({ err, link: id }, 'last use of a publish link not noted'),
    );
  };

  const openLink = async (id: string, secret: string): Promise<Opened> => {
    const link = await (await core.store.snapshot()).get('embedLinks', id);
    if (link?.kind !== 'link' || !sameHash(hashToken(secret), link.tokenHash)) throw invalid();
    const now = machineNow();
    const endsAt = link.expiresAt === undefined ? undefined : Date.parse(link.expiresAt);
    const grant = grantOf(link);
    if (link.revoked || (endsAt !== undefined && endsAt <= now)) throw new LinkOver(grant);
    if (!grant) throw invalid();
    note(id, now);
    return { grant, linkId: id, kind: 'link', ...(endsAt !== undefined && { endsAt }) };
  };

  return async (token = '') => {
    const [id = '', secret, ...rest] = token.split('.');
    if (id.startsWith('el_') && secret && rest.length === 0) return openLink(id, secret);
    return openSigned(token, openToken);
  };

  async function openSigned(token: string, open: OpenEmbedToken): Promise<Opened> {
    const claims = EmbedClaims.safeParse(open(token));
    if (!claims.success) throw invalid();
    const { exp, jti, ...grant } = claims.data;
    const now = machineNow() / 1000;
    if (exp <= now) throw new LinkOver(grant);
    // A host that signs for a year has in fact made a link that nobody can revoke.
    if (exp > now + TOKEN_SECONDS + LEEWAY_SECONDS) throw invalid();
    if (jti && (await (await core.store.snapshot()).get('embedLinks', jti))) throw new LinkOver(grant);
    return { grant, endsAt: exp * 1000, kind: 'token' };
  }
}

function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
