import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { addMonths, isoDate } from '../../src/domain/calendar.ts';
import { listen } from '../../src/serve.ts';
import { example } from '../contract/store-records.ts';

const ITEMS = 2_000;
const MONTHS = 24;
export const WIDGETS = 24;
const MODULES = [
  'datto-rmm',
  'datto-bcdr',
  'saas-protection',
  'rocketcyber',
  'vulscan',
  'datto-av',
  'datto-edr',
];
const LIBRARIES = ['vega/build/vega', 'vega-lite/build/vega-lite', 'vega-embed/build/vega-embed'];

export interface Sites {
  /** One stacked chart of 24 months and seven modules, as icb embeds it. */
  readonly ours: string;
  /** 24 of them. */
  readonly ourTab: string;
  /** The same chart by vega, vega-lite and vega-embed from raw rows, the usual way. */
  readonly peer: string;
  readonly peerTab: string;
  /** A picture of ours, and a bare Hono route that holds the same bytes. */
  readonly cached: string;
  readonly bare: string;
  /** Changes an item, so that nothing drawn before fits. */
  change(): Promise<void>;
  close(): Promise<void>;
}

const spec = (values: readonly object[], title: string) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  title,
  width: 640,
  height: 300,
  data: { values },
  mark: 'bar',
  encoding: {
    x: { field: 'month', type: 'ordinal' },
    y: { field: 'amount', type: 'quantitative', aggregate: 'sum' },
    color: { field: 'module', type: 'nominal' },
  },
});

/** icb on a real store, and the usual way beside it, both over HTTP with gzip. */
export async function openSites(): Promise<Sites> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-bench-'));
  const token = 'bench-token-of-the-api';
  const icb = await compose(
    readConfig(
      {
        ...{ ICB_DATA_DIR: dir, ICB_API_TOKEN: token, ICB_SECRET: 'bench-secret-0123456789' },
        ...{ ICB_LOG_LEVEL: 'silent', ICB_TIMEZONE: 'UTC', ICB_EMBED_RATE: '100000000' },
      },
      { live: false },
    ),
  );
  const thisMonth = isoDate(`${icb.core.clock.today().slice(0, 7)}-01`);
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const start = addMonths(thisMonth, -(i % MONTHS));
    return example('billingItems', {
      id: `bi_${i}`,
      period: { start, end: `${start.slice(0, 7)}-28`, days: 30 },
      itemDate: start,
      module: MODULES[i % MODULES.length],
      units: 1 + (i % 40),
    });
  });
  await icb.core.store.commit({ put: { billingItems: items } });
  const server = await listen(icb.fetch, { port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${server.port}`;

  const send = async <T>(path: string, body: object): Promise<T> => {
    const answer = await icb.fetch(
      new Request(`${base}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const widgets: string[] = [];
  for (let i = 0; i < WIDGETS; i++) {
    const { id } = await send<{ id: string }>('/api/widgets', {
      ...{
        title: `By month and module ${i}`,
        entity: 'both',
        measure: { field: 'amount' },
        groupBy: 'month',
      },
      ...{ breakDownBy: 'module', chart: 'stacked-column', filters: { months: 'last-24-months' } },
    });
    widgets.push(id);
  }
  await send('/api/tabs', { id: 'bench', name: 'Bench', widgets });
  const link = async (target: object) => {
    const { url } = await send<{ url: string }>('/api/embed-links', target);
    const { pathname, search } = new URL(url, base);
    return `${base}${pathname}${search}`;
  };
  const ours = await link({ widget: widgets[0] });
  const cached = ours.replace('?', '.svg?');

  const rows = items.map(({ module, period, amount }) => ({
    module,
    month: period.start.slice(0, 7),
    amount: Number(amount),
  }));
  const usual = new Hono().use(compress());
  for (const library of LIBRARIES) {
    const file = new URL(`../../node_modules/${library}.min.js`, import.meta.url);
    const code = await readFile(file, 'utf8');
    usual.get(`/${library}.js`, (c) => c.body(code, 200, { 'content-type': 'text/javascript' }));
  }
  const scripts = LIBRARIES.map((library) => `<script src="/${library}.js"></script>`).join('');
  for (const [path, count] of [
    ['/one', 1],
    ['/tab', WIDGETS],
  ] as const) {
    const places = Array.from({ length: count }, (_, i) => `<div id="c${i}"></div>`).join('');
    usual.get(path, (c) =>
      c.html(`<!doctype html><title>x</title>${places}${scripts}<script src="${path}.js"></script>`),
    );
    usual.get(`${path}.js`, (c) =>
      c.body(
        `fetch('/rows').then((answer) => answer.json()).then((spec) => { for (let i = 0; i < ${count}; i++) vegaEmbed('#c' + i, { ...spec, title: 'By month and module ' + i }, { renderer: 'svg' }); });`,
        200,
        { 'content-type': 'text/javascript' },
      ),
    );
  }
  usual.get('/rows', (c) => c.json(spec(rows, 'x')));
  const picture = await (await fetch(cached)).text();
  usual.get('/bare', (c) => c.body(picture, 200, { 'content-type': 'image/svg+xml' }));
  const bareOnly = new Hono().get('/', (c) => c.body(picture, 200, { 'content-type': 'image/svg+xml' }));
  const usualServer = await listen((request) => usual.fetch(request), { port: 0, host: '127.0.0.1' });
  const bareServer = await listen((request) => bareOnly.fetch(request), { port: 0, host: '127.0.0.1' });
  const usualBase = `http://127.0.0.1:${usualServer.port}`;
  let changes = 0;
  return {
    ...{ ours, ourTab: await link({ tab: 'bench' }), peer: `${usualBase}/one`, peerTab: `${usualBase}/tab` },
    ...{ cached, bare: `http://127.0.0.1:${bareServer.port}/` },
    async change() {
      const [item] = items;
      changes += 1;
      if (item)
        await icb.core.store.commit({ put: { billingItems: [{ ...item, units: item.units + changes }] } });
    },
    async close() {
      await Promise.all([server.close(), usualServer.close(), bareServer.close()]);
      await icb.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
