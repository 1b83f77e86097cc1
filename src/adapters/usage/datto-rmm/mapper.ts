import { OrganizationId } from '../../../domain/ids.ts';
import type { SourceDevice, SourceOrganization, UsageAnswer } from '../../../ports/usage-source.ts';
import { firstText } from '../counting/first-text.ts';
import { Tally } from '../counting/tally.ts';
import type { Device, Site } from './api-types.ts';
import { leafBillingType, sumsOf } from './billing-class.ts';

/**
 * Sites and devices as a usage answer: a site is a module organization; each billable device counts 1 under its leaf
 * billing type and under the sums above it, so that the leaves of a site add up to its AllDevicesMetric.
 *
 * Left out, as the vendor's own counts do: deleted devices, smartphones and tablets, devices of on-demand sites, and
 * those `notBillable` names. Suspended devices count: they are still managed. Unapproved devices cannot be told apart:
 * the API does not list them as such.
 */
export function toUsageAnswer(
  sites: readonly Site[],
  devices: readonly Device[],
  notBillable: (device: Device) => boolean,
): UsageAnswer {
  const organizations = new Map(sites.map((site) => [site.uid, organizationOf(site)]));
  const onDemand = new Set(sites.filter((site) => site.onDemand === true).map((site) => site.uid));
  const evidence: SourceDevice[] = [];
  const tally = new Tally();

  for (const device of devices) {
    const leaf = leafBillingType(device);
    if (leaf === undefined || device.deleted === true) continue;
    if (onDemand.has(device.siteUid) || notBillable(device)) continue;
    // A site made while the lists were read: its devices are usage all the same.
    if (!organizations.has(device.siteUid)) organizations.set(device.siteUid, organizationBehind(device));
    evidence.push({
      externalId: device.siteUid,
      id: device.uid,
      name: firstText(device.hostname, device.uid),
      billingType: leaf,
    });
    for (const billingType of [leaf, ...sumsOf(leaf)]) tally.add(device.siteUid, billingType);
  }

  return { organizations: [...organizations.values()], counts: tally.counts(), devices: evidence };
}

function organizationOf(site: Site): SourceOrganization {
  const named = { externalId: site.uid, name: firstText(site.name, site.uid) };
  const hint = OrganizationId.safeParse(String(site.autotaskCompanyId ?? ''));
  return hint.success ? { ...named, hints: { organizationId: hint.data } } : named;
}

const organizationBehind = (device: Device): SourceOrganization => ({
  externalId: device.siteUid,
  name: firstText(device.siteName, device.siteUid),
});
