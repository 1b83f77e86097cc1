import type { ModalView } from '@slack/types';
import { type ServiceTemplate, serviceTemplate } from '../../src/usecases/service-template.ts';
import type { TemplateMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { templateView } from '../modals/template-view.ts';
import { keyOf } from './choices.ts';

export const newTemplateMeta = (contract: string, channel: string | undefined): TemplateMeta => ({
  v: 1,
  contract,
  page: 0,
  generation: 0,
  choices: new Map(),
  ...(channel ? { channel } : {}),
});

/** The contracts that could get the same service mappings, as things are now. */
export const loadTemplateView = async (bot: BotContext, meta: TemplateMeta): Promise<ModalView> =>
  templateView(await serviceTemplate(bot.core, meta.contract), meta);

/** What Save would save on the contracts that are ticked. */
export const tickedTemplate = (bot: BotContext, meta: TemplateMeta): Promise<ServiceTemplate> =>
  serviceTemplate(bot.core, meta.contract, (id) => meta.choices.has(keyOf(id)));

/** Stays the same while what would be saved, what it starts from and what is left out stay the same. */
export const templateDigest = ({ targets }: ServiceTemplate): string =>
  keyOf(
    JSON.stringify(
      targets.map(({ contract, lines, warnings }) => [
        contract.id,
        warnings,
        lines.map((line) => ({
          ...line,
          row: [line.row.label, line.row.service],
          ...(line.outcome === 'map' ? { service: [line.service.id, line.service.unitPrice] } : {}),
        })),
      ]),
    ),
  );
