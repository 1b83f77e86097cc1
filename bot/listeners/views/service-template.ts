import { IcbError } from '../../../src/domain/errors.ts';
import { mapBillingTypes } from '../../../src/usecases/map-billing-types.ts';
import { type TemplateTarget, templateDecisions } from '../../../src/usecases/service-template.ts';
import { read, TemplateMeta } from '../../action-ids.ts';
import { savedServicesMessage } from '../../messages/saved-services-message.ts';
import { templateConfirmView } from '../../modals/template-confirm-view.ts';
import { templateDigest, tickedTemplate } from '../../screens/load-template-view.ts';
import { withTicks } from '../../screens/template-choices.ts';
import { counted } from '../../words/wording.ts';
import { outOfDate, type SubmitListener, saved, updated } from './submitted.ts';

/** Review: what each contract that is ticked would get, before and after, and what is left out. */
export const reviewTemplate: SubmitListener = async (bot, _call, view) => {
  const meta = read(TemplateMeta, view.private_metadata);
  if (!meta) throw outOfDate('services');
  const ticked = withTicks(meta, view);
  const template = await tickedTemplate(bot, ticked);
  if (templateDecisions(template.targets).length === 0)
    throw new IcbError('bad-input', 'No contract is ticked that would get anything. Tick one first.');
  return updated(templateConfirmView(template, { ...ticked, seen: templateDigest(template) }));
};

/** Save, all or nothing. Twice the same changes nothing; what changed since Review is shown once more. */
export const saveTemplate: SubmitListener = async (bot, call, view) => {
  const meta = read(TemplateMeta, view.private_metadata);
  if (!meta) throw outOfDate('services');
  const template = await tickedTemplate(bot, meta);
  const seen = templateDigest(template);
  const mappings = templateDecisions(template.targets);
  if (mappings.length > 0 && seen !== meta.seen)
    return updated(templateConfirmView(template, { ...meta, seen }, true));
  const { lines, warnings, change } = await mapBillingTypes(bot.core, { by: call.by, mappings });
  const changed = template.targets.filter((target) => templateDecisions([target]).length > 0);
  const message = savedServicesMessage({
    whose: counted(changed.length, 'contract'),
    command: `services ${template.contract.organizationId}`,
    lines,
    shown: changed.map(savedLine),
    warnings: [...new Set(warnings)],
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

const savedLine = (target: TemplateTarget): string =>
  `${target.organization.name}: ${target.contract.name}: ${counted(templateDecisions([target]).length, 'service mapping')}`;
