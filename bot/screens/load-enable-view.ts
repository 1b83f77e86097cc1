import type { ModalView } from '@slack/types';
import { getSync } from '../../src/usecases/get-sync.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { prerequisites } from '../../src/usecases/prerequisites.ts';
import type { EnableMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { enableView } from '../modals/enable-view.ts';

/** The tiles as they are now. */
export async function loadEnableView(bot: BotContext, meta: EnableMeta): Promise<ModalView> {
  const [modules, checks, run] = await Promise.all([
    listModules(bot.core),
    prerequisites(bot.core),
    meta.run === undefined ? undefined : getSync(bot.core, meta.run),
  ]);
  return enableView({ modules, checks, meta, ...(run ? { run } : {}) });
}
