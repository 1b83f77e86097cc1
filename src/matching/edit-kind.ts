/** How one word becomes another. */
export interface Edits {
  /** Insertions, deletions and swapped neighbours: what slips when typing. */
  readonly slips: number;
  /** Letters replaced by others: as often another name as a typo. */
  readonly replaced: number;
}

/**
 * The fewest edits between two words, at most `most`; undefined beyond. Swapped neighbours are one edit
 * (optimal string alignment). Of equally short ways, the one with fewer replaced letters.
 */
export function editsBetween(a: string, b: string, most: number): Edits | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  // An edit costs 64, a replaced letter 1 on top: the cheapest way is the shortest with the fewest of them.
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j * EDIT);
  for (let i = 1; i <= a.length; i++) {
    const row = [i * EDIT];
    let best = row[0] ?? 0;
    for (let j = 1; j <= b.length; j++) {
      const equal = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        at(last, j - 1) + (equal ? 0 : EDIT + REPLACED),
        at(last, j) + EDIT,
        at(row, j - 1) + EDIT,
      );
      const swapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, at(before, j - 2) + EDIT);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best >= (most + 1) * EDIT) return undefined;
    before = last;
    last = row;
  }
  const cost = at(last, b.length);
  const edits = Math.floor(cost / EDIT);
  return edits > most ? undefined : { slips: edits - (cost % EDIT), replaced: cost % EDIT };
}

const EDIT = 64;
const REPLACED = 1;
const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
