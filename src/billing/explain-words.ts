import type { BillingItem } from '../domain/billing-item.ts';
import { daysInclusive, type IsoDate } from '../domain/calendar.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { ChangeBehind } from './change-behind.ts';
import { dayWords } from './day-words.ts';
import type { LineRule } from './rule-words.ts';

/** The count an item comes from, under the mappings of today. */
export interface CountBehind {
  readonly date: IsoDate;
  /** The sum over the module organizations. */
  readonly quantity: number;
  /** Taken off by exclusions. */
  readonly less: number;
  /** What the line has by it: exclusions, share and minimum applied. */
  readonly units: number;
}

/** Days of which something was taken out to save room. */
export interface Thinned {
  readonly what: 'counts' | 'devices' | 'activity';
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly on: IsoDate;
}

export interface ExplainFacts {
  readonly item: BillingItem;
  readonly organization: string;
  readonly module: string;
  readonly billingType: string;
  /** What the module counts, where it is known: `device`. */
  readonly thing?: string | undefined;
  readonly trueFalse?: boolean | undefined;
  readonly rule?: LineRule | undefined;
  readonly change?: ChangeBehind | undefined;
  readonly count?: CountBehind | undefined;
  /** The count waited until a person let it through. */
  readonly approved?: { readonly by: string; readonly on: IsoDate } | undefined;
  /** Module organizations mapped on the day of the count. */
  readonly mappedThatDay?: readonly { readonly name: string; readonly by: string }[] | undefined;
  /** Of an item with no module: when icb read the units in the PSA. */
  readonly readOn?: IsoDate | undefined;
  /** What was known once of the days that explain it, and is gone. */
  readonly thinned?: readonly Thinned[] | undefined;
  /** The posted item this one corrects. */
  readonly corrects?: Pick<BillingItem, 'itemDate' | 'units' | 'postedAt'> | undefined;
}

/**
 * Two to four sentences for a billing administrator: by what it is billed, from which count, why apart, how much; and
 * what is no longer there to tell.
 */
export function explainWords(facts: ExplainFacts): string[] {
  const sentences =
    facts.item.module === null
      ? [heldBefore(facts), correction(facts), money(facts)]
      : [billedBy(facts), fromCount(facts), correction(facts), money(facts), ...gone(facts)];
  return sentences.filter((sentence) => sentence !== '');
}

const heldBefore = ({ item, organization, readOn }: ExplainFacts): string =>
  `${unitsWords(item.units)} of ${item.service} at ${organization} ${Math.abs(item.units) === 1 ? 'is' : 'are'} what the PSA held before any module was mapped` +
  `${readOn ? `, read on ${dayWords(readOn)}` : ''}, so no usage count stands behind ${Math.abs(item.units) === 1 ? 'it' : 'them'}.`;

function billedBy({ item, organization, billingType, module, rule }: ExplainFacts): string {
  const terms = [
    ...(rule?.share === undefined ? [] : [`${rule.share} % of the count`]),
    ...(rule?.minimum ? [`at least ${unitsWords(rule.minimum)}`] : []),
  ];
  const after = terms.length > 0 ? `, ${terms.join(', ')}` : '';
  return `${item.service} at ${organization} is billed by ${billingType} of ${module}${after}.`;
}

/** What was counted, what that makes, and what there was before. */
function fromCount(facts: ExplainFacts): string {
  const { change, count, item } = facts;
  if (!change) return count ? `${counted(facts, count)}.` : '';
  if (change.cause === 'moved')
    return `The billing type went to another service of the contract on ${dayWords(change.effectiveDate)}, so its units leave this one.`;
  if (!count)
    return `${inForce(change.after, item.itemDate)}; the count behind that, of ${dayWords(change.countDate)}, ${notThere(facts, change)}.`;
  const parts = [counted(facts, count), ...terms(facts, count), conclusion(facts, change, count)];
  return `${parts.join(', ')}${asides(facts, change)}${keptAsPosted(facts, change)}.`;
}

/** A day may be counted again after its item was posted: what changed since is an item of its own. */
function keptAsPosted({ item, corrects }: ExplainFacts, { before, after }: ChangeBehind): string {
  const calledFor = item.itemDate === item.period.start ? after : after - before;
  if (item.status !== 'posted' || corrects?.itemDate === item.itemDate || calledFor === item.units) return '';
  return `; posted items never change, so this one keeps ${unitsWords(item.units)} and another corrects it`;
}

function notThere({ thinned = [] }: ExplainFacts, { countDate }: ChangeBehind): string {
  const gone = thinned.find(
    ({ what, from, to }) => what === 'counts' && from <= countDate && countDate <= to,
  );
  return gone ? `was thinned on ${dayWords(gone.on)}` : 'is not stored';
}

const GONE: Record<Thinned['what'], (when: string, on: string) => string> = {
  counts: (when, on) =>
    `The daily counts of ${when} were thinned on ${on}: of them only those that bill are still there.`,
  devices: (when, on) => `The device names of ${when} were thinned on ${on}.`,
  activity: (when, on) => `The activity log of ${when} was thinned on ${on}.`,
};

const gone = ({ thinned = [] }: ExplainFacts): string[] =>
  thinned.map(({ what, from, to, on }) => GONE[what](`${dayWords(from)} to ${dayWords(to)}`, dayWords(on)));

const inForce = (units: number, date: IsoDate): string =>
  `${unitsWords(units)} ${units === 1 ? 'is' : 'are'} in force from ${dayWords(date)}`;

function counted({ thing, trueFalse }: ExplainFacts, { quantity, date }: CountBehind): string {
  const on = `on ${dayWords(date)}`;
  if (trueFalse && quantity <= 1) return `It was ${quantity === 1 ? 'in use' : 'not in use'} ${on}`;
  const things = thing ? ` ${quantity === 1 ? thing : `${thing}s`}` : '';
  return `${quantity}${things} ${quantity === 1 ? 'was' : 'were'} counted ${on}`;
}

function terms({ rule }: ExplainFacts, { quantity, less, units }: CountBehind): string[] {
  const left = quantity - less;
  const floored = rule?.minimum !== undefined && units === rule.minimum && left < units;
  return [
    ...(less > 0 ? [`${less} of them excluded`] : []),
    ...(floored ? [`fewer than the minimum of ${units}`] : []),
    ...(!floored && units !== left ? [`${units} of them this contract's share`] : []),
  ];
}

function conclusion(facts: ExplainFacts, change: ChangeBehind, count: CountBehind): string {
  const { item, rule } = facts;
  const { before, after, adoptedLater } = change;
  if (count.units !== after + adoptedLater)
    return `but by the mappings and decisions of that time ${inForce(after, item.itemDate)}`;
  if (adoptedLater > 0)
    return `${adoptedLater} of them billed as what the PSA held before, so ${inForce(after, item.itemDate)}`;
  const carried = change.effectiveDate < item.itemDate;
  if (carried) return `and nothing has changed since, so ${inForce(after, item.itemDate)}`;
  if (item.itemDate === item.period.start) {
    const deferred = count.date < item.itemDate && change.countDate < item.itemDate;
    if (deferred)
      return `and that change counts from the next billing period, so ${inForce(after, item.itemDate)}`;
    if (rule?.unitRule === 'peak')
      return `the most of this period so far, so ${inForce(after, item.itemDate)}`;
    return `so ${inForce(after, item.itemDate)}`;
  }
  const makes = count.units === count.quantity ? '' : `which makes ${unitsWords(count.units)}, `;
  if (before === 0) return `${makes}and none were in force before`;
  const difference = after - before;
  return `${makes}${Math.abs(difference)} ${difference < 0 ? 'fewer' : 'more'} than the ${unitsWords(before)} in force before`;
}

function asides({ approved, mappedThatDay = [] }: ExplainFacts, { adopted }: ChangeBehind): string {
  const mapped = mappedThatDay.map(({ name, by }) => `${name} was mapped by ${by} that day`);
  return [
    ...(adopted > 0
      ? [
          `${unitsWords(adopted)} of that ${adopted === 1 ? 'was' : 'were'} on the service before it was mapped`,
        ]
      : []),
    ...mapped.slice(0, 2),
    ...(approved ? [`the count waited until ${approved.by} approved it on ${dayWords(approved.on)}`] : []),
  ]
    .map((aside) => `; ${aside}`)
    .join('');
}

/** Why it is an item of its own although a posted one covers the same days. */
function correction({ item, corrects }: ExplainFacts): string {
  if (!corrects) return '';
  const posted = corrects.postedAt ? ` on ${dayWords(corrects.postedAt.slice(0, 10) as IsoDate)}` : '';
  if (corrects.itemDate !== item.itemDate)
    return `The period was posted${posted} with ${unitsWords(corrects.units)}; posted items never change, so this change is an item of its own.`;
  return `${unitsWords(corrects.units)} ${Math.abs(corrects.units) === 1 ? 'was' : 'were'} posted for that day${posted}; posted items never change, so the difference of ${signed(item.units)} is an item of its own.`;
}

function money({ item }: ExplainFacts): string {
  const { period, days, itemDate, units } = item;
  const done = units < 0 ? 'credited' : 'billed';
  const sum = arithmeticOf(item);
  if (days === period.days) return `The whole period of ${days} days is ${done}: ${sum}.`;
  if (itemDate === period.start)
    return `The period ends early, on ${dayWords(period.end)}, so ${daysInclusive(itemDate, period.end)} of its ${period.days} days are ${done}: ${sum}.`;
  return `From ${dayWords(itemDate)} the rest of the period, ${days} of ${period.days} days, is ${done}: ${sum}.`;
}

const unitsWords = (units: number): string =>
  `${signedMinus(units)} ${Math.abs(units) === 1 ? 'unit' : 'units'}`;

/** A true minus sign reads better than a hyphen in prose. */
const signedMinus = (units: number): string => String(units).replace('-', '−');
const signed = (units: number): string => (units > 0 ? `+${units}` : signedMinus(units));
