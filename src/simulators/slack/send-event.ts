import type { Json } from './block-kit/walk-blocks.ts';
import type { AppAnswer } from './deliveries.ts';
import { eventPayload, urlVerificationPayload, viewPayload } from './payloads.ts';
import type { World } from './world.ts';

/**
 * Sends an event; when the app fails it is sent once more at once, with the same event_id. Slack
 * tries twice again after one and five minutes; those come through `deliverRaw` where a test needs them.
 */
export async function sendEvent(world: World, event: Json): Promise<AppAnswer> {
  const { workspace, deliveries, ids, settings } = world;
  const payload = eventPayload(workspace, ids.object('Ev0'), settings.now(), event);
  const first = await deliveries.send('events_api', payload);
  if (first.ok || first.noRetry) return first;
  const reason = first.error === 'operation_timeout' ? 'http_timeout' : 'http_error';
  return deliveries.send('events_api', payload, { num: 1, reason });
}

/** A person opens the app's Home or Messages tab. */
export function openHome(
  world: World,
  userId: string,
  tab: 'home' | 'messages' = 'home',
): Promise<AppAnswer> {
  const { workspace, ids } = world;
  const home = workspace.homes.get(userId);
  return sendEvent(world, {
    type: 'app_home_opened',
    user: userId,
    channel: workspace.directMessage(userId).id,
    tab,
    event_ts: ids.ts(),
    ...(home && tab === 'home' ? { view: viewPayload(home) } : {}),
  });
}

/** Checks a request URL as the app's settings page does: the challenge must come back. */
export async function verifyUrl(world: World): Promise<AppAnswer & { verified: boolean }> {
  const challenge = world.ids.secret();
  const answer = await world.deliveries.send('events_api', urlVerificationPayload(challenge));
  const { body } = answer;
  const echoed = typeof body === 'object' && body !== null ? (body as Json).challenge : body;
  return { ...answer, verified: answer.ok && echoed === challenge };
}
