import { arithmeticOf } from '../billing/arithmetic.ts';
import { changeBehind } from '../billing/change-behind.ts';
import { priceWords } from '../billing/price-words.ts';
import { ruleWords } from '../billing/rule-words.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { monthOf } from '../domain/calendar.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { type ExplainedFeed, explainedFeed } from './explained-feed.ts';
import { type ExplainedLine, explainedLine } from './explained-line.ts';
import { explainedWords } from './explained-words.ts';
import type { Explanation, RelatedItem } from './explanation.ts';
import { findItemByText } from './find-item-by-text.ts';
import { viewOf } from './list-billing-items.ts';
import { namesIn } from './names.ts';
import { readCatalogue } from './read-catalogue.ts';

/**
 * Why a billing item is what it is: counts by day and devices, who decided what, rule, price, arithmetic, corrections.
 * `id` may be the beginning of an id or a link to the item's page. Errors: `not-found`, `bad-input`.
 */
export async function explainItem(core: Core, id: string): Promise<Explanation> {
  const snapshot = await core.store.snapshot();
  const item = await findItemByText(snapshot, id);
  const [names, line, related] = await Promise.all([
    namesIn(snapshot),
    explainedLine(snapshot, item),
    relatedItems(snapshot, item),
  ]);
  const view = viewOf(item, names);
  const change = changeBehind(line.ledger?.changes ?? [], item);
  const feed = await explainedFeed(core, snapshot, line, change);
  return {
    item: view,
    words: explainedWords(core, {
      catalogue: await readCatalogue(snapshot),
      view,
      line,
      change,
      feed,
      corrected: related.corrected,
    }),
    arithmetic: arithmeticOf(item),
    ...factsOf(feed),
    ...mappingsOf(line),
    unitPrice: item.unitPrice,
    price: priceWords(item, line.service),
    ...(item.corrects ? { corrects: item.corrects } : {}),
    ...related,
    correctedBy: related.corrections.map((other) => other.id),
    history: historyOf(item),
  };
}

/** What is told of a module's counts; empty for units the PSA held before any module was mapped. */
const factsOf = (feed: ExplainedFeed | undefined) => ({
  counts: feed?.counts ?? [],
  ...(feed?.deviceChange && { deviceChange: feed.deviceChange }),
  thinned: feed?.thinned ?? [],
  exclusions: feed?.exclusions ?? [],
  releases: feed?.releases ?? [],
  holds: feed?.holds ?? [],
  ...(feed?.changedBy && { changedBy: feed.changedBy }),
});

function mappingsOf({
  feed,
}: ExplainedLine): Pick<Explanation, 'organizationMappings' | 'serviceMapping' | 'rule'> {
  const mapping = feed?.mapping;
  return {
    organizationMappings: (feed?.mapped ?? []).map(({ mapping: each, own }) => ({
      moduleOrganizationId: each.id,
      moduleOrganization: own.name,
      organizationId: each.organizationId,
      by: each.by,
      at: each.at,
      ...(each.suggestion ? { suggestion: each.suggestion } : {}),
    })),
    serviceMapping: mapping ? serviceMappingOf(mapping) : null,
    rule: mapping ? ruleWords(mapping) : [],
  };
}

const serviceMappingOf = (mapping: MappedService) => {
  const { unitRule, dropRule, minimum, share, contractServiceId, by, at } = mapping;
  return {
    unitRule,
    ...(dropRule === undefined ? {} : { dropRule }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(share === undefined ? {} : { share }),
    contractServiceId,
    by,
    at,
  };
};

async function relatedItems(snapshot: Snapshot, item: BillingItem) {
  const month = monthOf(item.period.start);
  const corrected = item.corrects ? await snapshot.get('billingItems', item.corrects, month) : undefined;
  const inPeriod = await snapshot.list('billingItems', { from: month, to: month });
  return {
    ...(corrected && { corrected: related(corrected) }),
    corrections: inPeriod.filter((other) => other.corrects === item.id).map(related),
  };
}

const related = (item: BillingItem): RelatedItem => {
  const { id, status, kind, itemDate, units, amount, currency, postedAt, postedBy } = item;
  const posted = { ...(postedAt && { postedAt }), ...(postedBy && { postedBy }) };
  return { id, status, kind, itemDate, units, amount, currency, ...posted };
};

function historyOf({ unposted, postedAt, postedBy }: BillingItem): Explanation['history'] {
  const past = unposted.flatMap((each) => [
    { what: 'posted' as const, at: each.postedAt, by: each.postedBy },
    { what: 'un-posted' as const, at: each.at, by: each.by, reason: each.reason },
  ]);
  return postedAt && postedBy ? [...past, { what: 'posted', at: postedAt, by: postedBy }] : past;
}
