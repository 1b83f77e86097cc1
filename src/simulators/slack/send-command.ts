import type { AppAnswer } from './deliveries.ts';
import { commandPayload } from './payloads.ts';
import { postAsPerson, sendReply, slackbotSays } from './replies.ts';
import type { Channel } from './workspace.ts';
import type { World } from './world.ts';

/** Text as it reaches the app: control characters are entities, and with `should_escape` names are ids. */
export function escapeCommandText(world: World, text: string): string {
  const plain = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  if (!world.settings.shouldEscape) return plain;
  const { people, channels } = world.workspace;
  return plain
    .replace(/@([\w.-]+)/g, (typed, name) => {
      const person = people.find((one) => one.name === name);
      return person ? `<@${person.id}|${person.name}>` : typed;
    })
    .replace(/#([\w-]+)/g, (typed, name) => {
      const channel = channels.find((one) => one.kind !== 'im' && one.name === name);
      return channel ? `<#${channel.id}|${channel.name}>` : typed;
    });
}

/** A person sends what stands in the message box: a slash command or plain text. */
export async function sendTyped(
  world: World,
  userId: string,
  typed: string,
  channelRef: string,
): Promise<AppAnswer> {
  const channel = world.workspace.channel(channelRef);
  if (!channel) throw new Error(`There is no channel ${channelRef}.`);
  const text = typed.trim();
  if (!text.startsWith('/')) {
    const body = await postAsPerson(world, userId, channel.id, text);
    return { ok: true, status: 200, body };
  }
  const [command = '', ...words] = text.split(/\s/);
  if (world.settings.commands.includes(command))
    return sendCommand(world, userId, channel, command, words.join(' ').trim());
  slackbotSays(
    world,
    userId,
    channel.id,
    `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
  );
  return { ok: false, status: undefined, body: undefined, error: 'dispatch_failed' };
}

async function sendCommand(
  world: World,
  userId: string,
  channel: Channel,
  command: string,
  text: string,
): Promise<AppAnswer> {
  const { workspace, triggers, responseUrls, deliveries } = world;
  const issued = responseUrls.issue({
    userId,
    channel: channel.id,
    messageTs: undefined,
    isEphemeral: true,
    command: { text: `${command} ${text}`.trim(), isEchoed: false },
  });
  const payload = commandPayload(workspace, workspace.person(userId), channel, {
    command,
    text: escapeCommandText(world, text),
    responseUrl: issued.url,
    triggerId: triggers.issue(userId),
  });
  const answer = await deliveries.send('slash_commands', payload);
  if (!answer.ok) {
    slackbotSays(world, userId, channel.id, `${command} failed with the error "${answer.error}"`);
    return answer;
  }
  if (answer.body !== undefined) {
    const reply = await sendReply(world, issued, answer.body);
    if (reply.ok === false)
      slackbotSays(world, userId, channel.id, `${command} failed with the error "${String(reply.error)}"`);
  }
  return answer;
}
