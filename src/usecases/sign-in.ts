import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { SignInLink } from '../domain/sign-in-link.ts';
import type { Core } from './core.ts';

export type SignedIn = Pick<SignInLink, 'userId' | 'name'>;

/** Keeps a one-time sign-in link, by the hash of its token, and forgets those that are over. */
export async function issueSignInLink(
  core: Core,
  link: SignedIn & {
    readonly tokenHash: string;
    readonly expiresAt: IsoInstant;
    readonly machineNow: Temporal.Instant;
  },
): Promise<void> {
  const { tokenHash, machineNow, ...rest } = link;
  const now = isoInstant(machineNow);
  const over = (await (await core.store.snapshot()).list('signInLinks')).filter((old) => old.expiresAt < now);
  await core.store.commit({
    put: { signInLinks: [{ id: tokenHash, ...rest }] },
    remove: over.map(({ id }) => ({ kind: 'signInLinks', id })),
  });
}

/** Whether the link would sign somebody in; consumes nothing, so that a link preview may look. */
export async function peekSignInLink(
  core: Core,
  { tokenHash, machineNow }: { readonly tokenHash: string; readonly machineNow: Temporal.Instant },
): Promise<boolean> {
  const link = await (await core.store.snapshot()).get('signInLinks', tokenHash);
  return link !== undefined && isOpen(link, machineNow);
}

/** Uses the link up; of two at once only one gets in. Error: `link-expired`. */
export async function redeemSignInLink(
  core: Core,
  { tokenHash, machineNow }: { readonly tokenHash: string; readonly machineNow: Temporal.Instant },
): Promise<SignedIn> {
  for (;;) {
    const snapshot = await core.store.snapshot();
    const link = await snapshot.get('signInLinks', tokenHash);
    if (!link || !isOpen(link, machineNow))
      throw new IcbError(
        'link-expired',
        'This sign-in link has expired or was already used. Type /icb dashboard in Slack for a new one.',
      );
    const used = { ...link, usedAt: isoInstant(machineNow) };
    try {
      await core.store.commit({ put: { signInLinks: [used] } }, { basedOn: snapshot.revision });
      return { userId: link.userId, name: link.name };
    } catch (error) {
      if (!(error instanceof IcbError) || error.code !== 'conflict') throw error;
    }
  }
}

const isOpen = (link: SignInLink, now: Temporal.Instant): boolean =>
  link.usedAt === undefined && link.expiresAt > isoInstant(now);
