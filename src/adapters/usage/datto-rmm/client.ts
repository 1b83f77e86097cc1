import type { z } from 'zod';
import { type Device, devicesPage, type Page, type Site, SitesPage } from './api-types.ts';
import { parseAnswer } from './parse-answer.ts';
import { readList } from './read-list.ts';
import { type Call, type DattoRmmDeps, openSession } from './session.ts';
import type { DattoRmmSettings } from './settings.ts';

export interface DeviceChoice {
  /** Only the devices of this filter. */
  readonly filterId?: number;
  /** The number of the one user-defined field to read along. */
  readonly udf?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Account-wide reads only: one page holds 250 rows, whereas a read per site costs a request for each. */
export interface DattoRmmClient {
  sites(call: Call): Promise<readonly Site[]>;
  devices(call: Call, choice?: DeviceChoice): Promise<readonly Device[]>;
}

const PAGE_SIZE = '250';

/** Every method gives a whole list or throws an `IcbError`. */
export function createDattoRmmClient(settings: DattoRmmSettings, deps: DattoRmmDeps): DattoRmmClient {
  const session = openSession(settings, deps);

  const pagesOf =
    <Row>(schema: z.ZodType<Page<Row>>, call: Call) =>
    async (url: URL, place: string): Promise<Page<Row>> =>
      parseAnswer(schema, await session.read(url, place, call), place);

  function firstPage(path: string, more: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(`api/v2/${path}`, session.root);
    url.search = new URLSearchParams({ page: '0', max: PAGE_SIZE, ...more }).toString();
    return url;
  }

  return {
    sites: (call) =>
      readList({
        name: 'account/sites',
        first: firstPage('account/sites'),
        key: (site: Site) => site.uid,
        fetchPage: pagesOf(SitesPage, call),
      }),
    devices: (call, { filterId, udf, onProgress } = {}) =>
      readList({
        name: filterId === undefined ? 'account/devices' : `account/devices of filter ${filterId}`,
        first: firstPage('account/devices', filterId === undefined ? {} : { filterId: String(filterId) }),
        key: (device: Device) => device.uid,
        fetchPage: pagesOf(devicesPage(udf), call),
        onProgress,
      }),
  };
}
