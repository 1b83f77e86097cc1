import { type Money, roundToCents, subtractMoney } from '../../src/domain/money.ts';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';

type Kind = 'text' | 'count' | 'money' | 'day' | 'instant';

/** A column of the drill-in and of its files: one list, so that they cannot differ. */
export interface ItemColumn {
  readonly title: string;
  readonly kind: Kind;
  readonly of: (item: BillingItemView) => string | number | undefined;
  /** Shown to people who have chosen no columns. */
  readonly usual?: true;
}

const usual = { usual: true } as const;

export const ITEM_COLUMNS = {
  organization: { title: 'Organization', kind: 'text', of: (item) => item.organization, ...usual },
  contract: { title: 'Contract', kind: 'text', of: (item) => item.contract },
  service: { title: 'Service', kind: 'text', of: (item) => item.service, ...usual },
  module: {
    title: 'Module',
    kind: 'text',
    of: (item) => (item.module === null ? undefined : item.moduleName),
    ...usual,
  },
  billingType: {
    title: 'Billing type',
    kind: 'text',
    of: (item) => (item.billingType === null ? undefined : item.billingTypeLabel),
    ...usual,
  },
  period: { title: 'Billing period', kind: 'day', of: (item) => item.period.start, ...usual },
  periodEnd: { title: 'Period ends', kind: 'day', of: (item) => item.period.end },
  itemDate: { title: 'Item date', kind: 'day', of: (item) => item.itemDate, ...usual },
  kind: { title: 'Kind', kind: 'text', of: (item) => item.kind, ...usual },
  units: { title: 'Units', kind: 'count', of: (item) => item.units, ...usual },
  unitPrice: { title: 'Unit price', kind: 'money', of: (item) => item.unitPrice, ...usual },
  unitCost: { title: 'Unit cost', kind: 'money', of: (item) => item.unitCost },
  amount: { title: 'Amount', kind: 'money', of: (item) => item.amount, ...usual },
  cost: { title: 'Cost', kind: 'money', of: (item) => item.cost },
  margin: {
    title: 'Margin',
    kind: 'money',
    // Unknown is not zero: without a cost there is no margin.
    of: (item) => item.cost && subtractMoney(roundToCents(item.amount), roundToCents(item.cost as Money)),
  },
  currency: { title: 'Currency', kind: 'text', of: (item) => item.currency },
  status: { title: 'Status', kind: 'text', of: (item) => item.status, ...usual },
  postedAt: { title: 'Posted', kind: 'instant', of: (item) => item.postedAt },
  postedBy: { title: 'Posted by', kind: 'text', of: (item) => item.postedBy?.name },
  corrects: { title: 'Corrects', kind: 'text', of: (item) => item.corrects },
} as const satisfies Record<string, ItemColumn>;

export type ItemColumnName = keyof typeof ITEM_COLUMNS;
export const COLUMN_NAMES = Object.keys(ITEM_COLUMNS) as ItemColumnName[];

const column = (name: ItemColumnName): ItemColumn => ITEM_COLUMNS[name];
export const USUAL_COLUMNS = COLUMN_NAMES.filter((name) => column(name).usual);

/** The columns somebody chose, in icb's order; the usual ones for who chose none. */
export const chosenColumns = (chosen: readonly string[] | undefined): readonly ItemColumnName[] => {
  const known = COLUMN_NAMES.filter((name) => chosen?.includes(name));
  return known.length > 0 ? known : USUAL_COLUMNS;
};
