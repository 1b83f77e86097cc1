import type { ModuleId, OrganizationId } from '../domain/ids.ts';
import type { Finding } from './finding.ts';

/** A module organization as its module names it. */
export interface SourceOrganization {
  readonly externalId: string;
  readonly name: string;
  readonly parentExternalId?: string;
  readonly hints?: { readonly organizationId?: OrganizationId };
}

/** One usage count; true/false billing types count 1 or 0. Zero counts may be left out. */
export interface SourceCount {
  readonly externalId: string;
  readonly billingType: string;
  readonly quantity: number;
}

/** A device behind the counts, with the one billing type of the finest grain it falls under. */
export interface SourceDevice {
  readonly externalId: string;
  readonly id: string;
  readonly name: string;
  readonly billingType: string;
}

/** A complete answer of a module: what is absent from it is zero, save what the last three say otherwise. */
export interface UsageAnswer {
  readonly organizations: readonly SourceOrganization[];
  readonly counts: readonly SourceCount[];
  readonly devices: readonly SourceDevice[];
  /** The billing types it answers for, every one when left out. Any other is unknown, not zero. */
  readonly billingTypes?: readonly string[];
  /** Counts it could not tell this time, though it answers for their billing types. Unknown, not zero. */
  readonly unknown?: readonly { readonly externalId: string; readonly billingType: string }[];
  /** Module organizations it told no devices of this time, with a sentence that says what was counted instead. */
  readonly untold?: readonly { readonly externalId: string; readonly because: string }[];
}

/**
 * Counts one module. `count` gives a complete answer or throws an `IcbError` (`source-unavailable`, `source-refused`,
 * `source-malformed`) whose sentence tells a billing administrator what to do: a failed answer is unknown, never zero.
 */
export interface UsageSource {
  readonly module: ModuleId;
  count(options: {
    readonly signal: AbortSignal;
    /** Called at every HTTP request made, retries included. */
    readonly onRequest?: () => void;
    readonly onProgress?: (done: number, total: number) => void;
  }): Promise<UsageAnswer>;
  /** What a look at the connection finds, with as few requests as tell: credentials, rights, limits, clock. */
  inspect?(options: { readonly signal: AbortSignal }): Promise<readonly Finding[]>;
}
