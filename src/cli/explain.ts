import type { CountedDay, DeviceNames, Explanation } from '../usecases/explanation.ts';
import type { Api } from './api.ts';
import type { Said } from './commands.ts';
import { table } from './print.ts';

/** Why a billing item is what it is: the words, then counts by day, devices that came and went, who decided what. */
export async function explain(api: Api, id: string): Promise<Said> {
  const json = await api.get<Explanation>(`/api/billing-items/${encodeURIComponent(id)}/explain`);
  return { json, text: explanationText(json) };
}

export function explanationText(explanation: Explanation): string {
  const { item, words } = explanation;
  const parts = [
    [
      `${item.organization}: ${item.service}, ${item.status} ${item.kind} ${item.id}`,
      ...words.map((sentence) => `  ${sentence}`),
    ],
    counts(explanation),
    devices(explanation),
    decisions(explanation),
    facts(explanation),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function counts({ counts, item, thinned }: Explanation): string[] {
  if (counts.length === 0 && thinned.some(({ what }) => what === 'counts'))
    return ['The counts of this period were thinned.'];
  if (counts.length === 0) return item.module === null ? [] : ['No counts are known for this period.'];
  const rows = counts.map((day) => [
    day.date,
    day.quantity ?? 'unknown',
    day.units ?? '–',
    notes(day, day.date === item.itemDate),
  ]);
  return [table(['Day', 'Counted', 'Units', ''], rows)];
}

const notes = ({ held, excluded }: CountedDay, isItem: boolean): string =>
  [
    ...(isItem ? ['item date'] : []),
    ...(held ? ['held'] : []),
    ...(excluded === undefined ? [] : [excluded === 'all' ? 'count excluded' : `${excluded} excluded`]),
  ].join(', ');

function devices({ deviceChange }: Explanation): string[] {
  if (!deviceChange) return [];
  const { came, went, from, to } = deviceChange;
  return [...moved(came, `came between ${from} and ${to}`), ...moved(went, `went between ${from} and ${to}`)];
}

const moved = ({ names, more }: DeviceNames, what: string): string[] => {
  const count = names.length + more;
  if (count === 0) return [];
  const hidden = more > 0 ? ` and ${more} more` : '';
  return [`${count} ${count === 1 ? 'device' : 'devices'} ${what}: ${names.join(', ')}${hidden}`];
};

function decisions({ holds, releases, exclusions }: Explanation): string[] {
  const because = (reason: string | undefined) => (reason ? `: ${reason}` : '');
  return [
    ...holds.map(
      (hold) =>
        `Held ${hold.since} to ${hold.through}, ${hold.oldUnits} → ${hold.newUnits}, ${hold.ended === 'otherwise' ? 'no longer held' : hold.ended}`,
    ),
    ...releases.map((each) => `Approved through ${each.through} by ${each.by.name}${because(each.reason)}`),
    ...exclusions.map(
      (each) =>
        `Excluded ${each.units === undefined ? 'the counts' : `${each.units} units`} ${each.from} to ${each.until} by ${each.by.name}${because(each.reason)}`,
    ),
  ];
}

function facts(explanation: Explanation): string[] {
  const { rule, serviceMapping, organizationMappings, price, changedBy, corrects, correctedBy, history } =
    explanation;
  return [
    ...rule,
    ...(serviceMapping
      ? [`Service mapping (${serviceMapping.unitRule}) by ${serviceMapping.by.name} at ${serviceMapping.at}`]
      : []),
    ...organizationMappings.map(
      (one) =>
        `${one.moduleOrganization} mapped by ${one.by.name} at ${one.at}${one.suggestion ? `, suggested: ${one.suggestion.reason}` : ''}`,
    ),
    `Price: ${price}`,
    ...(changedBy
      ? [`Sync ${changedBy.runId} at ${changedBy.at}: ${changedBy.oldUnits} → ${changedBy.newUnits}`]
      : []),
    ...(corrects ? [`Corrects ${corrects}`] : []),
    ...(correctedBy.length > 0 ? [`Corrected by ${correctedBy.join(', ')}`] : []),
    ...history.map(
      ({ what, by, at, reason }) =>
        `${what === 'posted' ? 'Posted' : 'Un-posted'} by ${by.name} at ${at}${reason ? `: ${reason}` : ''}`,
    ),
  ];
}
