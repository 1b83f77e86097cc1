import type { z } from 'zod';
import { IcbError } from '../../../src/domain/errors.ts';
import { confirmMappings, type MappingDecision } from '../../../src/usecases/confirm-mappings.ts';
import { readNames } from '../../../src/usecases/names.ts';
import { read, SuggestedValue } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { savedMappingsMessage } from '../../messages/saved-mappings-message.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer } from '../../slack/surface.ts';

/** “Map to …” beside a suggestion in a summary: saves that one mapping, unless somebody decided otherwise meanwhile. */
export const takeSuggestion = deciding(({ moduleOrganizationId, organizationId }) => ({
  moduleOrganizationId,
  organizationId,
  expect: 'unmapped',
}));

/** “Not this one” beside it: that organization is not suggested for it again. */
export const refuseSuggestion = deciding(({ moduleOrganizationId, organizationId }) => ({
  moduleOrganizationId,
  reject: [organizationId],
}));

type Suggested = z.infer<typeof SuggestedValue>;

function deciding(decision: (suggested: Suggested) => MappingDecision) {
  return async (bot: BotContext, call: Call, action: Action): Promise<void> => {
    const value = read(SuggestedValue, action.value ?? undefined);
    if (!value)
      throw new IcbError('not-found', 'This suggestion is from an older icb. Use /icb map for the list.');
    const { lines, change } = await confirmMappings(bot.core, { by: call.by, mappings: [decision(value)] });
    const { organizationId: id } = value;
    const names = await readNames(bot.core);
    const organizations = [{ id, name: names.organization(id) }];
    const saved = { lines, by: call.by, at: bot.core.clock.now(), change, organizations };
    await answer(bot, call, savedMappingsMessage(saved));
  };
}
