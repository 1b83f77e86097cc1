import { hash } from 'node:crypto';
import { z } from 'zod';
import { remembered } from './remembered.ts';
import { sharedText } from './shared-text.ts';

/** Ids are opaque text from the system that owns the record; brands keep a ContractId out of a ServiceId's place. */
const id = () => z.string().trim().min(1).max(200);

export const OrganizationId = id().overwrite(sharedText).brand('OrganizationId');
export type OrganizationId = z.infer<typeof OrganizationId>;

export const ContractId = id().overwrite(sharedText).brand('ContractId');
export type ContractId = z.infer<typeof ContractId>;

export const ContractServiceId = id().overwrite(sharedText).brand('ContractServiceId');
export type ContractServiceId = z.infer<typeof ContractServiceId>;

/** The catalogue's slug of a module: `datto-rmm`. */
export const ModuleId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .overwrite(sharedText)
  .brand('ModuleId');
export type ModuleId = z.infer<typeof ModuleId>;

/** `<module>:<external id>`, unique over all modules. */
export const ModuleOrganizationId = id().brand('ModuleOrganizationId');
export type ModuleOrganizationId = z.infer<typeof ModuleOrganizationId>;

/** The billing type's name as the module's vendor writes it: `AllDevicesMetric`, `Desktop & Laptop`. */
export const BillingTypeName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .overwrite(sharedText)
  .brand('BillingTypeName');
export type BillingTypeName = z.infer<typeof BillingTypeName>;

export const BillingItemId = id().brand('BillingItemId');
export type BillingItemId = z.infer<typeof BillingItemId>;

export const SyncRunId = id().brand('SyncRunId');
export type SyncRunId = z.infer<typeof SyncRunId>;

export const moduleOrganizationId = (module: ModuleId, externalId: string): ModuleOrganizationId =>
  ModuleOrganizationId.parse(`${module}:${externalId}`);

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A short id that is the same for the same facts, so that a second run finds what the first one wrote.
 * 65 bits: two of a million ids collide with a chance below one in ten million.
 */
export const stableId = (prefix: string, ...facts: readonly string[]): string =>
  `${prefix}_${digestOf(facts, 13)}`;

/**
 * A stable id that begins alike for all that hangs on one contract. Records lie in files and in memory by their ids, and
 * what is read together then lies together: a plan, which goes contract by contract, takes half the time by it.
 */
export const idOnContract = (prefix: string, contractId: string, ...facts: readonly string[]): string =>
  `${prefix}_${beginningOf(contractId)}${digestOf([contractId, ...facts], 13)}`;

const beginningOf = remembered(100_000, (contractId) => digestOf([contractId], 5));

function digestOf(facts: readonly string[], length: number): string {
  const digest = hash('sha256', JSON.stringify(facts), 'buffer');
  let text = '';
  for (let i = 0; i < length; i++) text += CROCKFORD[(digest[i] ?? 0) & 31];
  return text;
}
