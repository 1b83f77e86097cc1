import type { Names } from '../../src/usecases/names.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import type { Show } from '../pages/show.ts';

/** One condition of a filter in words, and the query that is left without it. */
export interface Chip {
  readonly text: string;
  readonly without: string;
  readonly currency?: true;
}

const STATUS = { pending: 'Pending', posted: 'Posted' } as const;

function periodWords({ from, to }: NonNullable<BillingItemFilter['period']>, show: Show): string {
  if (from && to) return from === to ? show.month(from) : `${show.month(from)} to ${show.month(to)}`;
  return from ? `since ${show.month(from)}` : `until ${show.month(to ?? '')}`;
}

type Lists = NonNullable<BillingItemFilter['except']>;

/** Each value of each list with its words and the lists that are left without it. */
function listChips(lists: Lists, names: Names, contractName: (id: string) => string) {
  const chips: { text: string; rest: Lists }[] = [];
  const add = <K extends 'module' | 'organization' | 'contract' | 'billingType' | 'service'>(
    name: K,
    words: (value: string) => string,
  ): void => {
    for (const value of lists[name] ?? []) {
      const { [name]: values, ...others } = lists;
      const left = (values ?? []).filter((other) => other !== value);
      chips.push({ text: words(value), rest: { ...others, ...(left.length > 0 && { [name]: left }) } });
    }
  };
  add('module', (id) => names.module(id));
  if (lists.noModule) {
    const { noModule: _, ...rest } = lists;
    chips.push({ text: 'No module', rest });
  }
  add('organization', (id) => names.organization(id));
  add('contract', contractName);
  add('billingType', (name) => names.billingType(lists.module?.[0] ?? null, name));
  if (lists.noBillingType) {
    const { noBillingType: _, ...rest } = lists;
    chips.push({ text: 'No billing type', rest });
  }
  add('service', (name) => name);
  return chips;
}

/** The filter, condition by condition. */
export function filterChips(filter: BillingItemFilter, names: Names, show: Show): Chip[] {
  const { status, currency, period, except, ...lists } = filter;
  const chip = (text: string, rest: BillingItemFilter): Chip => ({
    text,
    without: encodeBillingItemFilter(rest).toString(),
  });
  const without = (name: keyof BillingItemFilter): BillingItemFilter => {
    const { [name]: _, ...rest } = filter;
    return rest;
  };
  const fixed = { ...(status && { status }), ...(currency && { currency }), ...(period && { period }) };
  return [
    ...(status ? [chip(STATUS[status], without('status'))] : []),
    ...listChips(lists, names, names.contract).map(({ text, rest }) =>
      chip(text, { ...fixed, ...(except && { except }), ...rest }),
    ),
    ...valueChips(filter).map(({ text, name }) => chip(text, without(name))),
    ...(except ? [chip(`without ${exceptWords(except, names)}`, without('except'))] : []),
    ...(period ? [chip(periodWords(period, show), without('period'))] : []),
    ...(currency ? [{ ...chip(currency, without('currency')), currency: true as const }] : []),
  ];
}

const KIND = { period: 'Billing period', adjustment: 'Adjustment' } as const;

/** Limits and text of a filter. */
function valueChips(filter: BillingItemFilter): { text: string; name: keyof BillingItemFilter }[] {
  const { kind, serviceContains, minAmount, maxAmount, minUnits, maxUnits } = filter;
  return [
    kind && { text: KIND[kind], name: 'kind' as const },
    serviceContains && { text: `service contains “${serviceContains}”`, name: 'serviceContains' as const },
    minAmount && { text: `amount from ${minAmount}`, name: 'minAmount' as const },
    maxAmount && { text: `amount to ${maxAmount}`, name: 'maxAmount' as const },
    minUnits !== undefined && { text: `units from ${minUnits}`, name: 'minUnits' as const },
    maxUnits !== undefined && { text: `units to ${maxUnits}`, name: 'maxUnits' as const },
  ].filter((chip) => typeof chip === 'object');
}

/** "Other" of a chart leaves out many: the first two by name, the rest as a number. */
function exceptWords(except: Lists, names: Names): string {
  const all = listChips(except, names, names.contract).map((chip) => chip.text);
  const shown = all.slice(0, 2).join(', ');
  return all.length > 2 ? `${shown} and ${all.length - 2} more` : shown;
}

/** `Pending · Datto RMM · November 2026`; a currency stands beside every amount anyway. */
export function filterHeading(chips: readonly Chip[]): string {
  const words = chips.filter((chip) => !chip.currency).map((chip) => chip.text);
  return words.join(' · ') || 'All billing items';
}
