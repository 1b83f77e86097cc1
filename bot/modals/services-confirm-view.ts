import type { ModalView } from '@slack/types';
import { formatMoney, money, times } from '../../src/domain/money.ts';
import { ACTIONS, ServicesMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, divider, header, plain, section, sectionsOf } from '../blocks.ts';
import type { ServiceChange, ServiceChanges } from '../screens/service-changes.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted } from '../words/wording.ts';

/**
 * What Save would save, with the money it means and what may be wrong with it. `again`: somebody changed one of these
 * since it was last shown.
 */
export function servicesConfirmView(
  organization: string,
  { changes, warnings }: ServiceChanges,
  meta: ServicesMeta,
  again = false,
): ModalView {
  const mapped = changes.filter((change) => change.service);
  const ignored = changes.filter((change) => !change.service);
  const many = new Set(changes.map((change) => change.contract)).size > 1;
  return {
    type: 'modal',
    callback_id: VIEWS.servicesConfirm,
    private_metadata: write(ServicesMeta, meta),
    title: plain('Save these services?', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      header(organization),
      ...(again
        ? [
            section(
              '*Somebody changed one of these meanwhile.* Nothing was saved; look again before you save.',
            ),
          ]
        : []),
      ...(warnings.length > 0
        ? [
            section('*Look at this first*'),
            ...sectionsOf(warnings.map((warning) => `• ${escapeText(warning)}`)),
            divider(),
          ]
        : []),
      ...sectionsOf(mapped.map((change) => mappedLine(change, many))),
      ...(ignored.length > 0 ? sectionsOf([ignoredLine(ignored)]) : []),
      ...(mapped.length > 0 ? [context(FROM[meta.from])] : []),
      context('Units change with the next sync, never by mapping alone.'),
      actions([button(ACTIONS.services.back, 'Back')]),
    ],
  };
}

const FROM = {
  'period-start': 'New mappings bill from the start of the current period.',
  today: 'New mappings bill from today, prorated for the rest of the period.',
} as const;

function mappedLine({ row, service, contract, unitRule }: ServiceChange, many: boolean): string {
  if (!service) return '';
  const price = money(service.unitPrice);
  const worth =
    row.count === undefined
      ? 'not counted yet'
      : `${row.count} × ${formatMoney(price, service.currency)} = ${formatMoney(times(price, row.count), service.currency)} a period`;
  return [
    `• *${escapeName(row.billingType.label)}* (${escapeName(row.module.name)}) → *${escapeName(service.name)}*`,
    many ? `on ${escapeName(contract)}` : '',
    `: ${worth}, ${RULE[unitRule ?? 'prorate-daily']}`,
    row.suggested ? ' _(suggested)_' : '',
  ].join('');
}

const RULE = {
  'prorate-daily': 'changes count day by day',
  'next-period': 'changes count from the next period',
  peak: 'billed at the highest count',
} as const;

const ignoredLine = (ignored: readonly ServiceChange[]): string =>
  `• *Ignored:* ${counted(ignored.length, 'billing type')}: ${ignored
    .slice(0, 30)
    .map((change) => escapeName(change.row.billingType.label))
    .join(', ')}${ignored.length > 30 ? '…' : ''}`;
