import type { DeviceCategory, SimAccount, SimDevice } from './account.ts';
import { makeDevice } from './device-maker.ts';

export interface DemoSite {
  readonly uid: string;
  readonly name: string;
  readonly autotaskCompanyId?: string;
  readonly onDemand?: boolean;
  /** How many devices of each category. */
  readonly counts: Readonly<Partial<Record<DeviceCategory, number>>>;
}

/** Sites given by their counts, expanded to believable devices that are the same for the same seed. */
export function demoAccount(sites: readonly DemoSite[], seed: number, name = 'Northwind MSP'): SimAccount {
  return {
    name,
    sites: sites.map(({ counts, autotaskCompanyId, ...site }) => ({
      ...site,
      ...(autotaskCompanyId === undefined ? {} : { autotaskCompanyId, autotaskCompanyName: site.name }),
      devices: devicesOf(site.name, counts, seed),
    })),
  };
}

function devicesOf(siteName: string, counts: DemoSite['counts'], seed: number): SimDevice[] {
  const wanted = Object.entries(counts) as [DeviceCategory, number][];
  return wanted.flatMap(([category, count]) =>
    Array.from({ length: count }, (_, i) => makeDevice(siteName, category, i + 1, seed)),
  );
}
