import type { z } from 'zod';
import type { Actor } from '../../src/domain/actor.ts';
import type { Place } from '../../src/domain/audit.ts';
import type { ActionBody, CommandBody, ShortcutBody, ShownMessage, View, ViewBody } from './payloads.ts';

/** One thing a person did in Slack, from whichever surface. */
export interface Call {
  readonly user: { readonly id: string; readonly name: string };
  readonly by: Actor;
  readonly triggerId?: string;
  readonly channel?: string;
  readonly responseUrl?: string;
  /** The modal or Home tab it was done in. */
  readonly view?: View;
  /** What was typed, where its answer may be shown to the channel: it gets a button for that. */
  readonly shareable?: string;
  /** The answer is for everybody in the channel. */
  readonly sharing?: true;
  /** The message that was clicked, where everybody sees it. */
  readonly message?: ShownMessage;
}

/** Where it was done, as the audit says it. */
export function placeOf({ view, channel }: Call): string {
  if (view) return (view.type === 'home' ? 'home' : 'form') satisfies Place;
  if (channel === undefined || channel.startsWith('D')) return 'direct message' satisfies Place;
  return channel;
}

interface Parts {
  readonly triggerId?: string | undefined;
  readonly channel?: string | undefined;
  readonly responseUrl?: string | undefined;
  readonly view?: View | null | undefined;
  readonly message?: ShownMessage | null | undefined;
}

const call = (user: Call['user'], parts: Parts): Call => ({
  user,
  by: { kind: 'slack', userId: user.id, name: user.name },
  ...(parts.triggerId ? { triggerId: parts.triggerId } : {}),
  ...(parts.channel ? { channel: parts.channel } : {}),
  ...(parts.responseUrl ? { responseUrl: parts.responseUrl } : {}),
  ...(parts.view ? { view: parts.view } : {}),
  ...(parts.message ? { message: parts.message } : {}),
});

export const callOfCommand = (body: z.infer<typeof CommandBody>): Call =>
  call(
    { id: body.user_id, name: body.user_name ?? body.user_id },
    { triggerId: body.trigger_id, channel: body.channel_id, responseUrl: body.response_url },
  );

export const callOfAction = (body: z.infer<typeof ActionBody>): Call =>
  call(body.user, {
    triggerId: body.trigger_id,
    channel: body.channel?.id,
    responseUrl: body.response_url,
    view: body.view,
    message: body.message,
  });

export const callOfShortcut = (body: ShortcutBody): Call =>
  call(body.user, {
    triggerId: body.trigger_id,
    channel: body.channel?.id,
    responseUrl: body.response_url,
  });

export const callOfView = (body: z.infer<typeof ViewBody>): Call =>
  call(body.user, { triggerId: body.trigger_id, view: body.view });
