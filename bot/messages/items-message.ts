import { formatMoney } from '../../src/domain/money.ts';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runButton, runRows } from '../run-buttons.ts';
import { clip, escapeName } from '../words/escape.ts';
import { type CurrencyAmount, counted, day } from '../words/wording.ts';

/** Billing items summed by module. */
export interface ItemGroup extends CurrencyAmount {
  readonly key: string;
  readonly label: string;
  readonly units: number;
  readonly count: number;
}

/** One line a module and currency: `• Datto RMM: 12 items, 340 units, $1,204.00`. */
export const groupLine = (group: ItemGroup): string =>
  `• *${escapeName(group.label)}*: ${counted(group.count, 'item')}, ${counted(group.units, 'unit')}, ` +
  `${formatMoney(group.amount, group.currency)}`;

export function itemsMessage(
  pending: readonly ItemGroup[],
  posted: readonly ItemGroup[],
  newest: readonly BillingItemView[],
): Message {
  const part = (title: string, groups: readonly ItemGroup[], none: string) => [
    section(`*${title}*`),
    ...(groups.length === 0 ? [context(none)] : sectionsOf(groups.map(groupLine))),
  ];
  return {
    text: 'Billing items by module',
    blocks: [
      header('Billing items by module'),
      ...part('Pending', pending, 'Nothing is pending.'),
      ...part('Posted', posted, 'Nothing has been posted yet.'),
      ...(newest.length > 0 ? [section('*Newest pending*'), ...newest.map(itemBlock)] : []),
      ...runRows([
        { label: 'Open dashboard', command: 'dashboard', style: 'primary' },
        ...(pending.length > 0 ? [{ label: 'Approve and post…', command: 'post' }] : []),
        ...(pending.length + posted.length > 0 ? [{ label: 'Send me a CSV', command: 'items csv' }] : []),
      ]),
      context('The dashboard shows the rows behind each number.'),
    ],
  };
}

const itemBlock = (item: BillingItemView) =>
  section(
    `${escapeName(item.organization)} · ${escapeName(item.service)}: ${counted(item.units, 'unit')}, ` +
      `${formatMoney(item.amount, item.currency)}, from ${day(item.itemDate)}`,
    { accessory: runButton({ label: 'Explain', command: `explain ${item.id}`, spoken: spoken(item) }) },
  );

/** Told apart by all that is shown; what is short comes first, because a label is clipped. */
const spoken = (item: BillingItemView): string =>
  `Explain ${counted(item.units, 'unit')} from ${day(item.itemDate)}, ${clip(item.organization, 18)}, ` +
  `${clip(item.service, 16)}`;
