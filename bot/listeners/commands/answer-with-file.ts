import { section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../slack/call.ts';
import { sendFile } from '../../slack/send-file.ts';
import { answer } from '../../slack/surface.ts';

interface ListFile {
  /** What the list is, as a sentence calls it: `The log`. */
  readonly title: string;
  readonly filename: string;
  readonly csv: string;
  /** How much is in it, in which order; mrkdwn, already escaped. */
  readonly said: string;
}

/** A list as a CSV file in the person's direct messages with icb, which nobody else sees, and a word where it is. */
export async function answerWithFile(
  bot: BotContext,
  call: Call,
  { title, filename, csv, said }: ListFile,
): Promise<void> {
  await sendFile(bot, call.user.id, {
    filename: `icb-${filename}-${bot.core.clock.today()}.csv`,
    title,
    text: csv,
    comment: said,
  });
  const text = `${title} is a CSV file in your direct messages with icb: ${said}`;
  await answer(bot, call, { text, blocks: [section(text)] });
}
