import type { Catalogue } from '../catalog/catalogue.ts';
import { overlaps } from '../catalog/overlaps.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';

/** Pairs of mapped billing types of one contract of which one contains the other, so that a device is billed twice. */
export function overlapWarnings(catalogue: Catalogue, mappings: readonly ServiceMapping[]): string[] {
  const mapped = mappings.filter((mapping) => mapping.status === 'mapped');
  return [...Map.groupBy(mapped, (mapping) => mapping.module)].flatMap(([id, own]) => {
    const module = catalogue.find(id);
    if (!module) return [];
    const label = (name: string) => catalogue.billingType(id, name)?.label ?? name;
    return overlaps(
      module,
      own.map((mapping) => mapping.billingType),
    ).map(
      ([outer, inner]) =>
        `${module.name}: "${label(outer)}" already contains "${label(inner)}", so those devices are billed twice.`,
    );
  });
}
