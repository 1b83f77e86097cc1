import type { Changes, Snapshot } from '../../../src/ports/store.ts';
import { example, itemOf, organization } from '../../contract/store-records.ts';

export const ITEMS = 60;
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const PLACES = 1_000;

/** A number of the n-th commit that no other commit gives to the same item. */
const unitsOf = (commit: number, item: number): number =>
  ((commit * 37 + item * 11) % PLACES) + commit * PLACES;

/** Items wander over the months; every seventh is away in every fifth commit. */
const monthOf = (commit: number, item: number): string =>
  MONTHS[(item + Math.floor(commit / 3)) % MONTHS.length] ?? '';
const isAway = (commit: number, item: number): boolean => item % 7 === 0 && commit % 5 === 0;

const itemsOf = (commit: number) =>
  Array.from({ length: ITEMS }, (_, item) => item)
    .filter((item) => !isAway(commit, item))
    .map((item) =>
      itemOf(`i${String(item).padStart(3, '0')}`, `${monthOf(commit, item)}-01`, unitsOf(commit, item)),
    );

const totalOf = (commit: number): number => itemsOf(commit).reduce((sum, { units }) => sum + units, 0);

/** What the n-th commit of a night writes: every item anew, a total of them, and a line in the audit. */
export const changesOf = (commit: number): Changes => ({
  put: {
    billingItems: itemsOf(commit),
    organizations: [organization('total', `${totalOf(commit)}`)],
    audit: [example('audit', { id: `commit-${commit}`, after: { total: totalOf(commit) } })],
  },
  remove: Array.from({ length: ITEMS }, (_, item) => item)
    .filter((item) => isAway(commit, item))
    .map((item) => ({ kind: 'billingItems' as const, id: `i${String(item).padStart(3, '0')}` })),
});

/** What is wrong with a state that should be what the n-th commit left, after those in `commits`; nothing when it is. */
export async function problemsOf(
  snapshot: Snapshot,
  commit: number,
  commits: readonly number[],
): Promise<string[]> {
  const problems: string[] = [];
  const items = await snapshot.list('billingItems');
  const expected = commit === 0 ? [] : itemsOf(commit);
  const told = (list: typeof items) =>
    list.map(({ id, units, period }) => `${id} ${units} ${period.start}`).join('\n');
  if (told(items) !== told(expected)) problems.push(`the items are not those of commit ${commit}`);
  const total = (await snapshot.get('organizations', 'total'))?.name;
  const sum = items.reduce((all, { units }) => all + units, 0);
  if (commit > 0 && total !== String(sum))
    problems.push(`the total says ${total} and the items sum to ${sum}`);
  const audit = new Set((await snapshot.list('audit')).map(({ id }) => id));
  for (const each of commits)
    if (!audit.has(`commit-${each}`)) problems.push(`commit ${each} is not in the audit`);
  if (audit.size !== commits.length) problems.push(`the audit has ${audit.size} lines of ${commits.length}`);
  return problems;
}
