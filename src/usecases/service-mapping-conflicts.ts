import { billingTypeOf } from '../catalog/modules.ts';
import type { Contract } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { moduleName } from './known-module.ts';

/**
 * Refuses mappings that would bill the same usage twice: one billing type of an organization on two contracts that run
 * at the same time, unless each states its share and the shares sum to 100; and billing types on one service that come
 * from two modules or follow two unit rules. Only what `changed` touches is judged. Source: product.md "Rules of billing".
 */
export function refuseConflicts(
  all: readonly ServiceMapping[],
  changed: readonly ServiceMapping[],
  contracts: ReadonlyMap<string, Contract>,
): void {
  const mapped = all.filter((mapping): mapping is MappedService => mapping.status === 'mapped');
  for (const mapping of changed) {
    if (mapping.status !== 'mapped') continue;
    refuseDouble(mapping, mapped, contracts);
    refuseMixed(mapping, mapped);
  }
}

const nameOf = ({ module, billingType }: ServiceMapping): string =>
  `${moduleName(module)} "${billingTypeOf(module, billingType)?.label ?? billingType}"`;

function refuseDouble(
  mapping: MappedService,
  mapped: readonly MappedService[],
  contracts: ReadonlyMap<string, Contract>,
): void {
  const contract = contracts.get(mapping.contractId);
  const rivals = mapped.filter((other) => {
    const theirs = contracts.get(other.contractId);
    return (
      other.module === mapping.module &&
      other.billingType === mapping.billingType &&
      theirs?.organizationId === contract?.organizationId &&
      theirs?.status === 'active' &&
      contract !== undefined &&
      overlap(theirs, contract)
    );
  });
  if (rivals.length < 2) return;
  const names = rivals.map((rival) => `"${contracts.get(rival.contractId)?.name}"`).join(' and ');
  if (rivals.some((rival) => rival.share === undefined))
    throw new IcbError(
      'double-mapping',
      `${nameOf(mapping)} would be billed on ${names} at the same time. Ignore it on one of them, or give each a share (percent) that together make 100.`,
    );
  const sum = rivals.reduce((total, rival) => total + (rival.share ?? 0), 0);
  if (Math.abs(sum - 100) > 1e-9)
    throw new IcbError(
      'share-mismatch',
      `The shares of ${nameOf(mapping)} on ${names} make ${sum} percent; they must make 100.`,
    );
}

const overlap = (a: Contract, b: Contract): boolean =>
  (a.endDate === null || a.endDate >= b.startDate) && (b.endDate === null || b.endDate >= a.startDate);

function refuseMixed(mapping: MappedService, mapped: readonly MappedService[]): void {
  for (const other of mapped) {
    if (other.contractServiceId !== mapping.contractServiceId || other.id === mapping.id) continue;
    if (other.module !== mapping.module)
      throw new IcbError(
        'double-mapping',
        `${nameOf(mapping)} and ${nameOf(other)} cannot feed one contract service: its billing types must belong to one module.`,
      );
    if (other.unitRule !== mapping.unitRule || other.dropRule !== mapping.dropRule)
      throw new IcbError(
        'double-mapping',
        `${nameOf(mapping)} and ${nameOf(other)} feed one contract service, so they need the same unit rule.`,
      );
  }
}
