import type { z } from 'zod';
import type { Finding } from '../../../ports/finding.ts';
import { parseAnswer } from '../../http/parse-answer.ts';
import { type ListPage, readList } from '../../http/read-list.ts';
import type { Place } from '../../http/vendor-problems.ts';
import type { Call, ClientDeps } from '../../http/vendor-session.ts';
import { connectionFindings } from '../counting/connection-findings.ts';
import {
  type Device,
  devicesPage,
  type Page,
  type PageDetails,
  RequestRate,
  type Site,
  SitesPage,
} from './api-types.ts';
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
  /** Two requests after the sign-in: do we see sites, and how much of the limit is left. */
  inspect(call: Call): Promise<readonly Finding[]>;
  sites(call: Call, how?: Pick<DeviceChoice, 'onProgress'>): Promise<readonly Site[]>;
  devices(call: Call, choice?: DeviceChoice): Promise<readonly Device[]>;
}

const PAGE_SIZE = '250';
const PAGED = { totalName: 'totalCount', malformed: problems.malformed };

/** Every method gives a whole list or throws an `IcbError`. */
export function createDattoRmmClient(settings: DattoRmmSettings, deps: ClientDeps): DattoRmmClient {
  const { now = Date.now } = deps;
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
    async inspect(call) {
      const place = 'account/sites';
      const answer = await session.get(firstPage(place, { max: '1' }), place, call);
      const fail = (fault: string) => problems.malformed(place, fault);
      const { totalCount } = parseAnswer(SitesPage, answer.text, fail).pageDetails;
      const rate = await session.read(new URL('api/v2/system/request_rate', session.root), 'the limit', call);
      const used = parseAnswer(RequestRate, rate, (fault) => problems.malformed('the limit', fault));
      const seen = { count: totalCount, noun: 'sites' };
      return [...connectionFindings('Datto RMM', answer, seen, now()), limitFinding(used)];
    },
    sites: (call, { onProgress } = {}) =>
      readList({
        ...PAGED,
        name: 'account/sites',
        first: firstPage('account/sites'),
        key: (site: Site) => site.uid,
        fetchPage: pagesOf(SitesPage, call),
        onProgress,
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

function limitFinding({ accountCount, accountRateLimit }: z.infer<typeof RequestRate>): Finding {
  const text = `Of the ${accountRateLimit} requests a minute that all integrations of the account share, ${accountCount} are used`;
  // The vendor slows its answers down from nine tenths on.
  return accountCount < accountRateLimit * 0.9
    ? { ok: true, text: `${text}.` }
    : {
        ok: false,
        text: `${text}: see which integration makes so many, before Datto RMM blocks this address.`,
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
