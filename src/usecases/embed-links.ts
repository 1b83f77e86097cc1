import type { Actor } from '../domain/actor.ts';
import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import type { EmbedLink, PublishLink } from '../domain/embed-link.ts';
import { IcbError } from '../domain/errors.ts';
import { EmbedGrant } from '../widgets/embed-grant.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { findTab } from './tabs.ts';
import { widgetDefinition } from './widget-data.ts';

/** Error: `not-found` where there is no such widget or tab. */
export async function checkTarget(core: Core, { widget, tab }: EmbedGrant): Promise<void> {
  if (widget !== undefined) await widgetDefinition(core, widget);
  if (tab !== undefined) await findTab(core, tab);
}

const nameOf = ({ widget, tab }: EmbedGrant): string => (widget ? `widget "${widget}"` : `tab "${tab}"`);

/** Keeps a publish link by the hash of its secret. */
export async function createPublishLink(
  core: Core,
  by: Actor,
  link: {
    readonly id: string;
    readonly tokenHash: string;
    readonly grant: EmbedGrant;
    readonly expiresAt?: IsoInstant;
  },
): Promise<PublishLink> {
  await checkTarget(core, link.grant);
  const record: PublishLink = {
    ...link,
    kind: 'link',
    grant: { ...link.grant },
    at: isoInstant(core.clock.now()),
    by,
  };
  return commit(core, by, async () => ({
    changes: { put: { embedLinks: [record] } },
    audit: {
      action: 'create-embed-link',
      subject: record.id,
      text: `Publish link for ${nameOf(link.grant)} made`,
      after: { grant: record.grant, expiresAt: record.expiresAt },
    },
    result: record,
  }));
}

/** Newest first, without secrets. */
export async function listPublishLinks(core: Core): Promise<readonly PublishLink[]> {
  const links = await (await core.store.snapshot()).list('embedLinks');
  return links
    .filter((link) => link.kind === 'link')
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
}

/**
 * Ends a publish link at once, for good; or a signed token before its time. Revoking twice changes nothing.
 * @param tokensEnd when the last token that could be meant is over
 */
export async function revokeEmbedLink(
  core: Core,
  by: Actor,
  id: string,
  machine: { readonly now: IsoInstant; readonly tokensEnd: IsoInstant },
): Promise<void> {
  await commit(core, by, async (snapshot) => {
    const links = await snapshot.list('embedLinks');
    const link = links.find((each) => each.id === id);
    if (!link && !id.startsWith('et_')) throw new IcbError('not-found', 'There is no such embed link.');
    const done = link && (link.kind !== 'link' || link.revoked);
    const at = isoInstant(core.clock.now());
    const after: EmbedLink =
      link?.kind === 'link'
        ? { ...link, revoked: { at, by } }
        : { id, kind: 'revoked-token', expiresAt: machine.tokensEnd, at, by };
    const over = links.filter((each) => each.kind === 'revoked-token' && each.expiresAt < machine.now);
    if (done) return { changes: {}, result: undefined };
    return {
      changes: {
        put: { embedLinks: [after] },
        remove: over.map((each) => ({ kind: 'embedLinks' as const, id: each.id })),
      },
      audit: {
        action: 'revoke-embed-link',
        subject: id,
        text: link ? 'Publish link revoked' : 'Signed embed token revoked',
      },
      result: undefined,
    };
  });
}

/** Remembers that a link was used, in no hurry and without an audit entry. */
export async function noteLinkUsed(core: Core, id: string, at: IsoInstant): Promise<void> {
  await commit(core, { kind: 'system', name: 'icb' }, async (snapshot) => {
    const link = await snapshot.get('embedLinks', id);
    if (link?.kind !== 'link' || (link.lastUsedAt ?? '') >= at) return { changes: {}, result: undefined };
    return { changes: { put: { embedLinks: [{ ...link, lastUsedAt: at }] } }, result: undefined };
  });
}

/** The grant of a stored link, parsed: what an older icb wrote and this one does not understand opens nothing. */
export const grantOf = (link: PublishLink): EmbedGrant | undefined => {
  const parsed = EmbedGrant.safeParse(link.grant);
  return parsed.success ? parsed.data : undefined;
};
