import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';

/** What an embed shows, where, and how; in the form of `EmbedGrant`, which is parsed where it is used. */
const Grant = z.record(z.string(), z.unknown());

/**
 * A publish link, for hosts that store one fixed address: kept only as the hash of its secret. A signed token that was
 * revoked before its ten minutes were over is kept as well, until they are.
 */
export const EmbedLink = z.discriminatedUnion('kind', [
  z.object({
    id: z.string().min(1),
    kind: z.literal('link'),
    /** SHA-256 of the secret, hex. */
    tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
    grant: Grant,
    expiresAt: IsoInstant.optional(),
    at: IsoInstant,
    by: Actor,
    revoked: z.object({ at: IsoInstant, by: Actor }).optional(),
    /** To the hour: a write for every look would wear the store out. */
    lastUsedAt: IsoInstant.optional(),
  }),
  z.object({
    id: z.string().min(1),
    kind: z.literal('revoked-token'),
    expiresAt: IsoInstant,
    at: IsoInstant,
    by: Actor,
  }),
]);
export type EmbedLink = z.infer<typeof EmbedLink>;
export type PublishLink = Extract<EmbedLink, { kind: 'link' }>;
