import type { SectionBlock } from '@slack/types';
import type { ContractSheet } from '../../src/usecases/service-mapping-sheet.ts';
import type { ServicesMeta } from '../action-ids.ts';
import { section } from '../blocks.ts';
import { serviceBlockId } from '../screens/services-choices.ts';
import { NOT_MAPPED, type SheetRow } from '../screens/sheet-rows.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted } from '../words/wording.ts';
import { serviceMenu } from './service-menu.ts';

/** One billing type with its last count and the services it may go on. `typed`: they are found by typing. */
export function serviceRowBlock(
  row: SheetRow,
  sheet: ContractSheet,
  meta: ServicesMeta,
  typed: boolean,
): SectionBlock {
  const { billingType } = row;
  const name =
    billingType.label === billingType.name
      ? `*${escapeName(billingType.label)}*`
      : `*${escapeName(billingType.label)}* (${escapeName(billingType.name)})`;
  return section(`${name}\n${[countText(row), ...suggestionText(row, sheet)].join(' · ')}`, {
    blockId: serviceBlockId(meta.generation, row.key, row.saved === NOT_MAPPED),
    accessory: serviceMenu(row, sheet, typed),
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
