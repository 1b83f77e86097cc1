import type { BotContext } from '../bot-context.ts';

/** A text file in the direct messages of one person: only they see it. `comment` is mrkdwn, already escaped. */
export async function sendFile(
  bot: BotContext,
  user: string,
  { filename, title, text, comment }: Readonly<Record<'filename' | 'title' | 'text' | 'comment', string>>,
): Promise<void> {
  const { channel } = await bot.slack.posting.conversations.open({ users: user });
  if (!channel?.id) throw new Error('Slack opened no conversation for a file.');
  await bot.slack.posting.filesUploadV2({
    channel_id: channel.id,
    filename,
    title,
    file: Buffer.from(text, 'utf8'),
    initial_comment: comment,
  });
}
