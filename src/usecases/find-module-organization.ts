import { nearestNames } from '../catalog/nearest-names.ts';
import type { ModuleOrganizationView } from './list-module-organizations.ts';

/** The one of these that `text` names by external id, by name or by a part of one name only; else the nearest. */
export function findModuleOrganization(
  all: readonly ModuleOrganizationView[],
  text: string,
): { readonly found?: ModuleOrganizationView; readonly nearest: readonly ModuleOrganizationView[] } {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { nearest: [] };
  const exact = all.filter((each) => each.externalId === text.trim() || each.name.toLowerCase() === wanted);
  const among = exact.length > 0 ? exact : all.filter((each) => each.name.toLowerCase().includes(wanted));
  const [only, ...others] = among;
  if (only && others.length === 0) return { found: only, nearest: [] };
  return { nearest: only ? among.slice(0, 3) : nearestNames(all, ({ name }) => name, text) };
}
