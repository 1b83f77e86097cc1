import { z } from 'zod';
import { OrganizationId } from './ids.ts';

export const OrganizationType = z.enum([
  'customer',
  'lead',
  'prospect',
  'dead',
  'cancellation',
  'vendor',
  'partner',
]);

/** A customer in the PSA. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string().trim().min(1),
  type: OrganizationType,
  active: z.boolean(),
  parentId: OrganizationId.optional(),
});
export type Organization = z.infer<typeof Organization>;

/** The MSP's own organization: items on it never reach approve and post (facts/icb.md §2). */
export const OWN_ORGANIZATION = OrganizationId.parse('0');

const UNMAPPABLE_TYPES: ReadonlySet<Organization['type']> = new Set(['dead', 'cancellation']);

/** Why this organization cannot receive usage, in words for people; undefined when it can. */
export function unmappableBecause(organization: Organization): string | undefined {
  if (organization.id === OWN_ORGANIZATION) return 'it is your own organization, which is never billed';
  if (UNMAPPABLE_TYPES.has(organization.type)) return `its type is ${organization.type}`;
  if (!organization.active) return 'it is inactive';
  return undefined;
}
