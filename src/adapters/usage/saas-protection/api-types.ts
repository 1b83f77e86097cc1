import { z } from 'zod';

/** A protected domain, of `saas/domains`. A customer may have more than one. */
export const SaasDomain = z.object({
  saasCustomerId: z.union([z.number().int(), z.string().min(1)]).transform(String),
  saasCustomerName: z.string().nullish(),
  organizationName: z.string().nullish(),
  domain: z.string().nullish(),
  seatsUsed: z.number().int().nonnegative().nullable(),
});
export type SaasDomain = z.infer<typeof SaasDomain>;

/**
 * A seat, of `saas/{customer}/seats`. The same address may come twice, as the active seat of a mailbox and the archived
 * one of its predecessor, told apart by `remoteId` alone.
 */
export const SaasSeat = z.object({
  mainId: z.string(),
  name: z.string().nullish(),
  seatType: z.string(),
  seatState: z.string(),
  /** "1" or "0" on the wire. A word nobody knows is no free seat. */
  billable: z
    .union([z.string(), z.number(), z.boolean()])
    .refine((value) => /^(0|1|true|false)$/i.test(String(value)), '1 or 0')
    .transform((value) => /^(1|true)$/i.test(String(value))),
  remoteId: z.string().nullish(),
});
export type SaasSeat = z.infer<typeof SaasSeat>;
