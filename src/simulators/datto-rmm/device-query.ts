import { deviceClassOf } from './account.ts';
import type { DeviceRow, World } from './world.ts';

const category = (name: string) => (row: DeviceRow) => row.device.category === name;

/** The filters every account has. */
export const DEFAULT_FILTERS: readonly {
  readonly id: number;
  readonly name: string;
  readonly test: (row: DeviceRow) => boolean;
}[] = [
  { id: 1, name: 'All Devices', test: () => true },
  { id: 2, name: 'All Desktops', test: category('Desktop') },
  { id: 3, name: 'All Laptops', test: category('Laptop') },
  { id: 4, name: 'All Servers', test: category('Server') },
  { id: 5, name: 'All Printers', test: (row) => deviceClassOf(row.device) === 'printer' },
];

/** The text parameters, each LIKE '%text%' without regard to case. */
const TEXTS: Readonly<Record<string, (row: DeviceRow) => string | null | undefined>> = {
  hostname: (row) => row.device.hostname,
  deviceType: (row) => row.device.category,
  operatingSystem: (row) => row.device.operatingSystem,
  siteName: (row) => row.site.name,
};

/** The rows a call asks for, or undefined when it names a filter there is not. `filterId` overrides the others. */
export function queryDevices(
  world: World,
  rows: readonly DeviceRow[],
  query: Readonly<Record<string, string>>,
): readonly DeviceRow[] | undefined {
  const { filterId } = query;
  if (filterId !== undefined) return byFilter(world, rows, Number(filterId));
  return Object.entries(TEXTS).reduce((left, [name, textOf]) => {
    const wanted = query[name]?.toLowerCase();
    return wanted ? left.filter((row) => (textOf(row) ?? '').toLowerCase().includes(wanted)) : left;
  }, rows);
}

function byFilter(world: World, rows: readonly DeviceRow[], id: number): readonly DeviceRow[] | undefined {
  const standard = DEFAULT_FILTERS.find((filter) => filter.id === id);
  if (standard !== undefined) return rows.filter(standard.test);
  const custom = world.filters().find((filter) => filter.id === id);
  if (custom === undefined) return undefined;
  const hostnames = new Set(custom.hostnames);
  return rows.filter((row) => hostnames.has(row.device.hostname));
}
