import type { Api } from './api.ts';
import type { Said } from './commands.ts';
import { table } from './print.ts';

interface Sum {
  readonly units: number;
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
}

interface LeakagePage {
  readonly items: readonly {
    readonly moduleName: string;
    readonly moduleOrganization: string;
    readonly organization?: string;
    readonly billingTypeLabel: string;
    readonly units: number;
    readonly amount?: string;
    readonly currency?: string;
    readonly since: string;
    readonly reason: { readonly text: string };
  }[];
  readonly nextCursor?: string;
  readonly counted: boolean;
  readonly totals: Sum & { readonly byReason: readonly (Sum & { readonly label: string })[] };
}

/** What is counted and bills nowhere: totals by reason, then every row, most money first. */
export async function leakage(api: Api, filter: Readonly<Record<string, string>>): Promise<Said> {
  const items: LeakagePage['items'][number][] = [];
  let page: LeakagePage | undefined;
  do {
    const cursor = page?.nextCursor;
    const query = new URLSearchParams({ ...filter, limit: '500', ...(cursor && { cursor }) });
    page = await api.get<LeakagePage>(`/api/leakage?${query}`);
    items.push(...page.items);
  } while (page.nextCursor !== undefined);
  const { totals, counted } = page;
  return {
    json: { items, totals, counted },
    text: items.length === 0 ? nothing(counted) : text(items, totals),
  };
}

const nothing = (counted: boolean): string =>
  counted
    ? 'Everything that is counted is billed.'
    : 'Nothing has been counted yet; enable a module and sync.';

const money = ({ amounts }: Sum): string => amounts.map((one) => `${one.amount} ${one.currency}`).join(' + ');

function text(items: LeakagePage['items'], totals: LeakagePage['totals']): string {
  const rows = items.map((row) => [
    row.moduleName,
    row.moduleOrganization,
    row.organization ?? '–',
    row.billingTypeLabel,
    row.units,
    row.amount && row.currency ? `${row.amount} ${row.currency}` : '–',
    row.since,
    row.reason.text,
  ]);
  const reasons = totals.byReason.map((group) => [group.label, group.units, money(group) || '–']);
  return [
    `${totals.units} units bill nowhere${money(totals) ? `, ${money(totals)} a month` : ''}.`,
    '',
    table(['Reason', 'Units', 'A month'], reasons),
    '',
    table(
      ['Module', 'Module organization', 'Organization', 'Billing type', 'Units', 'A month', 'Since', 'Why'],
      rows,
    ),
  ].join('\n');
}
