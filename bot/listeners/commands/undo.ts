import { z } from 'zod';
import { OrganizationMapping } from '../../../src/domain/organization-mapping.ts';
import { listAudit } from '../../../src/usecases/list-audit.ts';
import { actions, context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runRows } from '../../run-buttons.ts';
import { keyOf } from '../../screens/choices.ts';
import { UNMAP } from '../../screens/map-choices.ts';
import { IGNORED } from '../../screens/mapping-changes.ts';
import { type UndoChange, undoButton } from '../../screens/undo-mapping.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';
import { escapeText } from '../../words/escape.ts';
import { when } from '../../words/wording.ts';

const LOOK_BACK = 200;

/** `/icb undo`: offers to take back this person's last organization mapping. Other changes are not undone here. */
export async function undo(bot: BotContext, call: Call): Promise<void> {
  const { items } = await listAudit(bot.core, { limit: LOOK_BACK });
  const last = items.find(
    ({ action, by }) => action === 'confirm-mappings' && by.kind === 'slack' && by.userId === call.user.id,
  );
  const button = last && undoButton(changesIn(last.before, last.after));
  if (!last || !button) return answer(bot, call, nothingToUndo);
  await answer(bot, call, {
    text: 'Take back your last mapping?',
    blocks: [
      section(`*Take back your last mapping?*\n${escapeText(last.text)}`),
      context(`Saved ${when(last.at)}. What was changed since stays as it is.`),
      actions([button]),
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

const Mappings = z.array(OrganizationMapping.nullable()).catch([]);

/** What an audit entry of `confirm-mappings` changed; before and after hold the records, absent means unmapped. */
function changesIn(before: unknown, after: unknown): UndoChange[] {
  const byId = (records: unknown) =>
    new Map(
      Mappings.parse(records).flatMap((one) => (one ? [[one.id as string, codeOf(one)] as const] : [])),
    );
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].map((id) => [
    keyOf(id),
    old.get(id) ?? UNMAP,
    now.get(id) ?? UNMAP,
  ]);
}

const codeOf = (mapping: OrganizationMapping): string =>
  mapping.status === 'ignored' ? IGNORED : keyOf(mapping.organizationId);
