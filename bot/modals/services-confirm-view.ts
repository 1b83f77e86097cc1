import type { ModalView } from '@slack/types';
import { formatMoney, money, times } from '../../src/domain/money.ts';
import type { MappedService } from '../../src/domain/service-mapping.ts';
import { ACTIONS, ServicesMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, divider, header, plain, section, sectionsOf } from '../blocks.ts';
import type { ServiceChange, ServiceChanges } from '../screens/service-changes.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { RULE_WORDS } from '../words/rule-words.ts';
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

function mappedLine({ row, service, contract, unitRule, was }: ServiceChange, many: boolean): string {
  if (!service) return '';
  const price = money(service.unitPrice);
  const worth =
    row.count === undefined
      ? 'not counted yet'
      : `${row.count} × ${formatMoney(price, service.currency)} = ${formatMoney(times(price, row.count), service.currency)} a period`;
  const before = row.mapping?.status === 'mapped' ? row.mapping : undefined;
  const rule = unitRule ?? 'prorate-daily';
  return [
    `• *${escapeName(row.billingType.label)}* (${escapeName(row.module.name)}) → *${escapeName(service.name)}*`,
    many ? ` on ${escapeName(contract)}` : '',
    `: ${worth}`,
    before && before.unitRule !== rule
      ? `, rule: ${RULE_WORDS[before.unitRule]} → ${RULE_WORDS[rule]}`
      : `, ${rule === 'peak' ? 'billed' : 'changes count'} ${RULE_WORDS[rule]}`,
    was ? `, before: ${escapeName(was)}` : '',
    ...keptTerms(before).map((term) => `, keeps ${term}`),
    row.suggested ? ' _(suggested)_' : '',
  ].join('');
}

/** What this modal does not ask for and Save leaves as it is. */
function keptTerms(before: MappedService | undefined): string[] {
  if (!before) return [];
  return [
    ...(before.dropRule ? [`drops ${RULE_WORDS[before.dropRule]}`] : []),
    ...(before.minimum === undefined ? [] : [`a minimum of ${counted(before.minimum, 'unit')}`]),
    ...(before.share === undefined ? [] : [`a share of ${before.share} %`]),
  ];
}

const ignoredLine = (ignored: readonly ServiceChange[]): string =>
  `• *Ignored:* ${counted(ignored.length, 'billing type')}: ${ignored
    .slice(0, 30)
    .map(({ row, was }) => escapeName(row.billingType.label) + (was ? ` (before: ${escapeName(was)})` : ''))
    .join(', ')}${ignored.length > 30 ? '…' : ''}`;
