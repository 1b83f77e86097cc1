import { billingTypeOf } from '../catalog/modules.ts';
import { overlaps } from '../catalog/overlaps.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { moduleName } from './known-module.ts';

/** Pairs of mapped billing types of one contract of which one contains the other, so that a device is billed twice. */
export function overlapWarnings(mappings: readonly ServiceMapping[]): string[] {
  const mapped = mappings.filter((mapping) => mapping.status === 'mapped');
  return [...Map.groupBy(mapped, (mapping) => mapping.module)].flatMap(([module, own]) => {
    const label = (name: string) => billingTypeOf(module, name)?.label ?? name;
    return overlaps(
      module,
      own.map((mapping) => mapping.billingType),
    ).map(
      ([outer, inner]) =>
        `${moduleName(module)}: "${label(outer)}" already contains "${label(inner)}", so those devices are billed twice.`,
    );
  });
}
