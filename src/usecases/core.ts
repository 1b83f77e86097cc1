import type { ModuleId } from '../domain/ids.ts';
import type { OfficeSettings } from '../domain/office-settings.ts';
import type { Retention } from '../domain/retention.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Psa } from '../ports/psa.ts';
import type { TenantStore } from '../ports/store.ts';
import type { UsageSource } from '../ports/usage-source.ts';
import type { SyncQueue } from './sync-queue.ts';

/** Where things are told that no person needs to read now. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What every use case works on; put together once in compose. */
export interface Core {
  readonly store: TenantStore;
  readonly psa: Psa;
  /** Connected modules. A module without a source may still be fed by `importUsage`. */
  readonly sources: ReadonlyMap<ModuleId, UsageSource>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  /** A new random id: `run_…`. */
  readonly newId: (prefix: string) => string;
  readonly syncQueue: SyncQueue;
  /**
   * Waits so long, or until the signal. Left out, a module that failed at night is not tried again in the same run.
   */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  /** What a person asked for in Slack and this is done for: it stands in the audit of what is changed. */
  readonly task?: string;
  /** Where a person asked for it; see `AuditEntry`. */
  readonly place?: string;
  /** What is kept how long. Left out: `DEFAULT_RETENTION`. */
  readonly retention?: Retention;
  /** What settings change while icb runs. Left out, they are only kept. */
  readonly office?: Office;
}

export interface Office {
  /** As the environment says, until somebody sets them. */
  readonly defaults: { readonly syncCron: string; readonly channel: string };
  /** Error: `bad-input` or `config` for what is no cron expression. */
  readonly checkCron: (expression: string) => void;
  /** Where summaries go now: a channel's id. */
  readonly channel: () => string;
  /** Takes saved settings into use. */
  readonly changed: (settings: OfficeSettings) => void;
}
