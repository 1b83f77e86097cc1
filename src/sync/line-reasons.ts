import { type Contract, notBillableBecause } from '../domain/contract.ts';
import { OWN_ORGANIZATION, unmappableBecause } from '../domain/organization.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { type CountsByType, countsOfOne } from '../domain/usage-count.ts';
import type { OrdinaryNight } from './ordinary-night.ts';
import { type ModuleReports, ofModule, type PlanIndex } from './plan-input.ts';
import type { PlanWork } from './plan-work.ts';

type Reason = PlanLine['reason'];

/** What the lines of one contract and module have in common. */
export interface ModuleOnContract {
  readonly id: ServiceMapping['module'];
  /** Why their units wait for a person; undefined when counts may be applied. */
  readonly blocked: Reason | undefined;
  /** Why they keep their units although nothing blocks them; undefined when counts are there to apply. */
  readonly uncounted: Reason | undefined;
  /** The module's reports; undefined when it was never counted. */
  readonly reports: ModuleReports | undefined;
  /** The module organizations whose counts are theirs. */
  readonly externalIds: readonly string[];
  /** Where an ordinary night may be all there is to say: that night, and its counts of each module organization. */
  readonly ordinary: { readonly night: OrdinaryNight; readonly ofEach: readonly CountsByType[] } | undefined;
}

export function moduleOnContract(work: PlanWork, module: ServiceMapping['module']): ModuleOnContract {
  const { index, contract } = work;
  const externalIds = index.mappedTo.get(ofModule(module, contract.organizationId)) ?? [];
  const blocked = moduleBlocked(work, module, externalIds);
  const uncounted = uncountedBecause(index, module);
  const night = blocked || uncounted ? undefined : index.nights.get(module);
  const ofEach = night && externalIds.map((externalId) => countsOfOne(night.report, externalId));
  return {
    id: module,
    blocked,
    uncounted,
    reports: index.reports.get(module),
    externalIds,
    ordinary: night && ofEach && { night, ofEach },
  };
}

/** Why a service mapping's units wait for a person, or undefined when its counts may be applied. */
export function blockedBecause(work: PlanWork, mapping: ServiceMapping): Reason | undefined {
  if (mapping.status === 'ignored')
    return { code: 'mapping-ignored', text: 'The billing type is ignored; units in force stay as they are.' };
  if (!work.service(mapping.contractServiceId))
    return {
      code: 'service-missing',
      text: 'The contract service is no longer in the PSA; choose another service.',
    };
  return work.module(mapping.module).blocked ?? billedTwice(work, mapping);
}

/**
 * Mapping the same usage on two contracts that run at once is refused; but a PSA may change contracts' dates afterwards.
 * Nobody has said then whose the units are. Source: product.md "Rules of billing".
 */
function billedTwice({ index, contract }: PlanWork, mapping: MappedService): Reason | undefined {
  const others = index.runningBeside.get(contract.id) ?? [];
  const other = others.find(({ id }) =>
    index.onContracts
      .get(id)
      ?.serviceMappings.some(
        (each) =>
          each.status === 'mapped' &&
          each.module === mapping.module &&
          each.billingType === mapping.billingType &&
          (each.share === undefined || mapping.share === undefined),
      ),
  );
  if (!other) return undefined;
  return {
    code: 'overlapping-contracts',
    text: `The same usage is mapped on “${other.name}” as well, which runs at the same time: ignore it on one of the two, or give each a share. Units in force stay as they are.`,
  };
}

function moduleBlocked(work: PlanWork, module: string, externalIds: readonly string[]): Reason | undefined {
  const { index, contract } = work;
  const organization = index.organizations.get(contract.organizationId);
  const unmappable = organization ? unmappableBecause(organization) : 'it is no longer in the PSA';
  if (unmappable)
    return { code: 'organization-not-mappable', text: `The organization cannot be billed: ${unmappable}.` };
  const contractReason = contractBlocked(work);
  // Counts of a contract's last days are still applied after its end, so whatever else blocks them comes first.
  if (contractReason && contractReason.code !== 'contract-ended') return contractReason;
  if (!index.moduleStates.get(module)?.enabled)
    return { code: 'module-disabled', text: 'The module is disabled; units in force stay as they are.' };
  if (externalIds.length === 0)
    return {
      code: 'no-module-organization',
      text: 'No module organization is mapped to the organization; units in force stay as they are.',
    };
  return contractReason;
}

function contractBlocked({ index: { today }, contract, serviceCount }: PlanWork): Reason | undefined {
  if (contract.status !== 'active')
    return { code: 'contract-inactive', text: 'The contract is inactive; units in force stay as they are.' };
  const because = notBillableBecause(contract, serviceCount);
  if (because) return { code: 'contract-not-billable', text: `The contract cannot be billed: ${because}.` };
  if (today < contract.startDate)
    return { code: 'contract-not-started', text: `The contract starts on ${contract.startDate}.` };
  if (contract.endDate !== null && today > contract.endDate)
    return { code: 'contract-ended', text: `The contract ended on ${contract.endDate}.` };
  return undefined;
}

function uncountedBecause(index: PlanIndex, module: string): Reason | undefined {
  const last = index.moduleStates.get(module)?.lastSync;
  if (last?.state === 'failed')
    return {
      code: 'count-unknown',
      text: `The module could not be counted, so nothing changes: ${last.problem ?? 'the last sync failed'}`,
    };
  if (!index.reports.has(module))
    return { code: 'no-count-yet', text: 'The module has not been counted yet; run a sync.' };
  return undefined;
}

/** True for contracts whose items icb makes at all: the MSP's own organization is never billed. */
export const isBilledByIcb = (contract: Contract, serviceCount: number): boolean =>
  contract.organizationId !== OWN_ORGANIZATION &&
  contract.type === 'recurring-service' &&
  contract.periodType === 'monthly' &&
  serviceCount > 0;
