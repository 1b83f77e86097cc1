import type { Module } from '../domain/module.ts';

/**
 * Which of these billing types of one module would bill a device twice, as pairs [containing, contained] in the order
 * of `names`. Unknown names overlap with nothing.
 */
export function overlaps(module: Module, names: readonly string[]): (readonly [string, string])[] {
  return names.flatMap((outer) => {
    const inside = containedIn(module, outer);
    return names.filter((inner) => inside.has(inner)).map((inner) => [outer, inner] as const);
  });
}

interface Types {
  readonly billingTypes: readonly { readonly name: string; readonly contains: readonly string[] }[];
}

/** Names of all billing types inside this one, at any depth: All devices holds Desktop through Desktop & Laptop. */
export function containedIn(module: Types, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...directlyIn(module, name)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...directlyIn(module, next));
  }
  return found;
}

const directlyIn = (module: Types, name: string): readonly string[] =>
  module.billingTypes.find((type) => type.name === name)?.contains ?? [];
