import type { OrganizationId } from '../domain/ids.ts';
import { calibrate } from './calibrate.ts';
import type { Offer } from './classify.ts';
import { differenceReason } from './difference-reason.ts';
import type { RankedOrganization } from './organization-index.ts';
import { prepareName } from './prepare-name.ts';
import { sameNameReason } from './same-name-reason.ts';

const ALSO_MAPPED = 0.99;

/** What the names say about one organization, in a confidence and in words. */
export function offerOf(ranked: RankedOrganization, name: string): Offer {
  const { organizationId, isSameName, mappedIn, sameIn, veto } = ranked;
  const id = organizationId as OrganizationId;
  const right = prepareName(name);
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
