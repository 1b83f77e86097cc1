import type { PlainTextOption } from '@slack/types';
import { folded } from '../../../src/usecases/list-organizations.ts';
import { serviceMappingSheet } from '../../../src/usecases/service-mapping-sheet.ts';
import { read, ServicesMeta } from '../../action-ids.ts';
import { IN_A_MENU } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { contractOptions } from '../../modals/contract-picker.ts';
import { serviceOptions } from '../../modals/service-menu.ts';
import { isOpenRow } from '../../screens/services-choices.ts';
import { contractShown } from '../../screens/sheet-rows.ts';
import type { View } from '../../slack/payloads.ts';

/** The contracts of the organization in front of the person whose name holds what was typed. */
export async function contractsTyped(
  bot: BotContext,
  view: View | undefined,
  typed: string,
): Promise<PlainTextOption[]> {
  const meta = read(ServicesMeta, view?.private_metadata);
  if (!meta) return [];
  return matching(contractOptions(await serviceMappingSheet(bot.core, meta.organization)), typed);
}

/** The services of the contract in front of the person whose name holds what was typed. */
export async function servicesTyped(
  bot: BotContext,
  view: View | undefined,
  blockId: string,
  typed: string,
): Promise<PlainTextOption[]> {
  const meta = read(ServicesMeta, view?.private_metadata);
  if (!meta) return [];
  const sheet = await serviceMappingSheet(bot.core, meta.organization);
  const contract = contractShown(sheet, meta);
  if (!contract) return [];
  const wanted = folded(typed);
  // Looked for in the whole names: an option holds only their beginning.
  const services = contract.services.filter(({ name }) => folded(name).includes(wanted));
  const decisions = matching(serviceOptions({ ...contract, services: [] }, isOpenRow(blockId)), typed);
  const found = serviceOptions({ ...contract, services }, false).slice(1);
  return [...decisions, ...found].slice(0, IN_A_MENU);
}

const matching = (options: readonly PlainTextOption[], typed: string): PlainTextOption[] =>
  options.filter(({ text }) => folded(text.text).includes(folded(typed))).slice(0, IN_A_MENU);
