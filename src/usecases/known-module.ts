import { findModuleByText } from '../catalog/find-module-by-text.ts';
import { findModule } from '../catalog/modules.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module } from '../domain/module.ts';

/** The catalogue's module that `text` names by id or name, or `unknown-module` with the nearest ones. */
export function knownModule(text: string): Module {
  const found = findModuleByText(text);
  if ('module' in found) return found.module;
  const nearest = found.nearest.map((module) => `"${module.name}"`).join(' or ');
  const hint = nearest ? ` Did you mean ${nearest}?` : ' See the list of modules with /icb enable.';
  throw new IcbError('unknown-module', `There is no module "${text}".${hint}`);
}

export const moduleName = (id: string): string => findModule(id)?.name ?? id;
