import { formatMoney, sumMoney } from '../domain/money.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { isOpen, needsPerson, type UnitPush } from '../domain/unit-push.ts';
import type { Snapshot } from '../ports/store.ts';
import { pushViews } from './list-unit-pushes.ts';
import type { SummaryNeed } from './summary-needs.ts';

/** What is not right between icb and a PSA that lives elsewhere, each with how many and how much money a month. */
export async function psaNeeds(snapshot: Snapshot, { psa, date }: SyncRun): Promise<SummaryNeed[]> {
  if (!psa) return [];
  const pushes = await snapshot.list('unitPushes');
  const of = (test: (push: UnitPush) => boolean) => pushes.filter(test);
  const need = async (
    kind: SummaryNeed['kind'],
    own: readonly UnitPush[],
    text: (changes: string) => string,
  ): Promise<SummaryNeed[]> => {
    if (own.length === 0) return [];
    const count = own.length === 1 ? '1 change' : `${own.length} changes`;
    return [
      {
        kind,
        count: own.length,
        text: text(`${count} of units (${await monthly(snapshot, own)})`),
      },
    ];
  };
  return [
    ...(psa.problem === undefined ? [] : [{ kind: 'psa-failed' as const, count: 1, text: psa.problem }]),
    ...(psa.notice === undefined ? [] : [{ kind: 'psa-notice' as const, count: 1, text: psa.notice }]),
    ...(await need(
      'push-unknown',
      of((push) => needsPerson(push) && push.state.status === 'unknown'),
      (changes) => `${changes} may or may not be in the PSA. Look there, and say which.`,
    )),
    ...(await need(
      'push-refused',
      of((push) => needsPerson(push) && push.state.status === 'refused'),
      (changes) => `The PSA refused ${changes}. Each says what to do.`,
    )),
    ...(await need(
      'push-queued',
      of((push) => isOpen(push) && push.effectiveDate <= date),
      (changes) => `${changes} could not go to the PSA yet. They go with the next sync.`,
    )),
  ];
}

async function monthly(snapshot: Snapshot, pushes: readonly UnitPush[]): Promise<string> {
  const views = await pushViews(snapshot, pushes);
  const sums = [...Map.groupBy(views, ({ currency }) => currency)].flatMap(([currency, own]) =>
    currency === undefined
      ? []
      : [formatMoney(sumMoney(own.flatMap(({ monthlyAmount }) => monthlyAmount ?? [])), currency)],
  );
  return sums.length === 0 ? 'of services that are gone' : `${sums.join(' + ')} a month`;
}
