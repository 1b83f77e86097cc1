import { type Contract, notBillableBecause } from '../domain/contract.ts';
import { OWN_ORGANIZATION, unmappableBecause } from '../domain/organization.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { mappedKey, type PlanIndex } from './plan-input.ts';

type Reason = PlanLine['reason'];

/** Why a service mapping's units wait for a person, or undefined when its counts may be applied. */
export function blockedBecause(
  index: PlanIndex,
  mapping: ServiceMapping,
  contract: Contract,
): Reason | undefined {
  const organization = index.organizations.get(contract.organizationId);
  const unmappable = organization ? unmappableBecause(organization) : 'it is no longer in the PSA';
  if (mapping.status === 'ignored')
    return { code: 'mapping-ignored', text: 'The billing type is ignored; units in force stay as they are.' };
  if (!index.services.has(mapping.contractServiceId))
    return {
      code: 'service-missing',
      text: 'The contract service is no longer in the PSA; choose another service.',
    };
  if (unmappable)
    return { code: 'organization-not-mappable', text: `The organization cannot be billed: ${unmappable}.` };
  const contractReason = contractBlocked(index, contract);
  // Counts of a contract's last days are still applied after its end, so whatever else blocks them comes first.
  if (contractReason && contractReason.code !== 'contract-ended') return contractReason;
  if (!index.moduleStates.get(mapping.module)?.enabled)
    return { code: 'module-disabled', text: 'The module is disabled; units in force stay as they are.' };
  if (!index.mappedTo.get(mappedKey(mapping.module, contract.organizationId))?.length)
    return {
      code: 'no-module-organization',
      text: 'No module organization is mapped to the organization; units in force stay as they are.',
    };
  return contractReason;
}

function contractBlocked({ today, servicesOn }: PlanIndex, contract: Contract): Reason | undefined {
  if (contract.status !== 'active') return { code: 'contract-inactive', text: 'The contract is inactive.' };
  const because = notBillableBecause(contract, servicesOn.get(contract.id) ?? 0);
  if (because) return { code: 'contract-not-billable', text: `The contract cannot be billed: ${because}.` };
  if (today < contract.startDate)
    return { code: 'contract-not-started', text: `The contract starts on ${contract.startDate}.` };
  if (contract.endDate !== null && today > contract.endDate)
    return { code: 'contract-ended', text: `The contract ended on ${contract.endDate}.` };
  return undefined;
}

/** Why a line keeps its units although nothing blocks it, or undefined when counts are there to apply. */
export function uncountedBecause(index: PlanIndex, mapping: ServiceMapping): Reason | undefined {
  const last = index.moduleStates.get(mapping.module)?.lastSync;
  if (last?.state === 'failed')
    return {
      code: 'count-unknown',
      text: `The module could not be counted, so nothing changes: ${last.problem ?? 'the last sync failed'}`,
    };
  if (!index.reports.get(mapping.module)?.length)
    return { code: 'no-count-yet', text: 'The module has not been counted yet; run a sync.' };
  return undefined;
}

/** True for contracts whose items icb makes at all: the MSP's own organization is never billed. */
export const isBilledByIcb = (contract: Contract, serviceCount: number): boolean =>
  contract.organizationId !== OWN_ORGANIZATION &&
  contract.type === 'recurring-service' &&
  contract.periodType === 'monthly' &&
  serviceCount > 0;
