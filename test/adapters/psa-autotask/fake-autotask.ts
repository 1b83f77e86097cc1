import { autotaskPsa } from '../../../src/adapters/psa-autotask/autotask-psa.ts';

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  /** Behind `V1.0/`. */
  readonly path: string;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent
  readonly body: any;
  readonly signal: AbortSignal;
}

export type Answer = Response | undefined | Promise<Response | undefined>;

const ZONE = 'http://webservices5.example/ATServicesRest/';

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

export const errors = (status: number, ...texts: string[]): Response => json({ errors: texts }, status);

/** One page of rows; text stands as it is, so that a number's digits can be chosen. */
export const page = (rows: readonly (object | string)[], nextPageUrl: string | null = null): Response => {
  const items = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join(',');
  return json(
    `{"items":[${items}],"pageDetails":{"count":${rows.length},"requestCount":500,"prevPageUrl":null,"nextPageUrl":${JSON.stringify(nextPageUrl)}}}`,
  );
};

const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label], at) => ({
    value,
    label,
    isSystem: true,
    isActive: true,
    sortOrder: at,
  }));

const FIELDS: Readonly<Record<string, object>> = {
  Companies: {
    companyType: { 11: 'Customer', 12: 'Lead', 14: 'Dead', 16: 'Cancellation', 17: 'Vendor' },
  },
  Contracts: {
    contractType: { 31: 'Time & Materials', 37: 'Recurring Service', 39: 'Legacy' },
    contractPeriodType: { 52: 'Monthly', 53: 'Quarterly' },
    status: { 60: 'Inactive', 61: 'Active' },
  },
  BillingItems: { billingItemType: { 77: 'Recurring Services', 78: 'Recurring Services Adjustment' } },
};

/** Answers in process what a test lays down; everything else as a small, empty Autotask would. */
export class FakeAutotask {
  readonly requests: FakeRequest[] = [];
  readonly rows: Record<string, readonly (object | string)[]> = {};
  zone = ZONE;
  zoneName = 'America East 3';
  threshold = {
    externalRequestThreshold: 10_000,
    requestThresholdTimeframe: 60,
    currentTimeframeRequestCount: 10,
  };
  /** Comes first; undefined leaves it to the rest. */
  answer: (request: FakeRequest) => Answer = () => undefined;
  nowMs = Date.parse('2026-11-26T01:15:00Z');
  readonly waits: number[] = [];

  readonly psa = () =>
    autotaskPsa(
      { username: 'api@msp.example', secret: 's3cret', integrationCode: 'CODE' },
      { currency: 'USD' },
      {
        fetch: (input) => this.#fetch(input as Request),
        now: () => this.nowMs,
        delay: async (ms) => {
          this.waits.push(ms);
          this.nowMs += ms;
        },
      },
    );

  /** Paths asked for, behind `V1.0/`. */
  paths(): string[] {
    return this.requests.map(({ path }) => path);
  }

  async #fetch(input: Request): Promise<Response> {
    const url = new URL(input.url);
    const text = await input.text();
    const request: FakeRequest = {
      method: input.method,
      url,
      path: url.pathname.replace(/^.*V1\.0\//, ''),
      headers: input.headers,
      body: text === '' ? undefined : JSON.parse(text),
      signal: input.signal,
    };
    this.requests.push(request);
    return (await this.answer(request)) ?? this.#usual(request);
  }

  #usual({ path }: FakeRequest): Response {
    const [entity = '', verb, more] = path.split('/');
    if (entity === 'zoneInformation') {
      return json({ zoneName: this.zoneName, url: this.zone, webUrl: 'https://ww5.example/', ci: 0 });
    }
    if (entity === 'ThresholdInformation') return json(this.threshold);
    if (verb === 'query') return page(this.rows[entity] ?? []);
    if (more === 'fields') return json({ fields: fieldsOf(entity) });
    if (verb === 'entityInformation') {
      const [create, query] = entity.endsWith('Adjustments') ? ['All', 'None'] : ['None', 'All'];
      return json({
        info: {
          name: entity,
          canCreate: create === 'All',
          canQuery: query === 'All',
          userAccessForCreate: create,
          userAccessForQuery: query,
        },
      });
    }
    if (more === 'ServiceAdjustments') return json({ itemId: null });
    return new Response('no such route', { status: 404 });
  }
}

const fieldsOf = (entity: string) =>
  Object.entries(FIELDS[entity] ?? {}).map(([name, labels]) => ({ name, picklistValues: choices(labels) }));

export const call = (change: { signal?: AbortSignal; onRequest?: () => void } = {}) => ({
  signal: new AbortController().signal,
  ...change,
});
