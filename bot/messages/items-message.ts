import { formatMoney, type Money } from '../../src/domain/money.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { escapeName } from '../escape.ts';
import { runRows } from '../run-buttons.ts';
import { counted } from '../wording.ts';

export interface ItemGroup {
  readonly key: string;
  readonly label: string;
  readonly units: number;
  readonly amount: Money;
  readonly currency: string;
  readonly count: number;
}

/** One line a module and currency: `• Datto RMM: 12 items, 340 units, $1,204.00`. */
export const groupLine = (group: ItemGroup): string =>
  `• *${escapeName(group.label)}*: ${counted(group.count, 'item')}, ${counted(group.units, 'unit')}, ` +
  `${formatMoney(group.amount, group.currency)}`;

export function itemsMessage(pending: readonly ItemGroup[], posted: readonly ItemGroup[]): Message {
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
      ...runRows([
        { label: 'Open dashboard', command: 'dashboard', style: 'primary' },
        ...(pending.length > 0 ? [{ label: 'Approve and post…', command: 'post' }] : []),
      ]),
      context('The dashboard shows the rows behind each number.'),
    ],
  };
}
