import type { AppAnswer } from './deliveries.ts';
import { shortcutPayload } from './payloads.ts';
import { slackbotSays } from './replies.ts';
import type { World } from './world.ts';

export interface ShortcutUse {
  readonly callbackId: string;
  /** Where the person was; a shortcut on a message needs it, a global one is not told it. */
  readonly channel?: string | undefined;
  readonly messageTs?: string | undefined;
}

/** A person picks a shortcut, of a message or from Slack's own menu. Throws when there is no such message. */
export async function useShortcut(
  world: World,
  userId: string,
  { callbackId, channel: ref, messageTs }: ShortcutUse,
): Promise<AppAnswer> {
  const { workspace, triggers, ids, deliveries, responseUrls } = world;
  const channel = ref === undefined ? undefined : workspace.channel(ref);
  const message =
    messageTs === undefined ? undefined : workspace.messages.find((one) => one.ts === messageTs);
  if (messageTs !== undefined && (!message || !channel)) throw new Error('There is no such message.');
  const payload = shortcutPayload(workspace, workspace.person(userId), {
    callbackId,
    actionTs: ids.ts(),
    triggerId: triggers.issue(userId),
    ...(message && channel
      ? {
          on: {
            message,
            channel,
            responseUrl: responseUrls.issue({
              userId,
              channel: channel.id,
              messageTs: message.ts,
              isEphemeral: false,
              command: undefined,
            }).url,
          },
        }
      : {}),
  });
  const answer = await deliveries.send('interactive', payload);
  if (!answer.ok && channel)
    slackbotSays(
      world,
      userId,
      channel.id,
      `${workspace.app.name} is not responding. Please try again later.`,
    );
  return answer;
}
