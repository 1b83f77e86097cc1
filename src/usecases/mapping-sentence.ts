import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { Names } from './names.ts';

/** What is so now, in words: `Daily Mail (Datto RMM) → Daily Mail Ltd`. */
export function mappingSentence(
  own: ModuleOrganization,
  after: OrganizationMapping | undefined,
  names: Names,
): string {
  const subject = `${own.name} (${names.module(own.module)})`;
  if (!after) return `${subject} is no longer mapped`;
  if (after.status === 'ignored') return `${subject} is ignored: ${after.reason}`;
  return `${subject} → ${names.organization(after.organizationId)}`;
}
