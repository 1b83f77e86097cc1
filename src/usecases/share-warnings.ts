import type { Catalogue } from '../catalog/catalogue.ts';
import type { Contract } from '../domain/contract.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { moduleName } from './known-module.ts';

/**
 * What becomes of the other shares where one of several contracts no longer bills a shared billing type: nobody is given
 * what falls to nobody. A sentence for each billing type that `changed` touches.
 */
export function shareWarnings(
  all: readonly ServiceMapping[],
  changed: readonly ServiceMapping[],
  {
    contracts,
    catalogue,
  }: { readonly contracts: ReadonlyMap<string, Contract>; readonly catalogue: Catalogue },
): string[] {
  const usageKey = ({ module, billingType, contractId }: ServiceMapping) =>
    JSON.stringify([module, billingType, contracts.get(contractId)?.organizationId]);
  const sharing = Map.groupBy(
    all.filter((each): each is MappedService => each.status === 'mapped' && each.share !== undefined),
    usageKey,
  );
  return [...new Map(changed.map((mapping) => [usageKey(mapping), mapping]))].flatMap(([key, mapping]) => {
    const own = sharing.get(key) ?? [];
    const sum = own.reduce((total, { share = 0 }) => total + Math.round(share * 100), 0) / 100;
    if (own.length === 0 || sum >= 100) return [];
    const type = catalogue.billingType(mapping.module, mapping.billingType)?.label ?? mapping.billingType;
    const names = own.map(({ contractId }) => `"${contracts.get(contractId)?.name}"`).join(' and ');
    return [
      `${moduleName(catalogue, mapping.module)} "${type}": the shares of ${names} make ${sum} percent, so ` +
        `${Math.round((100 - sum) * 100) / 100} percent of the count bills nowhere. Set shares that make 100.`,
    ];
  });
}
