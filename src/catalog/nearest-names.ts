import { editDistance } from './edit-distance.ts';

const MOST = 3;

/** The records whose name is nearest to what was typed, best first; none when nothing is near. */
export function nearestNames<T>(records: readonly T[], nameOf: (record: T) => string, typed: string): T[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  return records
    .map((record) => ({ record, distance: distance(nameOf(record).toLowerCase(), wanted) }))
    .filter((each) => each.distance <= Math.max(1, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map((each) => each.record);
}

/** To the whole name, or to any one word of it. */
const distance = (name: string, wanted: string): number =>
  Math.min(editDistance(name, wanted), ...name.split(/\s+/).map((word) => editDistance(word, wanted)));
