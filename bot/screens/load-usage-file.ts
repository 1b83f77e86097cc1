import { listModules } from '../../src/usecases/list-modules.ts';
import { viewUsageDraft } from '../../src/usecases/usage-drafts.ts';
import type { Message } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { usageFileMessage } from '../messages/usage-file-message.ts';

/** The message about a usage file that waits. Error: `not-found`. */
export async function loadUsageFileMessage(bot: BotContext, id: string): Promise<Message> {
  const [file, modules] = await Promise.all([viewUsageDraft(bot.core, id), listModules(bot.core)]);
  const fed = modules
    .filter((module) => !bot.core.sources.has(module.id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return usageFileMessage(file, { modules: fed, ...(bot.baseUrl ? { baseUrl: bot.baseUrl } : {}) });
}
