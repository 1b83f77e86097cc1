import type { ModalView } from '@slack/types';
import { serviceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import type { ServicesMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { servicesView } from '../modals/services-view.ts';

export const newServicesMeta = (organization: string, channel: string | undefined): ServicesMeta => ({
  v: 1,
  organization,
  all: false,
  page: 0,
  generation: 0,
  from: 'period-start',
  ignoreRest: false,
  rules: new Map(),
  choices: new Map(),
  ...(channel ? { channel } : {}),
});

/** The service sheet of the organization in `meta`, as things are now. */
export const loadServicesView = async (bot: BotContext, meta: ServicesMeta): Promise<ModalView> =>
  servicesView(await serviceMappingSheet(bot.core, meta.organization), meta);
