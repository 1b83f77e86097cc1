/** Edits between two words: insert, delete or replace a letter, or swap two neighbours. */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(cell(i - 1, j - 1) + same, cell(i - 1, j) + 1, cell(i, j - 1) + 1, swapped));
    }
  }
  return cell(a.length, b.length);
}

/** The word that was probably meant, or undefined when none is near: a third of the letters may be wrong, at least one. */
export function nearestWord<W extends string>(typed: string, words: readonly W[]): W | undefined {
  const ranked = words
    .map((word) => ({ word, distance: word.startsWith(typed) ? 0.5 : edits(typed, word) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.ceil(typed.length / 3)) ? best.word : undefined;
}
