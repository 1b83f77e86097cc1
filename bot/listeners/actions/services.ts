import { IcbError } from '../../../src/domain/errors.ts';
import { listOrganizations } from '../../../src/usecases/list-organizations.ts';
import { serviceMappingSheet } from '../../../src/usecases/service-mapping-sheet.ts';
import { read, ServicesMeta } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { pageOf } from '../../page-buttons.ts';
import { keyOf } from '../../screens/choices.ts';
import { loadServicesView, newServicesMeta } from '../../screens/load-services-view.ts';
import { remembered, withSheetPage } from '../../screens/services-choices.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { replaceViewIfSame } from '../../slack/surface.ts';

type Change = (bot: BotContext, meta: ServicesMeta, action: Action) => ServicesMeta | Promise<ServicesMeta>;

/** A click in the services modal that shows it otherwise; what is chosen so far comes along. */
const showing =
  (change: Change) =>
  async (bot: BotContext, call: Call, action: Action): Promise<void> => {
    const meta = read(ServicesMeta, call.view?.private_metadata);
    if (!call.view || !meta) throw gone();
    const next = await change(bot, withSheetPage(meta, call.view), action);
    await replaceViewIfSame(bot, call.view.id, call.view.hash, await loadServicesView(bot, next));
  };

const turned = (meta: ServicesMeta): ServicesMeta => ({ ...meta, generation: meta.generation + 1 });

/** To other rows than those in front of the person. */
const onward = (meta: ServicesMeta): ServicesMeta => turned(remembered(meta));

export const pickOrganization = showing(async (bot, meta, action) => {
  const organizations = await listOrganizations(bot.core);
  const picked = organizations.find(({ id }) => keyOf(id) === action.selected_option?.value);
  if (!picked) throw gone();
  // A new generation: Slack would keep what was chosen for the other organization.
  return { ...newServicesMeta(picked.id, meta.channel), generation: meta.generation + 1 };
});

export const pickContract = showing(async (bot, meta, action) => {
  const { contracts } = await serviceMappingSheet(bot.core, meta.organization);
  const picked = contracts.find(({ contract }) => keyOf(contract.id) === action.selected_option?.value);
  return { ...onward(meta), page: 0, ignoreRest: false, ...(picked ? { contract: picked.contract.id } : {}) };
});

export const toggleAllTypes = showing((_bot, meta, action) => ({
  ...onward(meta),
  all: action.value === 'on',
  page: 0,
}));

export const turnServicesPage = showing((_bot, meta, action) => ({
  ...onward(meta),
  page: pageOf(action.value),
}));

/** From the review back to the sheet. */
export const backToServices = showing((_bot, { seen: _seen, ...meta }) => turned(meta));

const gone = (): IcbError =>
  new IcbError('not-found', 'This sheet is out of date. Close it and type /icb services for a new one.');
