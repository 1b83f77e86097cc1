import { containedIn } from '../catalog/overlaps.ts';
import { addDays, type IsoDate } from '../domain/calendar.ts';
import { usageReportId } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Feed } from './explained-line.ts';
import type { DeviceChange, DeviceNames } from './explanation.ts';
import { readCatalogue } from './read-catalogue.ts';

/** Names by device id. */
export type Devices = ReadonlyMap<string, string>;

const MOST_NAMES = 200;
const MOST_DAYS_BACK = 31;

/** The devices counted for the line on a day; undefined where the module did not tell. */
export async function devicesOn(
  snapshot: Snapshot,
  { module, billingType, mapped }: Feed,
  date: IsoDate,
): Promise<Devices | undefined> {
  const evidence = await snapshot.get('usageEvidence', usageReportId(module, date), date);
  const known = (await readCatalogue(snapshot)).find(module);
  if (!evidence || !known) return undefined;
  if (mapped.some(({ own }) => evidence.untold?.[own.externalId] !== undefined)) return undefined;
  const inside = containedIn(known, billingType);
  const devices = mapped
    .flatMap(({ own }) => evidence.devices[own.externalId] ?? [])
    .filter((device) => device.billingType === billingType || inside.has(device.billingType));
  return new Map(devices.map(({ id, name }) => [id, name]));
}

/** Why no devices are told of a day, a sentence for each module organization concerned. */
export async function untoldOn(
  snapshot: Snapshot,
  { module, mapped }: Feed,
  date: IsoDate,
): Promise<string[]> {
  const evidence = await snapshot.get('usageEvidence', usageReportId(module, date), date);
  return mapped.flatMap(({ own }) => evidence?.untold?.[own.externalId] ?? []);
}

/** The same of the newest day before, looked for a month back. */
export async function devicesBefore(
  snapshot: Snapshot,
  feed: Feed,
  date: IsoDate,
): Promise<{ readonly date: IsoDate; readonly devices: Devices } | undefined> {
  for (let back = 1; back <= MOST_DAYS_BACK; back++) {
    const day = addDays(date, -back);
    const devices = await devicesOn(snapshot, feed, day);
    if (devices) return { date: day, devices };
  }
  return undefined;
}

/** Who came and who went: told apart by the module's own ids, so that a new name is no new device. */
export function deviceChange(
  before: { readonly date: IsoDate; readonly devices: Devices },
  after: { readonly date: IsoDate; readonly devices: Devices },
): DeviceChange {
  const only = (some: Devices, others: Devices) =>
    deviceNames(new Map([...some].filter(([id]) => !others.has(id))));
  return {
    from: before.date,
    to: after.date,
    came: only(after.devices, before.devices),
    went: only(before.devices, after.devices),
  };
}

export function deviceNames(devices: Devices): DeviceNames {
  const names = [...devices.values()].sort(inOrder.compare);
  return { names: names.slice(0, MOST_NAMES), more: Math.max(0, names.length - MOST_NAMES) };
}

/** PC-9 before PC-10. */
const inOrder = new Intl.Collator('en', { numeric: true });
