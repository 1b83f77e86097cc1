import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { Role } from './role.ts';

/** As Autotask: a tab of more cannot be taken in at one look. */
export const MOST_WIDGETS = 24;

export const TabSize = z.enum(['half', 'row']);
export type TabSize = z.infer<typeof TabSize>;

/** Widgets shown together, in order. */
export const Tab = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  group: z.string().optional(),
  widgets: z.array(z.string()).min(1).max(MOST_WIDGETS),
  /** How much of a row a widget takes, by its id; what is not here takes what its chart needs. */
  sizes: z.record(z.string(), TabSize).optional(),
  /** Narrows every widget of the tab; in the form of `WidgetFilters`. */
  filters: z.record(z.string(), z.unknown()).optional(),
  /** Roles that see it, and with each those above it. */
  publishedTo: z.array(Role),
  by: Actor,
  at: IsoInstant,
});
export type Tab = z.infer<typeof Tab>;
