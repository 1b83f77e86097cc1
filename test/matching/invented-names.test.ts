import { describe, expect, it } from 'vitest';
import { OrganizationIndex } from '../../src/matching/organization-index.ts';
import { suggestByName } from '../../src/matching/suggest-by-name.ts';
import { inventNames } from '../bench/matching-names.ts';
import { recallAtPrecision, shareRight } from '../bench/matching-score.ts';

describe('invented names of five countries, which no weight was fitted on', () => {
  it.each(['first', 'second', 'third'])('%s list: sure is right in 99 of 100', (seed) => {
    const lists = inventNames({ organizations: 300, moduleOrganizations: 1_200 }, seed);
    const index = new OrganizationIndex();
    for (const { id, name } of lists.organizations) index.put(id, [{ name }]);
    for (const { name } of lists.moduleOrganizations) index.see(name);
    const scored = lists.moduleOrganizations.map(({ name, truth }) => {
      const { class: found, candidates } = suggestByName(index, name);
      const [best] = candidates;
      return { found, truth, suggested: best?.organizationId ?? '', confidence: best?.confidence ?? 0 };
    });
    const sure = scored.filter(({ found }) => found === 'sure');
    expect(shareRight(sure)).toBeGreaterThanOrEqual(0.99);
    expect(sure.length).toBeGreaterThan(700);
    expect(recallAtPrecision(scored, 0.99)).toBeGreaterThan(0.9);
  });

  it('are the same for the same seed, and each of somebody or of nobody', () => {
    const size = { organizations: 40, moduleOrganizations: 80 };
    const lists = inventNames(size, 'again');
    expect(inventNames(size, 'again')).toEqual(lists);
    const ids = new Set(['', ...lists.organizations.map(({ id }) => id)]);
    expect(lists.moduleOrganizations.every(({ truth }) => ids.has(truth))).toBe(true);
  });
});
