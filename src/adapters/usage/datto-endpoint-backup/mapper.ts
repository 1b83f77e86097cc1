import type { SourceDevice, SourceOrganization, UsageAnswer } from '../../../ports/usage-source.ts';
import { firstText } from '../counting/first-text.ts';
import { Tally } from '../counting/tally.ts';
import { clientOrganization } from '../datto-api/client-organization.ts';
import type { CloudAsset } from './api-types.ts';
import { type AssetKind, assetKind } from './asset-kind.ts';

export interface Product {
  readonly kind: AssetKind;
  /** The one billing type the API tells. It tells no storage by client, so Cloud Storage (GB) stays unknown. */
  readonly billingType: string;
}

/**
 * The assets of one product as a usage answer, by the vendor's organization. An asset of a type icb does not know might
 * be of this product or not, so its organization's count is unknown rather than too small, and says which asset it is.
 */
export function toUsageAnswer(assets: readonly CloudAsset[], { kind, billingType }: Product): UsageAnswer {
  const organizations = new Map<string, SourceOrganization>();
  const devices: SourceDevice[] = [];
  const strangers = new Map<string, CloudAsset[]>();

  for (const asset of assets) {
    const known = assetKind(asset.type);
    if (known !== undefined && known !== kind) continue;
    const organization = organizationOf(asset);
    const { externalId } = organization;
    if (!organizations.has(externalId)) organizations.set(externalId, organization);
    if (known === undefined) strangers.set(externalId, [...(strangers.get(externalId) ?? []), asset]);
    else devices.push({ externalId, id: asset.assetUuid, name: nameOf(asset), billingType });
  }

  const counted = devices.filter(({ externalId }) => !strangers.has(externalId));
  const tally = new Tally();
  for (const { externalId } of counted) tally.add(externalId, billingType);
  return {
    organizations: [...organizations.values()],
    counts: tally.counts(),
    devices: counted,
    billingTypes: [billingType],
    unknown: [...strangers.keys()].map((externalId) => ({ externalId, billingType })),
    untold: [...strangers].map(([externalId, own]) => ({ externalId, because: strangeness(own) })),
  };
}

const nameOf = (asset: CloudAsset): string => firstText(asset.name, asset.hostname, asset.assetUuid);

function organizationOf({ organizationId, organizationName }: CloudAsset): SourceOrganization {
  if (organizationId === null) return clientOrganization(organizationName);
  const externalId = String(organizationId);
  return { externalId, name: firstText(organizationName, externalId) };
}

function strangeness(assets: readonly CloudAsset[]): string {
  const [first] = assets;
  const others = assets.length > 1 ? ` and ${assets.length - 1} more` : '';
  const which = first ? `${nameOf(first)} is of type "${first.type ?? ''}"` : '';
  return `${which}${others}, which icb knows as neither PC, server nor Azure virtual machine, so the count is not known.`;
}
