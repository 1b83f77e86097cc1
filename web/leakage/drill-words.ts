import { LEAKAGE_REASON_NAMES, type LeakageReason } from '../../src/domain/leakage.ts';
import type { Names } from '../../src/usecases/names.ts';
import type { LeakageDrill, LeakageLists } from '../../src/widgets/leakage-drill.ts';

const MOST_NAMED = 3;

const some = (words: readonly string[]): string =>
  words.length > MOST_NAMED
    ? `${words.slice(0, MOST_NAMED).join(', ')} and ${words.length - MOST_NAMED} more`
    : words.join(', ');

function listWords(lists: LeakageLists, names: Names): string[] {
  const none = lists.noOrganization ? ['no organization'] : [];
  return [
    (lists.module ?? []).map((id) => names.module(id)),
    [...(lists.organization ?? []).map((id) => names.organization(id)), ...none],
    (lists.billingType ?? []).map((name) => names.billingType(lists.module?.[0] ?? null, name)),
    (lists.reason ?? []).map((code) => LEAKAGE_REASON_NAMES[code as LeakageReason] ?? code),
  ]
    .filter((words) => words.length > 0)
    .map(some);
}

/** What a widget's mark narrows the page to beyond the form's own fields; empty where it does not. */
export function drillWords({ except, currency, ...lists }: LeakageDrill, names: Names): string {
  const left = except ? listWords(except, names) : [];
  return [
    ...listWords(lists, names),
    ...(left.length > 0 ? [`without ${left.join(' and ')}`] : []),
    ...(currency ? [currency] : []),
  ].join(' · ');
}
