import type { Catalogue } from '../catalog/catalogue.ts';
import { findModuleByText } from '../catalog/find-module-by-text.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module } from '../domain/module.ts';
import type { Core } from './core.ts';
import { readCatalogue } from './read-catalogue.ts';

/** The catalogue's module that `text` names by id or name, or `unknown-module` with the nearest ones. */
export function moduleIn(catalogue: Catalogue, text: string): Module {
  const found = findModuleByText(catalogue, text);
  if ('module' in found) return found.module;
  const nearest = found.nearest.map((module) => `"${module.name}"`).join(' or ');
  const hint = nearest ? ` Did you mean ${nearest}?` : ' See the list of modules with /icb enable.';
  throw new IcbError('unknown-module', `There is no module "${text}".${hint}`);
}

/** As `moduleIn`, in the catalogue as it is now. */
export const knownModule = async (core: Core, text: string): Promise<Module> =>
  moduleIn(await readCatalogue(await core.store.snapshot()), text);

export const moduleName = (catalogue: Catalogue, id: string): string => catalogue.find(id)?.name ?? id;
