import { z } from 'zod';
import { IcbError } from '../../../src/domain/errors.ts';
import { stableId } from '../../../src/domain/ids.ts';
import { createUsageDraft } from '../../../src/usecases/usage-drafts.ts';
import type { BotContext } from '../../bot-context.ts';
import { post } from '../../outbox/outbox.ts';
import { requireRole } from '../../permissions.ts';
import { loadUsageFileMessage } from '../../screens/load-usage-file.ts';
import type { Call } from '../../slack/call.ts';
import { isTooLarge, tooLarge } from '../../slack/download-file.ts';
import { patiently } from '../../slack/patiently.ts';
import type { FileShared } from '../../slack/payloads.ts';
import { refuseInShared } from '../../slack/shared-channels.ts';

const Shares = z.record(z.string(), z.array(z.object({ ts: z.string() })));

const SharedFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
  shares: z.object({ public: Shares.optional(), private: Shares.optional() }).nullish(),
});
type SharedFile = z.infer<typeof SharedFile>;

/**
 * A CSV file of usage that somebody shared: answers in its thread with what was understood and what saving it would
 * change. Other files are nobody's business here, except in a direct message, where they were meant for icb.
 */
export async function takeSharedFile(
  bot: BotContext,
  call: Call,
  event: FileShared,
): Promise<'taken' | 'before' | 'no-csv'> {
  const { file: info } = await patiently(bot, () => bot.slack.posting.files.info({ file: event.file_id }));
  const file = SharedFile.parse(info);
  const channel = event.channel_id;
  if (!isCsv(file)) {
    if (channel.startsWith('D') && !isPicture(file)) throw notCsv();
    return 'no-csv';
  }
  await refuseInShared(bot, call, true);
  await requireRole(bot, call, 'operator');
  if (isTooLarge(file.size ?? 0)) throw tooLarge();
  const bytes = await bot.download(file.url_private_download ?? file.url_private ?? '');
  // Slack may send an event twice: the second time the file waits already.
  const id = stableId('draft', 'slack', file.id, channel);
  const name = file.name ?? file.title ?? 'file.csv';
  const { created } = await createUsageDraft(bot.core, { by: call.by, file: name, bytes, id });
  if (!created) return 'before';
  const message = await loadUsageFileMessage(bot, id);
  const thread = threadOf(file, channel);
  await post(bot, [
    {
      key: `file ${id}`,
      kind: 'usage-file',
      subject: id,
      to: channel,
      message,
      ...(thread ? { thread } : {}),
    },
  ]);
  return 'taken';
}

const isCsv = ({ name, mimetype }: SharedFile): boolean =>
  /\.(csv|tsv)$/i.test(name ?? '') || /^text\/(csv|tab-separated-values)$/.test(mimetype ?? '');

const isPicture = ({ mimetype }: SharedFile): boolean => /^(image|video|audio)\//.test(mimetype ?? '');

const notCsv = (): IcbError =>
  new IcbError(
    'bad-input',
    'This file is not CSV. Save the table as “CSV UTF-8” and share that file; its first line holds the columns’ titles.',
  );

const threadOf = ({ shares }: SharedFile, channel: string): string | undefined =>
  [...(shares?.public?.[channel] ?? []), ...(shares?.private?.[channel] ?? [])].at(-1)?.ts;
