import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import {
  ModuleId,
  ModuleOrganizationId,
  moduleOrganizationId,
  OrganizationId,
} from '../../src/domain/ids.ts';
import type { ModuleOrganization } from '../../src/domain/module-organization.ts';
import type { Organization } from '../../src/domain/organization.ts';
import { MappingSuggester } from '../../src/matching/mapping-suggester.ts';
import type { Evidence } from '../../src/matching/suggestion-evidence.ts';

const RMM = ModuleId.parse('datto-rmm');
const WORDS = 'Acme Norden Fjord Kestrel Harbour North 2nd Ltd GmbH & the HQ (Leeds) - Clinic Ångström'.split(
  ' ',
);

const word = fc.constantFrom(...WORDS);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const numbers = (least: number, most: number) => fc.integer({ min: least, max: most });

/** What may happen to a book between two looks at it; numbers stand for organizations and module organizations. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('organization' as const), at: numbers(1, 14), name }),
  fc.record({ kind: fc.constant('state' as const), at: numbers(1, 14), active: fc.boolean() }),
  fc.record({ kind: fc.constant('below' as const), at: numbers(1, 14), parent: numbers(0, 14) }),
  fc.record({ kind: fc.constant('site' as const), at: numbers(1, 8), name }),
  fc.record({ kind: fc.constant('gone' as const), at: numbers(1, 8) }),
  fc.record({ kind: fc.constant('under' as const), at: numbers(1, 8), parent: numbers(1, 8) }),
  fc.record({ kind: fc.constant('link' as const), at: numbers(1, 8), to: numbers(1, 14) }),
  fc.record({ kind: fc.constant('map' as const), at: numbers(1, 8), to: numbers(1, 14) }),
  fc.record({ kind: fc.constant('unmap' as const), at: numbers(1, 8) }),
  fc.record({ kind: fc.constant('reject' as const), at: numbers(1, 8), to: numbers(1, 14) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

class Book {
  readonly #organizations = new Map<number, Organization>();
  readonly #sites = new Map<number, ModuleOrganization>();
  readonly #mapped = new Map<number, number>();
  readonly #rejected = new Set<string>();

  take(change: Step): void {
    const { at } = change;
    const organization = this.#organizations.get(at);
    const site = this.#sites.get(at);
    if (change.kind === 'organization')
      this.#organizations.set(at, {
        ...{ id: OrganizationId.parse(`${at}`), type: 'customer', active: true },
        ...organization,
        name: change.name,
      });
    else if (change.kind === 'state' && organization)
      this.#organizations.set(at, { ...organization, active: change.active });
    else if (change.kind === 'below' && organization)
      this.#organizations.set(at, { ...organization, parentId: OrganizationId.parse(`${change.parent}`) });
    else if (change.kind === 'site') this.#sites.set(at, { ...(site ?? siteOf(at)), name: change.name });
    else if (change.kind === 'gone') this.#sites.delete(at);
    else if (change.kind === 'under' && site)
      this.#sites.set(at, { ...site, parentId: moduleOrganizationId(RMM, `${change.parent}`) });
    else if (change.kind === 'link' && site)
      this.#sites.set(at, { ...site, hints: { organizationId: OrganizationId.parse(`${change.to}`) } });
    else if (change.kind === 'map') this.#mapped.set(at, change.to);
    else if (change.kind === 'unmap') this.#mapped.delete(at);
    else if (change.kind === 'reject') {
      const pair = `${at} ${change.to}`;
      if (!this.#rejected.delete(pair)) this.#rejected.add(pair);
    }
  }

  get sites(): ModuleOrganization[] {
    return [...this.#sites.values()];
  }

  get evidence(): Evidence {
    return {
      organizations: [...this.#organizations.values()],
      among: this.sites,
      confirmed: [...this.#mapped].flatMap(([at, to]) => {
        const site = this.#sites.get(at);
        const of = at % 2 ? 'Datto BCDR' : 'Datto RMM';
        return site
          ? [{ moduleOrganizationId: site.id, name: site.name, module: of, organizationId: `${to}` }]
          : [];
      }),
      rejected: [...this.#rejected].map((pair) => {
        const [at = '', to = ''] = pair.split(' ');
        return { moduleOrganizationId: moduleOrganizationId(RMM, at), organizationId: to };
      }),
    };
  }
}

const siteOf = (at: number): ModuleOrganization => ({
  id: ModuleOrganizationId.parse(`datto-rmm:${at}`),
  module: RMM,
  externalId: `${at}`,
  name: 'Site',
  hints: {},
  firstSeen: isoDate('2026-11-01'),
  lastSeen: isoDate('2026-11-24'),
});

describe('a suggester that follows a book', () => {
  it('suggests after any changes what one made afresh suggests', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 12 }), { minLength: 2, maxLength: 6 }), (looks) => {
        const book = new Book();
        const following = new MappingSuggester();
        for (const changes of looks) {
          for (const change of changes) book.take(change);
          following.read(book.evidence);
          const fresh = new MappingSuggester();
          fresh.read(book.evidence);
          expect(following.suggest(book.sites)).toEqual(fresh.suggest(book.sites));
        }
      }),
      { seed: 5, numRuns: 250 },
    );
  });

  it('makes nothing anew where nothing changed, and one alone where one pair was rejected', () => {
    const book = new Book();
    for (const at of [1, 2, 3]) {
      book.take({ kind: 'organization', at, name: `${WORDS[at]} Harbour` });
      book.take({ kind: 'site', at, name: `${WORDS[at]} Harbour Ltd` });
    }
    const suggester = new MappingSuggester();
    const look = () => {
      suggester.read(book.evidence);
      return suggester.suggest(book.sites);
    };
    const first = look();
    expect(first.map((each) => each.class)).toEqual(['sure', 'sure', 'sure']);
    const second = look();
    expect(second.map((each, i) => each === first[i])).toEqual([true, true, true]);
    book.take({ kind: 'reject', at: 2, to: 2 });
    const third = look();
    expect(third.map((each, i) => each === first[i])).toEqual([true, false, true]);
    expect(third[1]?.candidates.map((each) => each.organizationId)).not.toContain('2');
    book.take({ kind: 'reject', at: 2, to: 2 });
    expect(look()).toEqual(first);
  });
});
