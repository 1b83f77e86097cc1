import { formatMoney, money } from '../../src/domain/money.ts';
import type { TemplateLine, TemplateRow, TemplateTarget } from '../../src/usecases/service-template.ts';
import { escapeName, escapeText } from './escape.ts';
import { RULE_WORDS } from './rule-words.ts';

export const targetName = ({ organization, contract }: TemplateTarget): string =>
  `*${escapeName(organization.name, 60)}*: ${escapeName(contract.name, 60)}`;

export const rowWords = ({ label, module, service }: TemplateRow): string =>
  `*${escapeName(label, 50)}* (${escapeName(module, 40)}) → *${escapeName(service, 60)}*`;

const STARTS = { 'period-start': 'the start of the period', today: 'today' } as const;

/** One billing type on one contract, before and after; nothing for what is so already. */
export function lineWords(line: TemplateLine): string[] {
  const name = `*${escapeName(line.row.label, 50)}* (${escapeName(line.row.module, 40)})`;
  if (line.outcome === 'same') return [];
  if (line.outcome === 'left-out') return [`• ${name} is left out: ${escapeText(line.because)}`];
  const price = formatMoney(money(line.service.unitPrice), line.service.currency);
  const service = `*${escapeName(line.service.service, 60)}* at ${price} a unit`;
  const { unitRule, from } = line.mapping;
  return [
    line.before
      ? `• ${name} on ${service}, rule: ${ruleOf(line.before)} → ${ruleOf(line.mapping)}`
      : `• ${name}: not mapped → ${service}, rule: ${RULE_WORDS[unitRule]}, billed from ${STARTS[from]}`,
  ];
}

const ruleOf = ({ unitRule, dropRule }: TemplateRow['mapping']): string =>
  dropRule ? `${RULE_WORDS[unitRule]} (drops ${RULE_WORDS[dropRule]})` : RULE_WORDS[unitRule];
