import { IcbError } from '../domain/errors.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { Organization } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import { type RejectedPair, rejectedPairId } from '../domain/rejected-pair.ts';

type Rejected = ReadonlyMap<string, RejectedPair>;

/**
 * The pairs to write where a person says which organizations a module organization is not; known ones are left out.
 * Error: `conflict` when it is mapped to one of them.
 * @param after what it is mapped to now
 */
export function newlyRejected(
  own: ModuleOrganization,
  organizations: readonly Organization[],
  after: OrganizationMapping | undefined,
  rejected: Rejected,
  who: Pick<RejectedPair, 'by' | 'at'>,
): RejectedPair[] {
  return [...new Set(organizations)].flatMap(({ id: organizationId, name }) => {
    if (after?.status === 'mapped' && after.organizationId === organizationId)
      throw new IcbError(
        'conflict',
        `${own.name} is mapped to ${name}, by ${after.by.name}, and cannot be said not to be ${name} as well. Nothing was saved; unmap it first.`,
      );
    const pair = { moduleOrganizationId: own.id, organizationId };
    const id = rejectedPairId(pair);
    return rejected.has(id) ? [] : [{ id, ...pair, ...who }];
  });
}

/** The rejected pair that ends because a person picks that very organization by hand. */
export function acceptedAfterAll(after: OrganizationMapping | undefined, rejected: Rejected): RejectedPair[] {
  if (after?.status !== 'mapped') return [];
  const { id: moduleOrganizationId, organizationId } = after;
  const pair = rejected.get(rejectedPairId({ moduleOrganizationId, organizationId }));
  return pair ? [pair] : [];
}
