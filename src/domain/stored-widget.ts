import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoInstant } from './calendar.ts';

/** A definition as it was once saved. Its form is `WidgetDefinition`'s, which is parsed where it is used. */
export const WidgetVersion = z.object({
  definition: z.record(z.string(), z.unknown()),
  at: IsoInstant,
  by: Actor,
});
export type WidgetVersion = z.infer<typeof WidgetVersion>;

/** A widget somebody made, with its history: the last version counts. */
export const StoredWidget = z.object({
  id: z.string().min(1),
  versions: z.array(WidgetVersion).min(1),
});
export type StoredWidget = z.infer<typeof StoredWidget>;
