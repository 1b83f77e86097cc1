import type { Catalogue } from '../catalog/catalogue.ts';
import type { Contract } from '../domain/contract.ts';
import { IcbError, isIcbError } from '../domain/errors.ts';
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
  { contracts, catalogue }: Known,
): void {
  const refuse = conflictsAmong(all, { contracts, catalogue });
  for (const mapping of changed) refuse(mapping);
}

/** What `refuseConflicts` would refuse them with; undefined where nothing is in the way. */
export const conflictWith = (
  all: readonly ServiceMapping[],
  changed: readonly ServiceMapping[],
  known: Known,
): string | undefined => {
  const refuse = conflictsAmong(all, known);
  return changed.map((mapping) => refusalOf(refuse, mapping)).find((message) => message !== undefined);
};

function conflictsAmong(all: readonly ServiceMapping[], known: Known): (mapping: ServiceMapping) => void {
  const { contracts, catalogue } = known;
  const mapped = all.filter((mapping): mapping is MappedService => mapping.status === 'mapped');
  const usageKey = ({ module, billingType, contractId }: MappedService) =>
    JSON.stringify([module, billingType, contracts.get(contractId)?.organizationId]);
  const ofUsage = Map.groupBy(mapped, usageKey);
  const onService = Map.groupBy(mapped, (mapping) => mapping.contractServiceId);
  return (mapping) => {
    if (mapping.status !== 'mapped') return;
    refuseDouble(mapping, ofUsage.get(usageKey(mapping)) ?? [], known);
    refuseMixed(mapping, onService.get(mapping.contractServiceId) ?? [], catalogue);
  };
}

/**
 * Imported contracts that would bill mapped usage twice from now on: a sentence for each, with its row. What overlapped
 * before is no reason to refuse a file.
 */
export function overlapsOfImport(
  mappings: readonly ServiceMapping[],
  rows: readonly { readonly place: string; readonly record: Contract }[],
  { contracts: known, catalogue }: Known,
): string[] {
  const after = new Map([...known, ...rows.map(({ record }) => [record.id as string, record] as const)]);
  const refuseBefore = conflictsAmong(mappings, { contracts: known, catalogue });
  const refuseAfter = conflictsAmong(mappings, { contracts: after, catalogue });
  const of = Map.groupBy(mappings, (mapping) => mapping.contractId as string);
  return rows.flatMap(({ place, record }) => {
    if (record.status !== 'active') return [];
    const problem = (of.get(record.id) ?? [])
      .filter((mapping) => refusalOf(refuseBefore, mapping) === undefined)
      .map((mapping) => refusalOf(refuseAfter, mapping))
      .find((message) => message !== undefined);
    return problem ? [`${place}: ${problem}`] : [];
  });
}

function refusalOf(refuse: (mapping: ServiceMapping) => void, mapping: ServiceMapping): string | undefined {
  try {
    refuse(mapping);
    return undefined;
  } catch (error) {
    if (isIcbError(error)) return error.message;
    throw error;
  }
}

interface Known {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly catalogue: Catalogue;
}

const nameOf = (catalogue: Catalogue, { module, billingType }: ServiceMapping): string =>
  `${moduleName(catalogue, module)} "${catalogue.billingType(module, billingType)?.label ?? billingType}"`;

/** @param sameUsage mappings of the same billing type and organization, `mapping` included */
function refuseDouble(
  mapping: MappedService,
  sameUsage: readonly MappedService[],
  { contracts, catalogue }: Known,
): void {
  const contract = contracts.get(mapping.contractId);
  const rivals = sameUsage.filter((other) => {
    const theirs = contracts.get(other.contractId);
    return contract !== undefined && theirs?.status === 'active' && overlap(theirs, contract);
  });
  if (rivals.length < 2) return;
  const names = rivals.map((rival) => `"${contracts.get(rival.contractId)?.name}"`).join(' and ');
  if (rivals.some((rival) => rival.share === undefined))
    throw new IcbError(
      'double-mapping',
      `${nameOf(catalogue, mapping)} would be billed on ${names} at the same time. Ignore it on one of them, or give each a share (percent) that together make 100.`,
    );
  const sum = rivals.reduce((total, rival) => total + (rival.share ?? 0), 0);
  if (Math.abs(sum - 100) > 1e-9)
    throw new IcbError(
      'share-mismatch',
      `The shares of ${nameOf(catalogue, mapping)} on ${names} make ${sum} percent; they must make 100.`,
    );
}

const overlap = (a: Contract, b: Contract): boolean =>
  (a.endDate === null || a.endDate >= b.startDate) && (b.endDate === null || b.endDate >= a.startDate);

function refuseMixed(
  mapping: MappedService,
  onService: readonly MappedService[],
  catalogue: Catalogue,
): void {
  for (const other of onService) {
    if (other.id === mapping.id) continue;
    if (other.module !== mapping.module)
      throw new IcbError(
        'double-mapping',
        `${nameOf(catalogue, mapping)} and ${nameOf(catalogue, other)} cannot feed one contract service: its billing types must belong to one module.`,
      );
    if (other.unitRule !== mapping.unitRule || other.dropRule !== mapping.dropRule)
      throw new IcbError(
        'double-mapping',
        `${nameOf(catalogue, mapping)} and ${nameOf(catalogue, other)} feed one contract service, so they need the same unit rule.`,
      );
  }
}
