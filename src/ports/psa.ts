import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { ContractId, ContractServiceId, OrganizationId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { Organization } from '../domain/organization.ts';
import type { Finding } from './finding.ts';

/** One change of units on one contract service from one day on: a delta, as Autotask takes it. */
export interface UnitAdjustment {
  readonly contractId: ContractId;
  readonly contractServiceId: ContractServiceId;
  readonly effectiveDate: IsoDate;
  /** Signed, never 0. */
  readonly change: number;
}

/** Why a PSA does not take an adjustment. A closed list, each told in plain words. */
export const ADJUSTMENT_REFUSALS = [
  /** Another adjustment of the service counts from the same day. */
  'same-day',
  /** The day lies in a period that is approved and posted. */
  'period-posted',
  /** The day lies before the contract's start or after its end. */
  'outside-contract',
  'contract-inactive',
  /** Fewer than no units would be left. */
  'below-zero',
  'service-missing',
  'no-rights',
  'other',
] as const;
export type AdjustmentRefusal = (typeof ADJUSTMENT_REFUSALS)[number];

/** What became of one adjustment. */
export type AdjustmentOutcome =
  /** The PSA said yes. A remote one's units are read again before anybody relies on it. */
  | { readonly kind: 'accepted' }
  /** The PSA said no: nothing was changed, and the same again would be refused again. */
  | { readonly kind: 'refused'; readonly code: AdjustmentRefusal; readonly text: string }
  /** Sent, and no answer that tells whether it was taken: only reading the units again does. Never to be repeated blindly. */
  | { readonly kind: 'unclear'; readonly text: string }
  /** Never left, so it may go again: the PSA could not be reached, or its budget of calls is used up until `retryAt`. */
  | { readonly kind: 'not-sent'; readonly text: string; readonly retryAt?: Temporal.Instant };

export interface PsaCheck {
  readonly reachable: boolean;
  /** Billing on a sandbox is refused, as the original does. */
  readonly sandbox: boolean;
  /** A sentence for people on what stands in the way: no answer, a sandbox, a right that is lacking, a clock that is off. */
  readonly problem?: string;
}

export interface PsaCall {
  readonly signal: AbortSignal;
  /** Called at every HTTP request made, retries included. */
  readonly onRequest?: (() => void) | undefined;
}

/** The PSA whose contracts are billed. */
export interface Psa {
  readonly kind: 'local' | 'autotask';
  /**
   * @param how.thorough the rights of its user too, which take a call each: for whoever sets things up. A sync meets a right
   * that is lacking where it needs it
   */
  check(how?: { readonly thorough?: boolean }): Promise<PsaCheck>;
  /**
   * Puts adjustments in force, at most one per contract service and day. Those of the local PSA become visible with the
   * commit that records them: its units are icb's own unit ledgers, so there is nothing further to write.
   * @returns what became of each, in their order; throws nothing that is about one of them
   */
  adjustUnits(adjustments: readonly UnitAdjustment[], call?: PsaCall): Promise<readonly AdjustmentOutcome[]>;
  /** The items as posted (amounts rounded to cents), or an `IcbError` `not-postable` where only a person can post. */
  approveAndPost(items: readonly BillingItem[], by: Actor, at: IsoInstant): Promise<readonly BillingItem[]>;
  /** Left out where the books live in icb's own store. */
  readonly remote?: RemotePsa;
}

/** A record that was read and not taken over. */
export interface LeftOut {
  readonly kind: 'organization' | 'contract' | 'contract-service';
  readonly id: string;
  /** A clause for people: `its contract type is “Legacy”, which icb does not know`. */
  readonly because: string;
}

export type PsaContractService = Omit<ContractService, 'readOn' | 'pastPrices'>;

/** What a PSA holds, as icb's own words for it. */
export interface PsaBook {
  /** Every one, or those changed since the bookmark that was given. */
  readonly organizations: readonly Organization[];
  readonly allOrganizations: boolean;
  /** Every contract, and the services of the recurring ones, with the units in force on the day asked for. */
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly PsaContractService[];
  /** What the PSA holds and icb has no honest word for, so that nobody misses it in silence. */
  readonly leftOut?: readonly LeftOut[];
  /** To be given back at the next reading. */
  readonly bookmark: string;
}

/**
 * Units of a contract service over some days of one billing period. A PSA splits a period where units change, so that
 * rows of one service never overlap.
 */
export interface PsaUnits {
  readonly id: string;
  readonly contractServiceId: ContractServiceId;
  /** Both inclusive. */
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly units: number;
  /** Of one unit for a whole period, where the PSA says so. */
  readonly unitPrice?: Money;
  /** Left out while it is pending. */
  readonly postedOn?: IsoDate;
}

/** A billing item that was approved and posted in the PSA. */
export interface PsaPostedItem {
  readonly id: string;
  readonly contractServiceId: ContractServiceId;
  readonly kind: 'period' | 'adjustment';
  /** The period's first day, or the day an adjustment counts from. */
  readonly itemDate: IsoDate;
  /** Signed for an adjustment. */
  readonly units: number;
  readonly unitPrice: Money;
  /** Rounded to cents by the PSA. */
  readonly amount: Money;
  readonly cost?: Money;
  readonly postedAt: IsoInstant;
}

/**
 * The part of a PSA that lives elsewhere and is read over the network. Each method gives all it was asked for, or throws
 * an `IcbError` `psa-unavailable` or `psa-refused` whose sentence tells what to do.
 */
export interface RemotePsa {
  /** @param since an earlier book's `bookmark`: organizations not changed since may be left out */
  readBook(asked: { readonly today: IsoDate; readonly since?: string }, call: PsaCall): Promise<PsaBook>;
  /**
   * Unit rows that reach `from` or later: of these contract services, or of all of them.
   * @param asked.begunFrom rows that began earlier are left out
   * @param asked.through rows that begin later are left out: a PSA may hold rows of every period to a contract's end
   */
  readUnits(
    asked: {
      readonly from: IsoDate;
      readonly begunFrom?: IsoDate;
      readonly through?: IsoDate;
      readonly contractServiceIds?: readonly ContractServiceId[];
    },
    call: PsaCall,
  ): Promise<readonly PsaUnits[]>;
  /** Items posted at `since` or later, of contract services. */
  readPosted(asked: { readonly since: IsoInstant }, call: PsaCall): Promise<readonly PsaPostedItem[]>;
  /** Pages of the PSA for people, in a browser. */
  readonly pages: {
    organization(id: OrganizationId): Promise<string>;
    contract(id: ContractId): Promise<string>;
    approveAndPost(): Promise<string>;
  };
  /** What a look at the connection finds: zone, credentials, rights, budget, clock. Throws nothing the PSA does. */
  inspect(call: PsaCall): Promise<readonly Finding[]>;
  /** What people should know of the connection though nothing is wrong with it: the database has moved. */
  notice(): string | undefined;
  /** The hourly budget of calls as last known, and when icb goes on where it has stopped itself. */
  budget():
    | { readonly used: number; readonly limit: number; readonly stoppedUntil?: Temporal.Instant }
    | undefined;
}
