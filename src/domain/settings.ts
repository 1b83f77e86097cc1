import { z } from 'zod';

/** When a count waits for a person. Source: product.md "Holds". */
export const HoldLimits = z.object({
  id: z.literal('holds'),
  /** A count that falls to zero. */
  zero: z.boolean(),
  /** A jump of more than this percent … */
  jumpPercent: z.number().min(0).max(1000),
  /** … and of more than this many units, against the median of the preceding 30 days. */
  jumpUnits: z.number().int().nonnegative(),
  /** The first count of a mapping. */
  firstCounts: z.boolean(),
});
export type HoldLimits = z.infer<typeof HoldLimits>;

export const DEFAULT_HOLD_LIMITS: HoldLimits = {
  id: 'holds',
  zero: true,
  jumpPercent: 25,
  jumpUnits: 5,
  firstCounts: false,
};
