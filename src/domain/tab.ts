import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';
import { Role } from './role.ts';

/** As Autotask: a tab of more cannot be taken in at one look. */
export const MOST_WIDGETS = 24;

/** Widgets shown together, in order. */
export const Tab = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  group: z.string().optional(),
  widgets: z.array(z.string()).min(1).max(MOST_WIDGETS),
  /** Narrows every widget of the tab; in the form of `WidgetFilters`. */
  filters: z.record(z.string(), z.unknown()).optional(),
  /** Roles that see it, and with each those above it. */
  publishedTo: z.array(Role),
  by: Actor,
  at: IsoInstant,
});
export type Tab = z.infer<typeof Tab>;
