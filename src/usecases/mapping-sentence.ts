import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { RejectedPair } from '../domain/rejected-pair.ts';
import type { Names } from './names.ts';

/** What is so now, in words: `Daily Mail (Datto RMM) → Daily Mail Ltd`. */
export function mappingSentence(
  own: ModuleOrganization,
  after: OrganizationMapping | undefined,
  names: Names,
): string {
  const subject = subjectOf(own, names);
  if (!after) return `${subject} is no longer mapped`;
  if (after.status === 'ignored') return `${subject} is ignored: ${after.reason}`;
  return `${subject} → ${names.organization(after.organizationId)}`;
}

/** What a rejected suggestion means, or that it counts no more: `Attic (Datto RMM) is not Attic Fanatics`. */
export function rejectionSentence(
  own: ModuleOrganization,
  { organizationId }: Pick<RejectedPair, 'organizationId'>,
  isRejected: boolean,
  names: Names,
): string {
  const subject = subjectOf(own, names);
  const organization = names.organization(organizationId);
  return isRejected
    ? `${subject} is not ${organization}`
    : `${organization} may be suggested for ${subject} again`;
}

const subjectOf = ({ name, module }: ModuleOrganization, names: Names): string =>
  `${name} (${names.module(module)})`;
