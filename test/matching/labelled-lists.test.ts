import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { SURE } from '../../src/matching/calibrate.ts';
import { OrganizationIndex } from '../../src/matching/organization-index.ts';
import { suggestByName } from '../../src/matching/suggest-by-name.ts';
import { bestF1, recallAtPrecision, type Scored, shareRight } from '../bench/matching-score.ts';

/** Labelled names under a share-alike licence: they lie beside the repository where they are at hand at all. */
const LISTS = new URL('../../../shared/bench/org-matching/', import.meta.url);
const present = existsSync(LISTS);
const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(file, LISTS), 'utf8'), {
    columns: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  });

describe.skipIf(!present)('labelled lists (skipped where ../shared/bench is not present)', () => {
  const scored: Scored[] = present ? suggestAll() : [];

  it('reach recall 0.82 at precision 0.99 and F1 0.91', () => {
    expect(recallAtPrecision(scored, 0.99)).toBeGreaterThanOrEqual(0.82);
    expect(bestF1(scored)).toBeGreaterThanOrEqual(0.91);
  });

  it('are right in 99 of 100 sure suggestions, and sure of at most 1 in 100 that belong to nobody', () => {
    const sure = scored.filter(({ suggested, confidence }) => suggested && confidence >= SURE);
    expect(shareRight(sure)).toBeGreaterThanOrEqual(0.99);
    expect(sure.length).toBeGreaterThan(800);
    const nobody = scored.filter(({ truth }) => truth === '');
    expect(sure.filter(({ truth }) => truth === '').length / nobody.length).toBeLessThanOrEqual(0.01);
  });

  it.each([
    [0.95, 1],
    [0.8, 0.95],
    [0.6, 0.8],
  ])('may be taken at their word from %d to %d', (from, to) => {
    const shown = scored.filter(
      ({ suggested, confidence }) => suggested && confidence >= from && confidence < to,
    );
    expect(shareRight(shown)).toBeGreaterThanOrEqual(from);
  });
});

function suggestAll(): Scored[] {
  const index = new OrganizationIndex();
  for (const { left_id = '', name = '' } of rows('left.csv')) index.put(left_id, [{ name }]);
  const rights = rows('right.csv');
  for (const { name = '' } of rights) index.see(name);
  const truth = new Map(rows('gold.csv').map((row) => [row.right_id, row.left_id ?? '']));
  return rights.map(({ right_id = '', name = '' }) => {
    const [best] = suggestByName(index, name).candidates;
    return {
      truth: truth.get(right_id) ?? '',
      suggested: best?.organizationId ?? '',
      confidence: best?.confidence ?? 0,
    };
  });
}
