import { embedKey, keyId } from '../auth/embed-token.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import type { Api } from './api.ts';
import { all, type Said } from './commands.ts';
import { table } from './print.ts';

export interface EmbedLinkOptions {
  readonly widget?: string;
  readonly tab?: string;
  readonly token?: boolean;
  readonly organization?: string;
  readonly module?: string;
  readonly host?: string;
  readonly until?: string;
  readonly allow?: string;
  readonly viewerFilters?: string;
  readonly theme?: string;
  readonly locale?: string;
}

const listed = (text: string | undefined): string[] | undefined =>
  text?.split(',').map((each) => each.trim());

/** Makes a publish link or a signed token; its address is told once. */
export async function embedLink(api: Api, options: EmbedLinkOptions): Promise<Said> {
  const { widget, tab, token, organization, module, host, until, allow, theme, locale } = options;
  const viewerFilters = listed(options.viewerFilters);
  const given = {
    kind: token ? 'token' : 'link',
    ...{ widget, tab, theme, locale },
    filters: { organization: listed(organization), module: listed(module) },
    capabilities: listed(allow) ?? [],
    viewerFilters,
    frameAncestors: listed(host),
    ...(until && { expiresAt: until.length === 10 ? `${until}T23:59:59Z` : until }),
  };
  const made = await api.send<{ id: string; url: string; snippet: string; exposes: string }>(
    'POST',
    '/api/embed-links',
    // Drops what was not given.
    JSON.parse(JSON.stringify(given)),
  );
  return { json: made, text: [made.url, '', made.snippet, '', `${made.id}: ${made.exposes}.`].join('\n') };
}

interface Link {
  readonly id: string;
  readonly widget?: string;
  readonly tab?: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
}

export async function listEmbedLinks(api: Api): Promise<Said> {
  const items = await all<Link>(api, '/api/embed-links');
  const rows = items.map((each) => [
    each.id,
    each.widget ?? `tab ${each.tab}`,
    each.createdAt.slice(0, 10),
    each.revokedAt ? `revoked ${each.revokedAt.slice(0, 10)}` : (each.expiresAt?.slice(0, 10) ?? 'no end'),
    each.lastUsedAt ?? 'never used',
  ]);
  return {
    json: { items },
    text:
      items.length === 0
        ? 'There are no publish links.'
        : table(['Id', 'Shows', 'Made', 'Ends', 'Last used'], rows),
  };
}

export async function revokeEmbedLink(api: Api, id: string): Promise<Said> {
  await api.send('POST', `/api/embed-links/${encodeURIComponent(id)}/revoke`, {});
  return { json: { id, revoked: true }, text: `${id} is revoked: it shows nothing from now on.` };
}

/** What a host needs to sign its own tokens. Whoever holds it can make embeds, and nothing else. */
export function signingKey(environment: NodeJS.ProcessEnv): Said {
  const [secret] = readConfig(environment, { live: false }).secrets;
  if (!secret) throw new IcbError('config', 'Set ICB_SECRET first: the signing key is derived from it.');
  const key = embedKey(secret);
  return { json: { kid: keyId(key), key }, text: `ICB_EMBED_KID=${keyId(key)}\nICB_EMBED_KEY=${key}` };
}
