import Fuse from 'fuse.js';
import { token_sort_ratio } from 'fuzzball';
import { findBestMatch } from 'string-similarity';
import { OrganizationIndex } from '../../src/matching/organization-index.ts';
import { suggestByName } from '../../src/matching/suggest-by-name.ts';
import type { BenchRow } from './bench-row.ts';
import { inventNames, type NameLists } from './matching-names.ts';
import { bestF1, recallAtPrecision, type Scored } from './matching-score.ts';

const SEED = 'matching';

/** Suggestions for invented names of five countries: alone at full size, and beside what else is used for this. */
export async function matchingRows(): Promise<BenchRow[]> {
  const large = inventNames({ organizations: 10_000, moduleOrganizations: 50_000 }, SEED);
  const whole = timed(() => ours(large));
  const small = inventNames({ organizations: 1_000, moduleOrganizations: 5_000 }, SEED);
  const rivals = { ours, 'fuse.js': fuse, fuzzball, 'string-similarity': similarity };
  const done = Object.entries(rivals).map(([name, run]) => ({ name, ...timed(() => run(small)) }));
  return [
    {
      name: 'matching.10k-50k',
      ours: whole.seconds,
      peers: {},
      unit: 's',
      note: `${accuracy(whole.scored)}; ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most; one core`,
    },
    {
      name: 'matching.1k-5k',
      ours: done[0]?.seconds ?? Number.NaN,
      peers: Object.fromEntries(done.slice(1).map(({ name, seconds }) => [name, seconds])),
      unit: 's',
      note: done.map(({ name, scored }) => `${name}: ${accuracy(scored)}`).join('; '),
    },
  ];
}

function timed(run: () => Scored[]): { readonly seconds: number; readonly scored: Scored[] } {
  const begin = performance.now();
  const scored = run();
  return { seconds: (performance.now() - begin) / 1000, scored };
}

const accuracy = (scored: readonly Scored[]): string =>
  `recall at precision 0.99 ${recallAtPrecision(scored, 0.99).toFixed(3)}, best F1 ${bestF1(scored).toFixed(3)}`;

function ours({ organizations, moduleOrganizations }: NameLists): Scored[] {
  const index = new OrganizationIndex();
  for (const { id, name } of organizations) index.put(id, [{ name }]);
  for (const { name } of moduleOrganizations) index.see(name);
  return moduleOrganizations.map(({ name, truth }) => {
    const [best] = suggestByName(index, name).candidates;
    return { truth, suggested: best?.organizationId ?? '', confidence: best?.confidence ?? 0 };
  });
}

function fuse({ organizations, moduleOrganizations }: NameLists): Scored[] {
  const search = new Fuse(organizations, { keys: ['name'], includeScore: true, threshold: 0.6 });
  return moduleOrganizations.map(({ name, truth }) => {
    const [best] = search.search(name.slice(0, 32), { limit: 1 });
    return { truth, suggested: best?.item.id ?? '', confidence: 1 - (best?.score ?? 1) };
  });
}

function fuzzball({ organizations, moduleOrganizations }: NameLists): Scored[] {
  const plain = organizations.map(({ id, name }) => ({ id, name: lower(name) }));
  return moduleOrganizations.map(({ name, truth }) => {
    const wanted = lower(name);
    let best = { suggested: '', confidence: 0 };
    for (const { id, name: other } of plain) {
      const score = token_sort_ratio(wanted, other, { full_process: false });
      if (score > best.confidence) best = { suggested: id, confidence: score };
    }
    return { truth, ...best };
  });
}

function similarity({ organizations, moduleOrganizations }: NameLists): Scored[] {
  const names = organizations.map(({ name }) => lower(name));
  return moduleOrganizations.map(({ name, truth }) => {
    const { bestMatch, bestMatchIndex } = findBestMatch(lower(name), names);
    return { truth, suggested: organizations[bestMatchIndex]?.id ?? '', confidence: bestMatch.rating };
  });
}

const lower = (name: string): string => name.toLowerCase();
