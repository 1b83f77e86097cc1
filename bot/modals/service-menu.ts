import type { ExternalSelect, PlainTextOption, StaticSelect } from '@slack/types';
import { formatMoney, money } from '../../src/domain/money.ts';
import type { ContractSheet, ServiceRow } from '../../src/usecases/service-mapping-sheet.ts';
import { ACTIONS } from '../action-ids.ts';
import { IN_A_MENU, option, plain } from '../blocks.ts';
import { keyOf } from '../screens/choices.ts';
import { IGNORE, NOT_MAPPED, type SheetRow } from '../screens/sheet-rows.ts';
import { clip } from '../words/escape.ts';
import { counted } from '../words/wording.ts';

/** Slack takes 250,000 bytes a view; this leaves room for all that is not in menus. */
const MENU_BYTES = 150_000;

/** What a billing type may go on. `isOpen`: nothing is saved for it yet. */
export const serviceOptions = ({ services }: ContractSheet, isOpen: boolean): PlainTextOption[] => [
  ...(isOpen ? [option('Not mapped', NOT_MAPPED)] : []),
  option('Ignore', IGNORE),
  ...services.map(serviceOption),
];

/** Whether the services are too many to stand in every menu of the page: they are then found by typing. */
export function isTyped(sheet: ContractSheet, rowsShown: number): boolean {
  const options = serviceOptions(sheet, true);
  return options.length > IN_A_MENU || Buffer.byteLength(JSON.stringify(options)) * rowsShown > MENU_BYTES;
}

/** The menu of one billing type. */
export function serviceMenu(
  { saved, shown }: SheetRow,
  sheet: ContractSheet,
  typed: boolean,
): StaticSelect | ExternalSelect {
  const options = serviceOptions(sheet, saved === NOT_MAPPED);
  const initial = options.find((one) => one.value === shown);
  const common = {
    action_id: ACTIONS.services.service,
    placeholder: plain('Choose a service'),
    ...(initial ? { initial_option: initial } : {}),
  };
  return typed
    ? { type: 'external_select', ...common, min_query_length: 0 }
    : { type: 'static_select', ...common, options };
}

/** `Desktop Monitoring · $12.50 · 10 units`, the name cut so that price and units always show. */
function serviceOption(service: ServiceRow): PlainTextOption {
  const price = formatMoney(money(service.unitPrice), service.currency);
  const tail = ` · ${price} · ${counted(service.units, 'unit')}`;
  return option(clip(service.name, 75 - [...tail].length) + tail, keyOf(service.id));
}
