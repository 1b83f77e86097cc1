import { AcronymRarity } from './acronym-rarity.ts';
import { NameIndex } from './name-index.ts';
import { type PreparedName, prepareName } from './prepare-name.ts';
import { type ComparedName, compareOne, type RankedName, rankNames } from './rank-names.ts';
import { WordRarity } from './word-rarity.ts';

/** A name under which an organization is known: its own, or one that people mapped to it in some module. */
export interface KnownName {
  readonly name: string;
  /** Where people mapped it, such as "Datto BCDR"; undefined for the organization's own name. */
  readonly mappedIn?: string;
  /** Where the name is put together from an organization's own and its parent's in the PSA: those two. */
  readonly below?: { readonly name: string; readonly parent: string; readonly parentId: string };
}

const isOwn = ({ mappedIn, below }: KnownName): boolean => mappedIn === undefined && below === undefined;

export interface RankedOrganization extends RankedName {
  readonly organizationId: string;
  readonly mappedIn: string | undefined;
  readonly below: KnownName['below'];
  /** Modules in which this very name is mapped to the organization already. */
  readonly sameIn: readonly string[];
}

interface Entry extends KnownName {
  readonly slot: number;
  readonly prepared: PreparedName;
  /** All modules in which this name is mapped to the organization. */
  readonly modules: readonly string[];
}

/** How many names are compared closely for each module organization. */
export const NEAREST = 10;

/**
 * The organizations by their names, and how rare each word is among all names at hand. Changing one organization takes
 * time in the length of its names alone.
 */
export class OrganizationIndex {
  readonly #index = new NameIndex();
  readonly #words = new WordRarity();
  readonly #acronyms = new AcronymRarity();
  readonly #entries = new Map<string, readonly Entry[]>();
  readonly #seen = new Map<string, { readonly prepared: PreparedName; readonly times: number }>();
  readonly #owners = new Map<number, { readonly organizationId: string; readonly entry: Entry }>();

  /** Adds an organization, or replaces the names under which it is known. The own name comes first. */
  put(organizationId: string, names: readonly KnownName[]): void {
    this.remove(organizationId);
    const entries = differing(names).map(({ known, modules }): Entry => {
      const prepared = prepareName(known.name);
      const slot = this.#index.add(prepared, `${organizationId}\n${known.mappedIn ?? ''}`);
      if (isOwn(known)) {
        this.#words.add(prepared, 'left');
        this.#acronyms.add(prepared);
      }
      return { ...known, slot, prepared, modules };
    });
    for (const entry of entries) this.#owners.set(entry.slot, { organizationId, entry });
    this.#entries.set(organizationId, entries);
  }

  remove(organizationId: string): void {
    for (const entry of this.#entries.get(organizationId) ?? []) {
      const { slot, prepared } = entry;
      this.#index.remove(slot);
      this.#owners.delete(slot);
      if (!isOwn(entry)) continue;
      this.#words.remove(prepared, 'left');
      this.#acronyms.remove(prepared);
    }
    this.#entries.delete(organizationId);
  }

  /** Counts the words of a module organization's name among those at hand; `forget` takes them out again. */
  see(name: string): void {
    const prepared = this.prepare(name);
    this.#seen.set(name, { prepared, times: (this.#seen.get(name)?.times ?? 0) + 1 });
    this.#words.add(prepared, 'right');
  }

  forget(name: string): void {
    const seen = this.#seen.get(name);
    if (!seen) return;
    if (seen.times > 1) this.#seen.set(name, { ...seen, times: seen.times - 1 });
    else this.#seen.delete(name);
    this.#words.remove(seen.prepared, 'right');
  }

  /** The name taken apart, once for those that were seen. */
  prepare(name: string): PreparedName {
    return this.#seen.get(name)?.prepared ?? prepareName(name);
  }

  /**
   * The organizations that may be meant by a name, likeliest first, each by the name that fits best. Where some have
   * this very name, the others are not looked at.
   */
  rank(right: PreparedName, isOut: (organizationId: string) => boolean = () => false): RankedOrganization[] {
    if (right.key === '') return [];
    const statistics = { words: this.#words, acronyms: this.#acronyms };
    const best = new Map<string, Found>();
    const isIn = (slot: number): boolean => !isOut(this.#owners.get(slot)?.organizationId ?? '');
    const same = this.#index.same(right).filter(isIn);
    for (const slot of same.length > 0 ? same : this.#index.nearest(right, NEAREST).filter(isIn)) {
      const owner = this.#owners.get(slot);
      if (!owner) continue;
      const { entry, organizationId } = owner;
      const compared = compareOne(entry.prepared, right, statistics);
      const so = best.get(organizationId);
      const sameIn = new Set([...(so?.sameIn ?? []), ...(compared.isSameName ? entry.modules : [])]);
      const isBetter =
        !so || compared.logit > so.logit || (compared.logit === so.logit && tellsMore(entry, so.entry));
      best.set(organizationId, {
        ...(isBetter ? { ...compared, entry, mappedIn: entry.mappedIn, below: entry.below } : so),
        organizationId,
        sameIn: [...sameIn].sort(),
      });
    }
    // A branch counts where its place fits better than its head office alone: else it would only cast doubt on that one.
    const fits = ({ below, logit }: Found): boolean =>
      !below || !((best.get(below.parentId)?.logit ?? -99) >= logit);
    return rankNames([...best.values()].filter(fits));
  }
}

interface Found extends ComparedName {
  readonly entry: Entry;
  readonly organizationId: string;
  readonly mappedIn: string | undefined;
  readonly below: KnownName['below'];
  readonly sameIn: readonly string[];
}

/**
 * A customer is mostly called the same in every module: each name is looked at once, as the own one where it is that too,
 * else as that of the first module.
 */
function differing(
  names: readonly KnownName[],
): readonly { readonly known: KnownName; readonly modules: readonly string[] }[] {
  const groups = Map.groupBy(names, ({ name, below }) => `${below === undefined}${name}`);
  return [...groups.values()].flatMap((same) => {
    const modules = same.flatMap(({ mappedIn }) => mappedIn ?? []).sort();
    const first = same.find(isOwn) ?? same.find(({ mappedIn }) => mappedIn === modules[0]) ?? same[0];
    return first ? [{ known: first, modules: [...new Set(modules)] }] : [];
  });
}

/** Of two names that fit equally well the own one, else one that stays the same in whatever order they came. */
function tellsMore(one: Entry, other: Entry): boolean {
  if (isOwn(one) !== isOwn(other)) return isOwn(one);
  const text = ({ mappedIn = '', name }: Entry) => `${mappedIn}\n${name}`;
  return text(one) < text(other);
}
