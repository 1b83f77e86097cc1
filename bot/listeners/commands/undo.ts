import { listAudit } from '../../../src/usecases/list-audit.ts';
import { UNDOABLE } from '../../../src/usecases/undo-mappings.ts';
import { actions, context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runRows } from '../../run-buttons.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import { undoButton } from '../../undo-button.ts';
import { escapeText } from '../../words/escape.ts';
import { when } from '../../words/wording.ts';

const LOOK_BACK = 200;

/** `/icb undo`: offers to take back this person's last organization mapping. Other changes are not undone here. */
export async function undo(bot: BotContext, call: Call): Promise<void> {
  const { items } = await listAudit(bot.core, { limit: LOOK_BACK });
  const last = items.find(
    ({ action, by }) => UNDOABLE.has(action) && by.kind === 'slack' && by.userId === call.user.id,
  );
  if (!last) return answer(bot, call, nothingToUndo);
  await answer(bot, call, {
    text: 'Take back your last mapping?',
    blocks: [
      section(`*Take back your last mapping?*\n${escapeText(last.text)}`),
      context(`Saved ${when(last.at)}. What was changed since stays as it is.`),
      actions([undoButton(last.id)]),
    ],
  });
}

const nothingToUndo: Message = {
  text: 'Nothing to undo',
  blocks: [
    section(
      'I find no organization mapping of yours to take back. Only those can be undone here; other things are changed back where they were made.',
    ),
    ...runRows([
      { label: 'Map organizations', command: 'map' },
      { label: 'Map services', command: 'services' },
      { label: 'Enable modules', command: 'enable' },
    ]),
  ],
};
