import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { ModuleId, moduleOrganizationId } from '../../src/domain/ids.ts';
import type { ModuleOrganization } from '../../src/domain/module-organization.ts';
import type { Organization } from '../../src/domain/organization.ts';
import { canonicalWord } from '../../src/matching/canonical-word.ts';
import { lettersAlike } from '../../src/matching/letter-pairs.ts';
import { normaliseName } from '../../src/matching/normalise-name.ts';
import { OrganizationIndex } from '../../src/matching/organization-index.ts';
import { suggestByName } from '../../src/matching/suggest-by-name.ts';
import { suggestMappings } from '../../src/matching/suggest-mappings.ts';
import { matchWords } from '../../src/matching/word-match.ts';

const RUNS = { seed: 11, numRuns: 150 };
const RMM = ModuleId.parse('datto-rmm');

const organization = (id: string, name: string): Organization =>
  ({ id, name, type: 'customer', active: true }) as Organization;
const site = (externalId: string, name: string, organizationId?: string): ModuleOrganization =>
  ({
    id: moduleOrganizationId(RMM, externalId),
    module: RMM,
    externalId,
    name,
    hints: organizationId === undefined ? {} : { organizationId },
    firstSeen: isoDate('2026-11-01'),
    lastSeen: isoDate('2026-11-24'),
  }) as ModuleOrganization;

const word = fc.constantFrom(
  ...'Acme Norden Fjord Meridian Kestrel Harbour North South 2nd II Ltd GmbH S.A. & the of - HQ (Leeds) Group Clinic'.split(
    ' ',
  ),
  'Ångström',
  'Ромашка',
  'トヨタ',
);
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 8 });

describe('normalising', () => {
  it('reads its own result as itself', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'grapheme' })), (text) => {
        const once = normaliseName(text);
        fc.pre(!/^the /u.test(once) && once !== '');
        for (const each of once.split(' '))
          expect(canonicalWord(canonicalWord(each))).toBe(canonicalWord(each));
        if (/^[\p{Ll}\p{N} ]+$/u.test(once) && !/(?:^| )\p{L}(?: |$)/u.test(once)) {
          expect(normaliseName(normaliseName(once))).toBe(normaliseName(once));
        }
      }),
      RUNS,
    );
  });

  it('and comparing words do not depend on which comes first', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcdeü'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(matchWords(a, b)).toEqual(matchWords(b, a));
        expect(lettersAlike(a, b)).toBe(lettersAlike(b, a));
      }),
      RUNS,
    );
  });
});

describe('suggestions', () => {
  it('are the same in any order of the input', () => {
    fc.assert(
      fc.property(names, names, fc.nat(), (lefts, rights, seed) => {
        const organizations = lefts.map((each, i) => organization(`${i}x`, each));
        const sites = rights.map((each, i) => site(`${i}`, each));
        const turn = <T>(list: readonly T[]): T[] =>
          list.map((_, i) => list[(i + seed) % list.length] as T).reverse();
        const plain = suggestMappings({ organizations, moduleOrganizations: sites });
        const turned = suggestMappings({
          organizations: turn(organizations),
          moduleOrganizations: turn(sites),
        });
        const byId = new Map(turned.map((each) => [each.moduleOrganizationId, each]));
        for (const each of plain) {
          const other = byId.get(each.moduleOrganizationId);
          expect(other?.class).toBe(each.class);
          const ids = (of: typeof each | undefined) => of?.candidates.map((c) => c.organizationId);
          expect(ids(other)).toEqual(ids(each));
        }
      }),
      RUNS,
    );
  });

  it('never rank above the organization that the module itself names', () => {
    fc.assert(
      fc.property(names, name, fc.nat(), (lefts, right, at) => {
        const organizations = lefts.map((each, i) => organization(`${i + 1}`, each));
        const linked = `${(at % lefts.length) + 1}`;
        const [found] = suggestMappings({ organizations, moduleOrganizations: [site('s', right, linked)] });
        expect(found?.candidates[0]?.organizationId).toBe(linked);
      }),
      RUNS,
    );
  });

  it('do not become sure through an organization that has nothing to do with it', () => {
    fc.assert(
      fc.property(names, name, (lefts, right) => {
        const organizations = lefts.map((each, i) => organization(`${i + 1}`, each));
        const moduleOrganizations = [site('s', right)];
        const [before] = suggestMappings({ organizations, moduleOrganizations });
        fc.pre(before?.class === 'none');
        const unrelated = organization('99', 'Xylographic Quokka Veranda');
        const [after] = suggestMappings({
          organizations: [...organizations, unrelated],
          moduleOrganizations,
        });
        expect(after?.class).not.toBe('sure');
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it('of an index that was changed are those of one made anew', () => {
    fc.assert(
      fc.property(names, names, name, (before, after, right) => {
        const changed = new OrganizationIndex();
        before.forEach((each, i) => void changed.put(`${i}`, [{ name: each }]));
        before.forEach((_, i) => void (i % 2 === 0 && changed.remove(`${i}`)));
        changed.see('Kestrel');
        changed.forget('Kestrel');
        before.forEach((_, i) => void changed.remove(`${i}`));
        after.forEach((each, i) => void changed.put(`${i}`, [{ name: each }]));
        const anew = new OrganizationIndex();
        after.forEach((each, i) => void anew.put(`${i}`, [{ name: each }]));
        expect(suggestByName(changed, right)).toEqual(suggestByName(anew, right));
      }),
      RUNS,
    );
  });
});

describe('names that are none', () => {
  const HOSTILE = [
    '',
    '   ',
    '***',
    '---',
    '🚀🚀',
    '👩‍👩‍👧',
    '\u202eevil\u202c',
    '\u0000',
    '.',
    '()',
    ' - ',
    '&',
    'x'.repeat(500),
    'cd '.repeat(170),
    '(('.repeat(250),
    'شركة النور للتجارة',
    'חברת האור בע״מ',
    '__proto__',
    'a.b.c.d.e.f',
    '株式会社',
  ];
  const known = [
    'Acme Ltd',
    'שלום סחר',
    'مؤسسة البناء',
    'Cd Electric',
    'Rocket Ltd',
    'X',
    '🚀 Rocket',
    '…',
    '***',
  ];

  it.each(HOSTILE)('%j neither fails nor matches anybody else', (hostile) => {
    const index = new OrganizationIndex();
    known.forEach((each, i) => void index.put(`${i}`, [{ name: each }]));
    index.put('hostile', [{ name: hostile }]);
    index.remove('hostile');
    const { class: found, candidates } = suggestByName(index, hostile);
    if (known.includes(hostile))
      expect(candidates.map(({ organizationId }) => known[Number(organizationId)])).toEqual([hostile]);
    else expect([found, candidates]).toEqual(['none', []]);
  });

  it('of any kind take no time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        (a, b) => {
          const index = new OrganizationIndex();
          index.put('1', [{ name: a }]);
          const { candidates } = suggestByName(index, b);
          for (const { confidence } of candidates) expect(confidence).toBeGreaterThan(0);
          if (/[\p{L}\p{N}]/u.test(a)) expect(suggestByName(index, a).class).toBe('sure');
        },
      ),
      RUNS,
    );
  });

  it('match their like in any script', () => {
    const index = new OrganizationIndex();
    known.forEach((each, i) => void index.put(`${i}`, [{ name: each }]));
    expect(suggestByName(index, 'שלום סחר בע״מ').candidates[0]?.organizationId).toBe('1');
    expect(suggestByName(index, 'مؤسسة البناء').class).toBe('sure');
  });
});
