import type { Module } from '../domain/module.ts';
import { findModule } from './modules.ts';

/**
 * Which of these billing types of one module would bill a device twice, as pairs [containing, contained] in the order
 * of `names`. Unknown modules and names overlap with nothing.
 */
export function overlaps(moduleId: string, names: readonly string[]): (readonly [string, string])[] {
  const module = findModule(moduleId);
  if (!module) return [];
  return names.flatMap((outer) => {
    const inside = containedIn(module, outer);
    return names.filter((inner) => inside.has(inner)).map((inner) => [outer, inner] as const);
  });
}

/** Names of all billing types inside this one, at any depth: All devices holds Desktop through Desktop & Laptop. */
export function containedIn(module: Module, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...directlyIn(module, name)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...directlyIn(module, next));
  }
  return found;
}

const directlyIn = (module: Module, name: string): readonly string[] =>
  module.billingTypes.find((type) => type.name === name)?.contains ?? [];
