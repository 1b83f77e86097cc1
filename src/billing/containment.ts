import type { BillingTypeName } from '../domain/ids.ts';
import type { Module } from '../domain/module.ts';

/** Which billing types of one module hold which: a device counted under one is counted again under those around it. */
export interface Containment {
  /** Directly contained. */
  inside(name: string): readonly BillingTypeName[];
  /** All that contain it, the nearest first. */
  around(name: string): readonly BillingTypeName[];
}

/** Of a module the catalogue does not know, nothing contains anything. */
export function containmentOf(module: Pick<Module, 'billingTypes'> | undefined): Containment {
  const types = module?.billingTypes ?? [];
  const children = new Map<string, readonly BillingTypeName[]>(
    types.map(({ name, contains }) => [name, contains]),
  );
  const parents = new Map<string, BillingTypeName[]>();
  for (const { name, contains } of types)
    for (const child of contains) parents.set(child, [...(parents.get(child) ?? []), name]);
  const around = new Map(types.map(({ name }) => [name as string, reach(name, parents)]));
  return {
    inside: (name) => children.get(name) ?? [],
    around: (name) => around.get(name) ?? [],
  };
}

/** Everything reachable from `start`, step by step; also where a table contains itself by mistake. */
function reach(start: string, next: ReadonlyMap<string, readonly BillingTypeName[]>): BillingTypeName[] {
  const found = new Set<BillingTypeName>();
  let step: readonly string[] = [start];
  while (step.length > 0) {
    step = step.flatMap((name) => (next.get(name) ?? []).filter((other) => !found.has(other)));
    for (const name of step) found.add(name as BillingTypeName);
  }
  found.delete(start as BillingTypeName);
  return [...found];
}

/**
 * Units by billing type so that every device is there once, at the finest grain it was counted at. A billing type whose
 * devices are all counted under finer ones is left out; what the finer ones do not account for stays with it, and all of
 * it where a usage feed sends no finer counts.
 */
export function countedOnce(
  counts: Readonly<Record<string, number>>,
  containment: Containment,
): Map<BillingTypeName, number> {
  const units = new Map<BillingTypeName, number>();
  for (const name of Object.keys(counts) as BillingTypeName[]) {
    const rest = restOf(name, counts, containment);
    if (rest > 0) units.set(name, rest);
  }
  return units;
}

/** What is counted under a billing type and under none of the finer ones in it. */
export function restOf(
  name: string,
  counts: Readonly<Record<string, number>>,
  { inside }: Containment,
): number {
  let rest = counts[name] ?? 0;
  for (const finer of nearestCounted(name, counts, inside)) rest -= counts[finer] ?? 0;
  return Math.max(0, rest);
}

function nearestCounted(
  name: string,
  counts: Readonly<Record<string, number>>,
  inside: Containment['inside'],
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const child of inside(name)) {
    if (found.has(child)) continue;
    if (Object.hasOwn(counts, child)) found.add(child);
    else nearestCounted(child, counts, inside, found);
  }
  return found;
}
