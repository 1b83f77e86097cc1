import { formatMoney } from '../../src/domain/money.ts';
import type { CountedDay, Explanation } from '../../src/usecases/explain-item.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { day, when, who } from '../words/wording.ts';

const DAYS_SHOWN = 10;
const DEVICES_SHOWN = 40;

/** “Why 14?”: arithmetic first, then counts by day, then who decided what. */
export function explanationMessage(explanation: Explanation): Message {
  const { item, counts, serviceMapping, organizationMappings } = explanation;
  const title = `${item.organization}: ${item.service}`;
  const devices = counts.find((one) => one.devices)?.devices ?? [];
  return {
    text: `Why ${title} is ${formatMoney(item.amount, item.currency)}`,
    blocks: [
      header(clip(title, 150)),
      section(
        `*${formatMoney(item.amount, item.currency)}*, ${item.status}. ${escapeName(item.moduleName)}, ` +
          `${escapeName(item.billingTypeLabel)}, ${day(item.period.start)} to ${day(item.period.end)}\n` +
          escapeText(explanation.arithmetic),
      ),
      ...(counts.length > 0
        ? [section('*Counts*'), ...sectionsOf(counts.slice(-DAYS_SHOWN).map(dayLine))]
        : []),
      ...(devices.length > 0 ? [context(clip(`Counted: ${shown(devices)}`, 1900))] : []),
      ...decisionLines(serviceMapping, organizationMappings),
      context(`Item \`${escapeText(item.id)}\``),
    ],
  };
}

const dayLine = ({ date, quantity, moduleOrganizations }: CountedDay): string => {
  const parts = moduleOrganizations
    .slice(0, 5)
    .map((one) => `${escapeName(one.name)} ${one.quantity ?? 'unknown'}`)
    .join(', ');
  return `• ${day(date)}: *${quantity ?? 'unknown'}*${moduleOrganizations.length > 1 ? ` (${parts})` : ''}`;
};

const shown = (devices: readonly string[]): string =>
  devices
    .slice(0, DEVICES_SHOWN)
    .map((name) => escapeName(name, 40))
    .join(', ') + (devices.length > DEVICES_SHOWN ? ` and ${devices.length - DEVICES_SHOWN} more` : '');

function decisionLines(
  service: Explanation['serviceMapping'],
  organizations: Explanation['organizationMappings'],
) {
  const lines = [
    ...(service
      ? [`Service mapping (${service.unitRule}) by ${who(service.by)}, ${when(service.at)}`]
      : ['No service mapping: these units were in the PSA before.']),
    ...organizations.slice(0, 3).map((one) => `Organization mapping by ${who(one.by)}, ${when(one.at)}`),
  ];
  return [context(...lines)];
}
