import { type Organization, OWN_ORGANIZATION, unmappableBecause } from '../domain/organization.ts';
import { normaliseName } from './normalise-name.ts';
import { type KnownName, OrganizationIndex } from './organization-index.ts';
import type { Evidence } from './suggestion-evidence.ts';

/** So many names take a few milliseconds. */
const AT_ONCE = 100;

/** Organizations that can be mapped, and an index of the names they are known by that follows the book. */
export class KnownOrganizations {
  readonly index = new OrganizationIndex();
  #mappable: ReadonlyMap<string, Organization> = new Map();
  #names: ReadonlyMap<string, readonly KnownName[]> = new Map();
  #among: ReadonlyMap<string, number> = new Map();

  get mappable(): ReadonlyMap<string, Organization> {
    return this.#mappable;
  }

  /**
   * Brings the index up to date, and pauses now and then, so that a large book does not hold everybody else up.
   * @returns whether anything differs
   */
  *reading(evidence: Evidence): Generator<void, boolean> {
    this.#mappable = new Map(
      evidence.organizations
        .filter((organization) => unmappableBecause(organization) === undefined)
        .map((organization): [string, Organization] => [organization.id, organization]),
    );
    const names = yield* this.#readNames(evidence);
    const among = yield* this.#readAmong(evidence);
    return names || among;
  }

  *#readNames({ organizations, confirmed = [] }: Evidence): Generator<void, boolean> {
    const all = new Map(organizations.map((each): [string, Organization] => [each.id, each]));
    const aliases = Map.groupBy(confirmed, (each) => each.organizationId);
    const names = new Map<string, readonly KnownName[]>();
    let differs = false;
    for (const organization of this.#mappable.values()) {
      const mapped = (aliases.get(organization.id) ?? []).map(({ name, module }) => ({
        name,
        mappedIn: module,
      }));
      const known = [{ name: organization.name }, ...belowParent(organization, all), ...mapped.sort(byText)];
      names.set(organization.id, known);
      if (names.size % AT_ONCE === 0) yield;
      if (sameNames(this.#names.get(organization.id), known)) continue;
      this.index.put(organization.id, known);
      differs = true;
    }
    for (const id of this.#names.keys()) {
      if (names.has(id)) continue;
      this.index.remove(id);
      differs = true;
    }
    this.#names = names;
    return differs;
  }

  *#readAmong({ among }: Evidence): Generator<void, boolean> {
    const counts = new Map<string, number>();
    for (const { name } of among) counts.set(name, (counts.get(name) ?? 0) + 1);
    let differs = false;
    let looked = 0;
    for (const name of new Set([...counts.keys(), ...this.#among.keys()])) {
      if (++looked % AT_ONCE === 0) yield;
      const more = (counts.get(name) ?? 0) - (this.#among.get(name) ?? 0);
      for (let i = 0; i < more; i++) this.index.see(name);
      for (let i = 0; i > more; i--) this.index.forget(name);
      if (more !== 0) differs = true;
    }
    this.#among = counts;
    return differs;
  }
}

/**
 * A branch that the PSA keeps below its head office is often called after both elsewhere: "Leeds Branch" below "Acme" is
 * "Acme - Leeds". The MSP's own organization is nobody's head office.
 */
function belowParent(
  { name, parentId }: Organization,
  all: ReadonlyMap<string, Organization>,
): readonly KnownName[] {
  const parent = parentId && parentId !== OWN_ORGANIZATION ? all.get(parentId) : undefined;
  if (!parent) return [];
  const above = normaliseName(parent.name);
  return ` ${normaliseName(name)} `.includes(` ${above} `)
    ? []
    : [{ name: `${above} ${name}`, below: { name, parent: parent.name, parentId: parent.id } }];
}

const byText = (a: Required<Alias>, b: Required<Alias>): number => {
  const [one, other] = [`${a.mappedIn}\n${a.name}`, `${b.mappedIn}\n${b.name}`];
  return one < other ? -1 : one > other ? 1 : 0;
};
type Alias = Pick<KnownName, 'name' | 'mappedIn'>;

const sameNames = (a: readonly KnownName[] | undefined, b: readonly KnownName[]): boolean =>
  a !== undefined &&
  a.length === b.length &&
  a.every(
    (each, i) =>
      each.name === b[i]?.name &&
      each.mappedIn === b[i]?.mappedIn &&
      each.below?.name === b[i]?.below?.name &&
      each.below?.parent === b[i]?.below?.parent &&
      each.below?.parentId === b[i]?.below?.parentId,
  );
