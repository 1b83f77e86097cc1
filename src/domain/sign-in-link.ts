import { z } from 'zod';
import { IsoInstant } from './calendar.ts';

/** A one-time sign-in link, kept only as the hash of its token. */
export const SignInLink = z.object({
  /** SHA-256 of the token, hex. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  userId: z.string().min(1),
  name: z.string().min(1),
  expiresAt: IsoInstant,
  usedAt: IsoInstant.optional(),
});
export type SignInLink = z.infer<typeof SignInLink>;
