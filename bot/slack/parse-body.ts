import { z } from 'zod';

const text = z.string().optional();
const part = z.record(z.string(), z.unknown());

/** The parts Bolt looks into before any listener can: what it would stumble over is no payload of Slack's. */
const named = z.union([z.string(), part]).optional();
const Event = z.looseObject({
  event: z
    .looseObject({ type: z.string(), user: named, channel: named, channel_id: named, item: named })
    .optional(),
  authorizations: z.array(part).optional(),
});
const Command = z.record(z.string(), z.string());
const Interaction = z
  .looseObject({
    type: z.string(),
    user: part,
    team: part.nullish(),
    channel: part.nullish(),
    view: z.looseObject({ callback_id: text }).nullish(),
    action_id: text,
    callback_id: text,
    actions: z
      .array(z.looseObject({ action_id: z.string(), block_id: text }))
      .min(1)
      .optional(),
  })
  .refine(({ type, view }) => !type.startsWith('view_') || view?.callback_id !== undefined);

/**
 * The payload in a body of Slack's; undefined where it is none. Events are JSON; commands are a form; everything
 * interactive is JSON inside a form's `payload`.
 */
export function parseBody(raw: string, contentType: string): Record<string, unknown> | undefined {
  try {
    if (contentType.startsWith('application/json')) return Event.parse(JSON.parse(raw));
    const form = new URLSearchParams(raw);
    const payload = form.get('payload');
    return payload === null
      ? Command.parse(Object.fromEntries(form))
      : Interaction.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}
