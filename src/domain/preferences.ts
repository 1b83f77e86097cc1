import { z } from 'zod';

/** How one person likes to look at things; nobody else sees anything of it. */
export const Preferences = z.object({
  /** Whose. */
  id: z.string().min(1),
  /** Columns of the drill-in, in their order; names that are unknown by now are left out where it is read. */
  itemColumns: z.array(z.string().max(40)).max(40).optional(),
});
export type Preferences = z.infer<typeof Preferences>;
