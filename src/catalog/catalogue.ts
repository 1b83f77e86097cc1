import type { BillingType, Module } from '../domain/module.ts';
import { BUILT_IN_MODULES } from './modules.ts';

/** The modules icb knows: those it comes with, and those people added. */
export interface Catalogue {
  /** By name. */
  readonly modules: readonly Module[];
  /** The module with exactly this id, such as `datto-rmm`. */
  find(id: string): Module | undefined;
  /** The billing type of exactly that name, or undefined when module or name is unknown. */
  billingType(moduleId: string, name: string): BillingType | undefined;
}

export const BUILT_IN: Catalogue = catalogueOfAll(BUILT_IN_MODULES);

/** Built-in modules with those that people added; a built-in one is never replaced. */
export function catalogueOf(added: readonly Module[]): Catalogue {
  const own = added.filter(({ id }) => BUILT_IN.find(id) === undefined);
  return own.length === 0 ? BUILT_IN : catalogueOfAll([...BUILT_IN_MODULES, ...own]);
}

function catalogueOfAll(modules: readonly Module[]): Catalogue {
  const byId = new Map<string, Module>(modules.map((module) => [module.id, module]));
  const find = (id: string) => byId.get(id);
  return {
    modules: modules.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    find,
    billingType: (moduleId, name) => find(moduleId)?.billingTypes.find((type) => type.name === name),
  };
}
