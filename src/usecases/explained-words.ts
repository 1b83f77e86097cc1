import type { ChangeBehind } from '../billing/change-behind.ts';
import { type CountBehind, explainWords } from '../billing/explain-words.ts';
import type { Catalogue } from '../catalog/catalogue.ts';
import { dateIn } from '../domain/calendar.ts';
import type { Core } from './core.ts';
import type { ExplainedFeed } from './explained-feed.ts';
import { type ExplainedLine, lineDay } from './explained-line.ts';
import type { RelatedItem } from './explanation.ts';
import type { BillingItemView } from './list-billing-items.ts';

interface Told {
  readonly catalogue: Catalogue;
  readonly view: BillingItemView;
  readonly line: ExplainedLine;
  readonly change: ChangeBehind | undefined;
  readonly feed: ExplainedFeed | undefined;
  readonly corrected?: RelatedItem | undefined;
}

/** The explanation's sentences, from what the store told. */
export function explainedWords(
  core: Core,
  { catalogue, view, line, change, feed, corrected }: Told,
): string[] {
  const { item } = line;
  const type =
    item.module && item.billingType ? catalogue.billingType(item.module, item.billingType) : undefined;
  return explainWords({
    item,
    organization: view.organization,
    module: view.moduleName,
    billingType: view.billingTypeLabel,
    thing: feed?.ofDevices ? 'device' : undefined,
    trueFalse: type?.unit === 'true-false',
    rule: line.feed?.mapping,
    change,
    count: countBehind(line, change, feed),
    approved: approvalOf(core, change, feed),
    mappedThatDay: item.kind === 'adjustment' ? mappedOn(core, line, change) : [],
    readOn: item.module === null ? line.service?.readOn : undefined,
    corrects: corrected,
    thinned: feed?.thinned,
  });
}

function countBehind(
  { feed }: ExplainedLine,
  change: ChangeBehind | undefined,
  told: ExplainedFeed | undefined,
): CountBehind | undefined {
  const report = told?.report;
  const counted = feed && report && lineDay(feed, report, change?.countDate ?? report.date);
  if (!counted || counted.units === null || counted.excluded === 'all') return undefined;
  return { date: report.date, quantity: counted.quantity, less: counted.excluded, units: counted.units };
}

/** Who let the count through, where the log says that it waited. */
function approvalOf(core: Core, change: ChangeBehind | undefined, told: ExplainedFeed | undefined) {
  const hold = told?.holds.find(
    ({ since, through, ended }) =>
      ended === 'approved' && change && since <= change.countDate && change.countDate <= through,
  );
  const release = hold && told?.releases.find(({ through }) => through >= hold.since);
  return release && { by: release.by.name, on: dayOf(core, release.at) };
}

const mappedOn = (core: Core, { feed }: ExplainedLine, change: ChangeBehind | undefined) =>
  (feed?.mapped ?? [])
    .filter(({ mapping }) => dayOf(core, mapping.at) === change?.countDate)
    .map(({ mapping, own }) => ({ name: own.name, by: mapping.by.name }));

const dayOf = ({ clock }: Core, instant: string) => dateIn(Temporal.Instant.from(instant), clock.timeZone);
