import { listBillingItems } from '../../../src/usecases/list-billing-items.ts';
import { listModules } from '../../../src/usecases/list-modules.ts';
import { prerequisites } from '../../../src/usecases/prerequisites.ts';
import { previewSync } from '../../../src/usecases/preview-sync.ts';
import { becomeFirstAdmin } from '../../../src/usecases/roles.ts';
import type { BotContext } from '../../bot-context.ts';
import { setupMessage } from '../../messages/setup-message.ts';
import { post } from '../../outbox/outbox.ts';
import type { Call } from '../../slack/call.ts';
import { answer, textMessage } from '../../slack/surface.ts';

/** `/icb setup`: the five steps and which are done. */
export async function setup(bot: BotContext, call: Call): Promise<void> {
  const first = await becomeFirstAdmin(bot.core, call.by, bot.admins);
  if (first)
    await post(bot, [
      {
        key: `first admin ${call.user.id}`,
        kind: 'notice',
        to: call.user.id,
        message: textMessage(
          'You are the first here, so you are *admin* now. `/icb settings` gives roles to others.',
        ),
      },
    ]);
  const [checks, modules, plan, items] = await Promise.all([
    prerequisites(bot.core),
    listModules(bot.core),
    previewSync(bot.core),
    listBillingItems(bot.core, { filter: {}, limit: 1 }),
  ]);
  const enabled = modules.filter((module) => module.enabled);
  const message = setupMessage({
    checks,
    enabled: enabled.map((module) => module.name),
    counted: enabled.filter((module) => module.lastCountedAt !== undefined).length,
    unmapped: enabled.reduce((sum, module) => sum + module.organizations.unmapped, 0),
    mapped: enabled.reduce((sum, { organizations }) => sum + organizations.total - organizations.unmapped, 0),
    lines: plan.lines.length,
    anyItem: items.items.length > 0,
  });
  await answer(bot, call, message);
}
