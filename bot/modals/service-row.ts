import type { PlainTextOption, SectionBlock, StaticSelect } from '@slack/types';
import { formatMoney, money } from '../../src/domain/money.ts';
import type { ContractSheet, ServiceRow } from '../../src/usecases/service-mapping-sheet.ts';
import { ACTIONS, type ServicesMeta } from '../action-ids.ts';
import { option, plain, section } from '../blocks.ts';
import { keyOf } from '../screens/choices.ts';
import { serviceBlockId } from '../screens/services-choices.ts';
import { IGNORE, NOT_MAPPED, type SheetRow } from '../screens/sheet-rows.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted } from '../words/wording.ts';

/** One billing type with its last count and the services it may go on. */
export function serviceRowBlock(row: SheetRow, sheet: ContractSheet, meta: ServicesMeta): SectionBlock {
  const { billingType } = row;
  const name =
    billingType.label === billingType.name
      ? `*${escapeName(billingType.label)}*`
      : `*${escapeName(billingType.label)}* (${escapeName(billingType.name)})`;
  return section(`${name}\n${[countText(row), ...suggestionText(row, sheet)].join(' · ')}`, {
    blockId: serviceBlockId(meta.generation, row.key, row.saved === NOT_MAPPED),
    accessory: serviceSelect(row, sheet),
  });
}

function countText({ count, billingType }: SheetRow): string {
  if (count === undefined) return 'not counted yet';
  if (billingType.unit === 'true-false') return count > 0 ? 'on: 1 unit' : 'off: 0 units';
  return `${counted(count, 'unit')} counted`;
}

/** One that is not sure enough to stand in the menu is named, so that it can be chosen there. */
function suggestionText({ suggestion, suggested, saved, shown }: SheetRow, sheet: ContractSheet): string[] {
  if (!suggestion || saved !== NOT_MAPPED) return [];
  const why = `${Math.floor(suggestion.confidence * 100)} %, ${escapeText(clip(suggestion.reason, 150))}`;
  if (suggested) return [`_suggested:_ ${why}`];
  if (shown !== NOT_MAPPED) return [];
  const service = sheet.services.find(({ id }) => id === suggestion.contractServiceId);
  return service ? [`_perhaps_ *${escapeName(service.name)}*: ${why}`] : [];
}

function serviceSelect(row: SheetRow, sheet: ContractSheet): StaticSelect {
  const decisions = [
    ...(row.saved === NOT_MAPPED ? [option('Not mapped', NOT_MAPPED)] : []),
    option('Ignore', IGNORE),
  ];
  const services = sheet.services.map(serviceOption);
  const all = [...services, ...decisions];
  const initial = all.find((one) => one.value === row.shown);
  return {
    type: 'static_select',
    action_id: ACTIONS.services.service,
    placeholder: plain('Choose a service'),
    ...choices(services, decisions),
    ...(initial ? { initial_option: initial } : {}),
  };
}

const IN_A_MENU = 100;

/** A menu holds 100 options; a contract with more services gets them in groups of 100. */
function choices(services: readonly PlainTextOption[], decisions: readonly PlainTextOption[]) {
  if (services.length + decisions.length <= IN_A_MENU) return { options: [...decisions, ...services] };
  const groups = [{ label: plain('Without a service'), options: [...decisions] }];
  for (let start = 0; start < services.length; start += IN_A_MENU)
    groups.push({
      label: plain(`Services ${start + 1} and on`),
      options: services.slice(start, start + IN_A_MENU),
    });
  return { option_groups: groups };
}

/** `Desktop Monitoring · $12.50 · 10 units`, the name cut so that price and units always show. */
function serviceOption(service: ServiceRow): PlainTextOption {
  const price = formatMoney(money(service.unitPrice), service.currency);
  const tail = ` · ${price} · ${counted(service.units, 'unit')}`;
  return option(clip(service.name, 75 - [...tail].length) + tail, keyOf(service.id));
}
