import type { IsoDate } from './calendar.ts';
import type { BillingTypeName, ContractId, ContractServiceId, ModuleId, OrganizationId } from './ids.ts';
import type { Money } from './money.ts';

export const PLAN_ACTIONS = ['create', 'change', 'none', 'held', 'blocked'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** Why a plan line is what it is. A closed list: nothing held, skipped or blocked is silent. */
export const PLAN_REASONS = [
  'first-count',
  'count-up',
  'count-down',
  'count-same',
  'count-returned',
  'held-zero',
  'held-jump',
  'held-first',
  'excluded',
  'count-unknown',
  'no-count-yet',
  'module-disabled',
  'no-module-organization',
  'mapping-ignored',
  'mapping-moved',
  'organization-not-mappable',
  'contract-inactive',
  'contract-not-started',
  'contract-ended',
  'contract-not-billable',
  'overlapping-contracts',
  'service-missing',
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** What a sync would do with one service mapping, with its reason. */
export interface PlanLine {
  readonly id: string;
  readonly action: PlanAction;
  readonly organizationId: OrganizationId;
  readonly contractId: ContractId;
  readonly contractServiceId: ContractServiceId;
  readonly module: ModuleId;
  readonly billingType: BillingTypeName;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly effectiveDate: IsoDate;
  /** Money of the change: prorated in the period it falls in, in full in those begun since; four decimals. */
  readonly amount: Money;
  /** Money of the change in each full period from then on. */
  readonly monthlyAmount: Money;
  readonly currency: string;
  /** Of a held line: the first day whose count waits for a person. */
  readonly heldSince?: IsoDate;
  readonly reason: { readonly code: PlanReason; readonly text: string };
}
