import { formatMoney } from '../../src/domain/money.ts';
import type { DeviceNames, ExplainedHold, Explanation } from '../../src/usecases/explanation.ts';
import { ACTIONS } from '../action-ids.ts';
import { actions, button, context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, day, when, who } from '../words/wording.ts';
import { dayRunLines } from './day-runs.ts';

const LINES_SHOWN = 10;
const DEVICES_SHOWN = 20;
const DECISIONS_SHOWN = 5;

/** “Why 14?”: in words, then counts by day, devices, who decided what. `url` is the item's page. */
export function explanationMessage(explanation: Explanation, url?: string): Message {
  const { item, words, counts } = explanation;
  const title = `${item.organization}: ${item.service}`;
  const amount = formatMoney(item.amount, item.currency);
  return {
    text: clip(escapeText(`Why ${title} is ${amount}: ${words.join(' ')}`), 3000),
    blocks: [
      header(clip(title, 150)),
      section(
        `*${counted(item.units, 'unit')}, ${amount}*, ${item.status}. ${escapeName(item.moduleName)}, ` +
          `${escapeName(item.billingTypeLabel)}, ${day(item.period.start)} to ${day(item.period.end)}`,
      ),
      ...sectionsOf(words.map(escapeText)),
      ...(counts.length > 0
        ? [section('*Counts*'), ...sectionsOf(dayRunLines(counts, item.itemDate).slice(-LINES_SHOWN))]
        : []),
      ...devices(explanation),
      ...decisions(explanation),
      context(...facts(explanation)),
      actions([
        ...(url ? [button(ACTIONS.link, 'Open in dashboard', { url })] : []),
        ...related(explanation).map((other, index) =>
          runButton({ label: other.label, command: `explain ${other.id}` }, index),
        ),
        runButton({ label: 'Billing items', command: 'items' }, RELATED_SHOWN),
      ]),
      context(`Item \`${escapeText(item.id)}\``),
    ],
  };
}

const RELATED_SHOWN = 3;

const related = ({ corrects, correctedBy }: Explanation): { label: string; id: string }[] =>
  [
    ...(corrects ? [{ label: 'Explain what it corrects', id: corrects }] : []),
    ...correctedBy.map((id) => ({ label: 'Explain its correction', id })),
  ].slice(0, RELATED_SHOWN);

function devices({ deviceChange, counts }: Explanation) {
  const of = counts.find((one) => one.devices);
  const all = { names: of?.devices ?? [], more: of?.moreDevices ?? 0 };
  const change = deviceChange
    ? [...moved(deviceChange.came, 'came'), ...moved(deviceChange.went, 'went')].map(
        (text) => `${text} (${day(deviceChange.from)} to ${day(deviceChange.to)})`,
      )
    : [];
  return [
    ...sectionsOf(change),
    ...(of && all.names.length > 0 ? [context(clip(`Counted on ${day(of.date)}: ${shown(all)}`, 1900))] : []),
  ];
}

const moved = (devices: DeviceNames, verb: string): string[] => {
  const count = devices.names.length + devices.more;
  return count === 0 ? [] : [`*${counted(count, 'device')} ${verb}*: ${shown(devices)}`];
};

function shown({ names, more }: DeviceNames): string {
  const hidden = Math.max(0, names.length - DEVICES_SHOWN) + more;
  const list = names
    .slice(0, DEVICES_SHOWN)
    .map((name) => escapeName(name, 40))
    .join(', ');
  return hidden > 0 ? `${list} and ${hidden} more` : list;
}

const ENDED: Readonly<Record<ExplainedHold['ended'], string>> = {
  waiting: 'still waits for a person',
  approved: 'approved',
  excluded: 'excluded',
  returned: 'ended by a count within the limits',
  otherwise: 'no longer held',
};

function decisions({ holds, releases, exclusions }: Explanation) {
  const because = (reason: string | undefined) => (reason ? `: ${escapeName(reason, 200)}` : '');
  const lines = [
    ...holds.map(
      (hold) =>
        `• Held ${day(hold.since)} to ${day(hold.through)}, ${hold.oldUnits} → ${hold.newUnits}: ${ENDED[hold.ended]}`,
    ),
    ...releases.map(
      (each) => `• Approved through ${day(each.through)} by ${who(each.by)}${because(each.reason)}`,
    ),
    ...exclusions.map(
      (each) =>
        `• Excluded ${each.units === undefined ? 'the counts' : counted(each.units, 'unit')}, ` +
        `${day(each.from)} to ${day(each.until)}, by ${who(each.by)}${because(each.reason)}`,
    ),
  ];
  return lines.length === 0 ? [] : sectionsOf(['*Holds and decisions*', ...lines.slice(-DECISIONS_SHOWN)]);
}

function facts({ serviceMapping, organizationMappings, rule, price, changedBy }: Explanation): string[] {
  return [
    serviceMapping
      ? `Service mapping (${serviceMapping.unitRule}) by ${who(serviceMapping.by)}, ${when(serviceMapping.at)}`
      : 'No service mapping: these units were in the PSA before.',
    ...(rule.length > 0 ? [rule.join(' ')] : []),
    ...organizationMappings
      .slice(0, 3)
      .map(
        (one) =>
          `${escapeName(one.moduleOrganization)} mapped by ${who(one.by)}, ${when(one.at)}` +
          (one.suggestion ? `, suggested: ${escapeName(one.suggestion.reason, 100)}` : ''),
      ),
    `Price: ${escapeText(price)}`,
    ...(changedBy ? [`Sync of ${when(changedBy.at)}: ${changedBy.oldUnits} → ${changedBy.newUnits}`] : []),
  ];
}
