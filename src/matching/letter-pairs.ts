/** Dice's coefficient over letter pairs: 1 for equal texts, 0 for nothing in common. */
export function lettersAlike(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<number, number>();
  for (let i = 0; i < a.length - 1; i++) {
    const two = pairAt(a, i);
    pairs.set(two, (pairs.get(two) ?? 0) + 1);
  }
  let common = 0;
  for (let j = 0; j < b.length - 1; j++) {
    const two = pairAt(b, j);
    const count = pairs.get(two) ?? 0;
    if (count === 0) continue;
    pairs.set(two, count - 1);
    common++;
  }
  return (2 * common) / (a.length + b.length - 2);
}

const pairAt = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
