import type { z } from 'zod';
import { parseAnswer } from '../../http/parse-answer.ts';
import { type ListPage, readList } from '../../http/read-list.ts';
import type { Place } from '../../http/vendor-problems.ts';
import type { Call, ClientDeps } from '../../http/vendor-session.ts';
import { type Device, devicesPage, type Page, type PageDetails, type Site, SitesPage } from './api-types.ts';
import { problems } from './problems.ts';
import { openSession } from './session.ts';
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
const PAGED = { totalName: 'totalCount', malformed: problems.malformed };

/** Every method gives a whole list or throws an `IcbError`. */
export function createDattoRmmClient(settings: DattoRmmSettings, deps: ClientDeps): DattoRmmClient {
  const session = openSession(settings, deps);

  const pagesOf =
    <Row>(schema: z.ZodType<Page<Row>>, call: Call) =>
    async (url: URL, place: Place): Promise<ListPage<Row>> => {
      const text = await session.read(url, place, call);
      const { rows, pageDetails } = parseAnswer(schema, text, (fault) => problems.malformed(place, fault));
      return { rows, total: pageDetails.totalCount, next: nextUrl(pageDetails, url, place) };
    };

  function firstPage(path: string, more: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(`api/v2/${path}`, session.root);
    url.search = new URLSearchParams({ page: '0', max: PAGE_SIZE, ...more }).toString();
    return url;
  }

  return {
    sites: (call) =>
      readList({
        ...PAGED,
        name: 'account/sites',
        first: firstPage('account/sites'),
        key: (site: Site) => site.uid,
        fetchPage: pagesOf(SitesPage, call),
      }),
    devices: (call, { filterId, udf, onProgress } = {}) =>
      readList({
        ...PAGED,
        name: filterId === undefined ? 'account/devices' : `account/devices of filter ${filterId}`,
        first: firstPage('account/devices', filterId === undefined ? {} : { filterId: String(filterId) }),
        key: (device: Device) => device.uid,
        fetchPage: pagesOf(devicesPage(udf), call),
        onProgress,
      }),
  };
}

/** The bearer token goes along, so a page on another origin is refused rather than followed. */
function nextUrl({ nextPageUrl }: PageDetails, current: URL, place: Place): URL | undefined {
  if (nextPageUrl === undefined || nextPageUrl === null || nextPageUrl === '') return undefined;
  const url = URL.parse(nextPageUrl, current);
  if (url === null) throw problems.malformed(place, 'nextPageUrl is not an address');
  if (url.origin !== current.origin) {
    throw problems.malformed(
      place,
      'nextPageUrl leads to another server than DATTO_RMM_API_URL, where the token must not go',
    );
  }
  return url;
}
