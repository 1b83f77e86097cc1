import { mapBillingTypes } from '../../../src/usecases/map-billing-types.ts';
import { serviceMappingSheet } from '../../../src/usecases/service-mapping-sheet.ts';
import { read, ServicesMeta } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { savedServicesMessage } from '../../messages/saved-services-message.ts';
import { servicesConfirmView } from '../../modals/services-confirm-view.ts';
import { type ServiceChanges, serviceChanges, serviceDigest } from '../../screens/service-changes.ts';
import { ruleBlockId, withSheetPage } from '../../screens/services-choices.ts';
import type { Call } from '../../slack/call.ts';
import { fieldError, outOfDate, type SubmitListener, saved, updated } from './submitted.ts';

/** Review: what would be saved, what it means in money, and what overlaps. */
export const reviewServices: SubmitListener = async (bot, call, view) => {
  const meta = read(ServicesMeta, view.private_metadata);
  if (!meta) throw outOfDate('services');
  const chosen = withSheetPage(meta, view);
  const { sheet, changes } = await changesNow(bot, call, chosen);
  if (changes.changes.length === 0)
    return fieldError(
      ruleBlockId(meta.generation, meta.contract),
      'Nothing is different from what is saved. Choose a service or tick “Ignore the rest” first.',
    );
  return updated(
    servicesConfirmView(sheet.organization.name, changes, { ...chosen, seen: serviceDigest(changes) }),
  );
};

/** Save. Twice the same changes nothing; what somebody else changed since Review is shown once more. */
export const saveServices: SubmitListener = async (bot, call, view) => {
  const meta = read(ServicesMeta, view.private_metadata);
  if (!meta) throw outOfDate('services');
  const { sheet, changes } = await changesNow(bot, call, meta);
  const seen = serviceDigest(changes);
  if (changes.changes.length > 0 && seen !== meta.seen)
    return updated(servicesConfirmView(sheet.organization.name, changes, { ...meta, seen }, true));
  const { lines, warnings, change } = await mapBillingTypes(bot.core, {
    by: call.by,
    mappings: changes.changes.map((change) => change.decision),
  });
  const message = savedServicesMessage({
    whose: sheet.organization.name,
    command: `services ${sheet.organization.id}`,
    template: templateOf(changes),
    lines,
    warnings,
    by: call.by,
    at: bot.core.clock.now(),
    change,
  });
  return saved(bot, call, meta.channel, {
    title: 'Services saved',
    message,
    isChanged: lines.length > 0,
  });
};

/** The one contract on which services were chosen; none where there are two, which are no template for each other. */
function templateOf({ changes }: ServiceChanges): string | undefined {
  const [contract, ...others] = new Set(
    changes.flatMap(({ service, decision }) => (service ? decision.contractId : [])),
  );
  return others.length === 0 ? contract : undefined;
}

async function changesNow(bot: BotContext, call: Call, meta: ServicesMeta) {
  const sheet = await serviceMappingSheet(bot.core, meta.organization);
  const now = { instant: bot.core.clock.now(), today: bot.core.clock.today() };
  return { sheet, changes: serviceChanges(sheet, meta, call.by, now) };
}
