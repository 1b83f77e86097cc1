import type { EventLog, ItemFacts, Step } from './event-log.ts';
import { dayIn, textOf as textOfDay } from './oracle-days.ts';

const DAYS_BEFORE = 8;

const laneOf = ({ contractServiceId, module, billingType }: ItemFacts): string =>
  [contractServiceId, module ?? '-', billingType ?? '-'].join(' | ');

const textOf = (item: ItemFacts): string =>
  [
    item.itemDate,
    item.kind.padEnd(10),
    item.status.padEnd(7),
    `${item.units > 0 ? '+' : ''}${item.units}`.padStart(4),
    item.amount.padStart(11),
    item.corrects ? 'corrects' : '',
  ]
    .join('  ')
    .trimEnd();

/**
 * Undefined when both say the same; else the smallest helpful story: of the lot with the earliest difference everything
 * that happened to it, and its items side by side.
 */
export function differenceOf(
  expected: readonly ItemFacts[],
  got: readonly ItemFacts[],
  { book, steps }: EventLog,
): string | undefined {
  const left = Map.groupBy(expected, laneOf);
  const right = Map.groupBy(got, laneOf);
  const stories = [...new Set([...left.keys(), ...right.keys()])].flatMap((lane) => {
    const wanted = (left.get(lane) ?? []).map(textOf).sort();
    const have = (right.get(lane) ?? []).map(textOf).sort();
    const [first] = [
      ...wanted.filter((row) => !have.includes(row)),
      ...have.filter((row) => !wanted.includes(row)),
    ].sort();
    const different = wanted.join('\n') !== have.join('\n');
    return different ? [{ lane, wanted, have, first: first ?? '' }] : [];
  });
  const [story] = stories.sort((a, b) => (a.first < b.first ? -1 : 1));
  if (!story) return undefined;
  const service = story.lane.split(' | ')[0] ?? '';
  const contract = book.contracts.find((each) => service.startsWith(`${each.id}/`));
  const rows = [...new Set([...story.wanted, ...story.have])]
    .sort()
    .slice(-30)
    .map((row) => {
      const [expects, has] = [story.wanted.includes(row), story.have.includes(row)];
      return `${expects && has ? '  ' : expects ? 'E ' : 'G '}${row}`;
    });
  return [
    `${stories.length} lots differ; the first: ${story.lane}`,
    `contract ${contract?.id} of ${contract?.organizationId}, ${contract?.startDate} to ${contract?.endDate ?? 'open'}`,
    ...storyOf(
      steps,
      story.lane,
      contract?.organizationId ?? '',
      contract?.id ?? '',
      story.first.slice(0, 10),
    ),
    'E expected only, G got only:',
    ...rows,
  ].join('\n');
}

/** What a step did to a lot, when it did anything. */
function tell(step: Step, lane: string, organization: string, contractId: string): string[] {
  const [service = '', module = '', billingType = ''] = lane.split(' | ');
  const own = (externalId: string) => externalId.startsWith(`${organization}-${module}-`);
  switch (step.kind) {
    case 'sync': {
      const answer = step.answers[module];
      if (answer === undefined) return ['sync'];
      if (answer === 'failed') return ['sync: failed'];
      const sites = Object.entries(answer).filter(([id]) => own(id));
      return [`sync: ${sites.map(([id, types]) => `${id}=${types[billingType] ?? 0}`).join(' ')}`];
    }
    case 'post':
      return ['post'];
    case 'enable-module':
    case 'disable-module':
      return step.module === module ? [step.kind] : [];
    case 'map-services':
      return step.decisions
        .filter((each) => each.contractId === contractId && each.module === module)
        .map((each) => `map ${JSON.stringify(each)}`);
    case 'import-services':
      return step.services
        .filter((each) => each.id === service)
        .map((each) => `read ${JSON.stringify(each)}`);
    case 'ignore-service':
    case 'release':
    case 'exclude':
      return step.line.contractId === contractId ? [JSON.stringify(step)] : [];
    default:
      return own(step.of.externalId) || (step.kind === 'map-organization' && step.to === organization)
        ? [`${step.kind} ${step.of.externalId}${step.kind === 'map-organization' ? ` to ${step.to}` : ''}`]
        : [];
  }
}

/** What was decided, and what was counted near the difference; what repeats itself is left out. */
function storyOf(
  steps: readonly Step[],
  lane: string,
  organization: string,
  contractId: string,
  differs: string,
): string[] {
  const told: string[] = [];
  const near = textOfDay(dayIn(differs) - DAYS_BEFORE);
  let last = '';
  for (const step of steps.filter(({ kind, date }) => (kind !== 'sync' && kind !== 'post') || date >= near))
    for (const what of tell(step, lane, organization, contractId)) {
      if (what === last) continue;
      last = what;
      told.push(`${step.date} ${what}`);
    }
  return told;
}
