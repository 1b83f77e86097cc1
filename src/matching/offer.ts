import type { OrganizationId } from '../domain/ids.ts';
import { calibrate, LEAST_BESIDE } from './calibrate.ts';
import type { Offer } from './classify.ts';
import { differenceReason } from './difference-reason.ts';
import type { OrganizationIndex, RankedOrganization } from './organization-index.ts';
import type { PreparedName } from './prepare-name.ts';
import { sameNameReason } from './same-name-reason.ts';

const ALSO_MAPPED = 0.99;

/** What the names say about one organization, in a confidence and in words. */
function offerOf(ranked: RankedOrganization, right: PreparedName): Offer {
  const { organizationId, isSameName, mappedIn, sameIn, veto } = ranked;
  const id = organizationId as OrganizationId;
  if (isSameName) {
    const same = mappedIn ? undefined : sameNameReason(right, ranked.name);
    const also =
      sameIn.length > 0
        ? `${same ? 'also ' : ''}mapped in ${sameIn.join(' and ')}${same ? '' : ' under this name'}`
        : undefined;
    const reason = [same?.reason, also].filter((text) => text !== undefined).join('; ');
    const confidence = also ? ALSO_MAPPED : (same?.confidence ?? 0);
    return { organizationId: id, confidence, reason, isFirm: true };
  }
  const because = differenceReason(ranked.name, right, ranked);
  const where = mappedIn ? `like “${ranked.name.name.trim()}”, mapped in ${mappedIn}: ` : '';
  return {
    organizationId: id,
    confidence: calibrate(ranked.chance),
    reason: `${where}${because}${veto ? ` (${veto})` : ''}`,
    isFirm: false,
  };
}

/** What the names say about the organizations of an index; those that are out of the question are left out. */
export function offersByName(
  index: OrganizationIndex,
  name: string,
  isOut?: (organizationId: string) => boolean,
): Offer[] {
  const right = index.prepare(name);
  return index
    .rank(right, isOut)
    .filter((ranked) => ranked.chance >= LEAST_BESIDE)
    .map((ranked) => offerOf(ranked, right));
}
