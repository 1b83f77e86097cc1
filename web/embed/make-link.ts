import { randomBytes } from 'node:crypto';
import { sealEmbedToken } from '../../src/auth/embed-token.ts';
import { newSignInToken } from '../../src/auth/sign-in-token.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { type IsoInstant, isoInstant } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { checkTarget, createPublishLink } from '../../src/usecases/embed-links.ts';
import type { EmbedGrant, EmbedRequest } from '../../src/widgets/embed-grant.ts';
import type { WebDeps } from '../deps.ts';
import { TOKEN_SECONDS } from './open-grant.ts';
import { snippetOf } from './snippet.ts';

export interface MadeLink {
  readonly id: string;
  readonly kind: 'link' | 'token';
  readonly url: string;
  readonly snippet: string;
  readonly expiresAt?: IsoInstant;
  /** What it exposes, in words, for whoever is about to paste it. */
  readonly exposes: string;
}

/**
 * Makes a publish link or a signed token; its secret is in the answer and nowhere else. Errors: `not-found`, and
 * `bad-input` for an end that is past: such a link would never open anything.
 */
export async function makeEmbedLink(deps: WebDeps, by: Actor, request: EmbedRequest): Promise<MadeLink> {
  const { kind, expiresAt, ...grant } = request;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= deps.machineNow())
    throw new IcbError(
      'bad-input',
      `The embed link would end before it begins: ${expiresAt} is past. None was made; name a later end, or none.`,
    );
  const made =
    kind === 'link' ? await publish(deps, by, grant, expiresAt) : await signed(deps, grant, expiresAt);
  const path = grant.widget ? `widgets/${grant.widget}` : `tabs/${grant.tab}`;
  const url = `${deps.settings.baseUrl}/embed/${path}?t=${made.token}`;
  const { token: _secret, ...rest } = made;
  return {
    ...rest,
    kind,
    url,
    snippet: snippetOf(deps.settings.baseUrl, url, grant),
    exposes: inWords(request),
  };
}

async function publish(deps: WebDeps, by: Actor, grant: EmbedGrant, expiresAt: string | undefined) {
  const id = `el_${randomBytes(9).toString('base64url').replaceAll(/[_-]/g, 'x')}`;
  const { token, tokenHash } = newSignInToken();
  const end = expiresAt === undefined ? undefined : isoInstant(Temporal.Instant.from(expiresAt));
  await createPublishLink(deps.core, by, { id, tokenHash, grant, ...(end && { expiresAt: end }) });
  return { id, token: `${id}.${token}`, ...(end && { expiresAt: end }) };
}

async function signed(
  { core, settings, machineNow }: WebDeps,
  grant: EmbedGrant,
  expiresAt: string | undefined,
) {
  await checkTarget(core, grant);
  const latest = Math.floor(machineNow() / 1000) + TOKEN_SECONDS;
  const exp = Math.min(latest, expiresAt === undefined ? latest : Math.floor(Date.parse(expiresAt) / 1000));
  const id = `et_${randomBytes(9).toString('base64url').replaceAll(/[_-]/g, 'x')}`;
  const end = isoInstant(Temporal.Instant.fromEpochMilliseconds(exp * 1000));
  return { id, token: sealEmbedToken({ ...grant, exp, jti: id }, settings.secrets), expiresAt: end };
}

function inWords({ kind, filters, capabilities, expiresAt, viewerFilters }: EmbedRequest): string {
  const locked = Object.keys(filters).length > 0;
  return [
    kind === 'link'
      ? 'Publish link: whoever has the address sees it until you revoke it'
      : 'Signed token: whoever has the address sees it for ten minutes at most',
    ...(kind === 'link' ? [expiresAt ? `or until ${expiresAt}` : 'it has no end'] : []),
    locked ? 'only what its locked filters let through' : 'all organizations and modules (no locked filter)',
    capabilities.cost ? 'cost and margin too' : 'no cost and no margin',
    ...(viewerFilters.length > 0 ? [`viewers may filter by ${viewerFilters.join(', ')}`] : []),
    ...(capabilities.leakage ? ['leakage too'] : []),
  ].join('; ');
}
