import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { ContractServiceId } from '../domain/ids.ts';

/** One change of units on one contract service from one day on: a delta, as Autotask takes it. */
export interface UnitAdjustment {
  readonly contractServiceId: ContractServiceId;
  readonly effectiveDate: IsoDate;
  /** Signed, never 0. */
  readonly change: number;
}

export interface PsaCheck {
  readonly reachable: boolean;
  /** Billing on a sandbox is refused, as the original does. */
  readonly sandbox: boolean;
  /** A sentence for people when not reachable or a sandbox. */
  readonly problem?: string;
}

/** The PSA whose contracts are billed. */
export interface Psa {
  readonly kind: 'local' | 'autotask';
  check(): Promise<PsaCheck>;
  /**
   * Puts the adjustments in force. They become visible with the commit that records them; the local PSA's units are
   * icb's own unit ledgers, so there it has nothing further to write.
   * @returns how many were written
   */
  adjustUnits(adjustments: readonly UnitAdjustment[]): Promise<number>;
  /** The items as posted (amounts rounded to cents), or an `IcbError` `not-postable` where only a person can post. */
  approveAndPost(items: readonly BillingItem[], by: Actor, at: IsoInstant): Promise<readonly BillingItem[]>;
}
