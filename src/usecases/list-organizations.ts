import { nearestNames } from '../catalog/nearest-names.ts';
import { IcbError } from '../domain/errors.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { Core } from './core.ts';

const byName = (a: Organization, b: Organization): number =>
  a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);

/** For looking up by name: without accents, case and space around it. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Organizations by name; `search` is any part of the name or the whole id. */
export async function listOrganizations(
  core: Core,
  { search = '', mappableOnly = false }: { readonly search?: string; readonly mappableOnly?: boolean } = {},
): Promise<Organization[]> {
  const wanted = folded(search);
  return (await (await core.store.snapshot()).list('organizations'))
    .filter((organization) => folded(organization.name).includes(wanted) || organization.id === search.trim())
    .filter((organization) => !mappableOnly || unmappableBecause(organization) === undefined)
    .sort(byName);
}

/** The one organization that `text` names by id, by name or by a part of one name only; else the nearest names. */
export async function findOrganization(
  core: Core,
  text: string,
): Promise<{ readonly organization?: Organization; readonly nearest: readonly Organization[] }> {
  const all = (await listOrganizations(core)).slice();
  const wanted = folded(text);
  const exact = all.filter((each) => each.id === text.trim() || folded(each.name) === wanted);
  const partly = wanted === '' ? [] : all.filter((each) => folded(each.name).includes(wanted));
  const [only, ...others] = exact.length > 0 ? exact : partly;
  if (only && others.length === 0) return { organization: only, nearest: [] };
  return { nearest: only ? [only, ...others].slice(0, 5) : nearestNames(all, (each) => each.name, text) };
}

/** As `findOrganization`, or `unknown-organization` with the nearest names. */
export async function knownOrganization(core: Core, text: string): Promise<Organization> {
  const { organization, nearest } = await findOrganization(core, text);
  if (organization) return organization;
  const names = nearest.map((each) => `"${each.name}"`).join(', ');
  const hint = names ? ` Did you mean ${names}?` : ' Check the name, or import it from the PSA first.';
  throw new IcbError('unknown-organization', `There is no organization "${text}".${hint}`);
}
