import type { IsoDate } from './calendar.ts';
import type {
  BillingTypeName,
  ContractId,
  ContractServiceId,
  ModuleId,
  ModuleOrganizationId,
  OrganizationId,
} from './ids.ts';
import type { Money } from './money.ts';

/** How far back the age of a leak is traced. */
export const LOOK_BACK_DAYS = 90;

/** Why usage that is counted bills nowhere. A closed list, in the order in which a person can act on it. */
export const LEAKAGE_REASONS = [
  'unmapped-organization',
  'unmapped-billing-type',
  'held',
  'blocked',
  'expired-contract',
  'contract-not-billable',
  'no-contract',
  'ignored-organization',
  'ignored-billing-type',
] as const;
export type LeakageReason = (typeof LEAKAGE_REASONS)[number];

/** Each reason as a heading. */
export const LEAKAGE_REASON_NAMES: Readonly<Record<LeakageReason, string>> = {
  'unmapped-organization': 'Organization not mapped',
  'unmapped-billing-type': 'Billing type not mapped',
  held: 'Held',
  blocked: 'Blocked',
  'expired-contract': 'Contract ended',
  'contract-not-billable': 'Contract cannot be billed',
  'no-contract': 'No contract',
  'ignored-organization': 'Organization ignored',
  'ignored-billing-type': 'Billing type ignored',
};

/** Usage of one billing type at one module organization that bills nowhere. */
export interface LeakageRow {
  /** The same for the same leak from day to day. */
  readonly id: string;
  readonly module: ModuleId;
  readonly moduleOrganizationId: ModuleOrganizationId;
  /** Absent while the module organization is not mapped. */
  readonly organizationId?: OrganizationId;
  /** The contract that the reason is about, or that could bill it. */
  readonly contractId?: ContractId;
  readonly contractServiceId?: ContractServiceId;
  readonly billingType: BillingTypeName;
  readonly units: number;
  readonly reason: { readonly code: LeakageReason; readonly text: string };
  /** The day of the count. */
  readonly countedOn: IsoDate;
  /** First day of the present uninterrupted run of reports in which it leaked; at most `LOOK_BACK_DAYS` back. */
  readonly since: IsoDate;
  /** Money of a whole month; absent where no price is known. */
  readonly amount?: Money;
  readonly currency?: string;
  /** The price on the organization's own contract, or the median of what others pay. */
  readonly priceFrom?: 'contract' | 'typical';
}
