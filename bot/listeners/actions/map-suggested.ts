import { IcbError } from '../../../src/domain/errors.ts';
import { confirmMappings } from '../../../src/usecases/confirm-mappings.ts';
import { readNames } from '../../../src/usecases/names.ts';
import { read, SuggestedValue } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { savedMappingsMessage } from '../../messages/saved-mappings-message.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer } from '../../slack/surface.ts';

/** “Map to …” beside a suggestion in a summary: saves that one mapping, unless somebody decided otherwise meanwhile. */
export async function takeSuggestion(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(SuggestedValue, action.value ?? undefined);
  if (!value)
    throw new IcbError('not-found', 'This suggestion is from an older icb. Use /icb map for the list.');
  const { moduleOrganizationId, organizationId } = value;
  const { lines, change } = await confirmMappings(bot.core, {
    by: call.by,
    mappings: [{ moduleOrganizationId, organizationId, expect: 'unmapped' }],
  });
  const names = await readNames(bot.core);
  await answer(
    bot,
    call,
    savedMappingsMessage({
      lines,
      by: call.by,
      at: bot.core.clock.now(),
      change,
      organizations: [{ id: organizationId, name: names.organization(organizationId) }],
    }),
  );
}
