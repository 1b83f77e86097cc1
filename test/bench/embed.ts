import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import type { BenchRow } from './bench-row.ts';
import { openSites, type Sites, WIDGETS } from './embed-sites.ts';

const LOADS = 5;
/** 1.6 Mbit/s down, 0.75 up, 150 ms: a phone on a slow network, with a quarter of this machine's speed. */
const SLOW = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750, offline: false };
const CPU_RATE = 4;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Load {
  /** Milliseconds from the navigation's start until the charts are drawn and a frame is painted. */
  readonly painted: number;
  readonly bytes: number;
}

/** Notes when so many charts with their bars are painted; looks once a frame, in either page alike. */
const watcher = (charts: number): string => `
  const look = () => {
    const drawn = [...document.querySelectorAll('svg')].filter((svg) => svg.getClientRects().length > 0 && svg.querySelectorAll('path').length > 100);
    if (drawn.length >= ${charts}) requestAnimationFrame(() => requestAnimationFrame(() => { window.reportPainted(performance.now()); }));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

/** One cold load: a new context has nothing cached. */
async function load(browser: Browser, url: string, charts: number, slow: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    if (slow) {
      await devtools.send('Network.emulateNetworkConditions', SLOW);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
    }
    let bytes = 0;
    devtools.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    const painted = Promise.withResolvers<number>();
    // A binding, because the page's policy forbids what Playwright's own waiting evaluates.
    await page.exposeFunction('reportPainted', painted.resolve);
    await page.addInitScript(watcher(charts));
    await page.goto(url, { waitUntil: 'commit' });
    const timer = setTimeout(
      () => painted.reject(new Error(`${url} did not paint ${charts} charts`)),
      120_000,
    );
    const at = await painted.promise;
    clearTimeout(timer);
    return { painted: at, bytes };
  } finally {
    await context.close();
  }
}

async function pair(
  browser: Browser,
  [ours, peer]: readonly [string, string],
  { charts = 1, slow = false, loads = LOADS } = {},
): Promise<{ readonly ours: Load; readonly peer: Load }> {
  const all = { ours: [] as Load[], peer: [] as Load[] };
  for (let i = 0; i < loads; i++) {
    all.ours.push(await load(browser, ours, charts, slow));
    all.peer.push(await load(browser, peer, charts, slow));
  }
  const middle = (some: readonly Load[]): Load => ({
    painted: median(some.map((each) => each.painted)),
    bytes: median(some.map((each) => each.bytes)),
  });
  return { ours: middle(all.ours), peer: middle(all.peer) };
}

const row = (
  name: string,
  ours: number,
  peer: Record<string, number>,
  unit: string,
  note: string,
): BenchRow => ({
  ...{ name, ours, peers: peer, unit, note },
  ratio: ours / (Object.values(peer)[0] ?? Number.NaN),
});

/** Embedded charts against vega + vega-lite + vega-embed in the page with raw rows; 7 modules by 24 months, 2,000 rows. */
export async function embedRows(): Promise<BenchRow[]> {
  const sites = await openSites();
  const browser = await launchBrowser();
  try {
    const urls = [sites.ours, sites.peer] as const;
    await pair(browser, urls, { loads: 1 });
    const fast = await pair(browser, urls);
    const slow = await pair(browser, urls, { slow: true, loads: 3 });
    const stall = await loopStall(sites);
    const tab = await pair(browser, [sites.ourTab, sites.peerTab], { charts: WIDGETS, loads: 3 });
    const { ours, peer } = fast;
    return [
      row(
        'embed.bytes',
        ours.bytes,
        { 'vega-embed': peer.bytes },
        'bytes',
        'on the wire, cold, gzip on both sides',
      ),
      row(
        'embed.first-chart.fast',
        ours.painted,
        { 'vega-embed': peer.painted },
        'ms',
        `cold, this machine; middle of ${LOADS}`,
      ),
      row(
        'embed.first-chart.slow',
        slow.ours.painted,
        { 'vega-embed': slow.peer.painted },
        'ms',
        '1.6 Mbit/s, 150 ms, CPU a quarter; middle of 3',
      ),
      row(
        'embed.tab24',
        tab.ours.painted,
        { 'vega-embed': tab.peer.painted },
        'ms',
        `${WIDGETS} charts painted; ours drawn before, as for the second viewer; undrawn the tab takes ${Math.round(stall.took)} ms to answer`,
      ),
      {
        name: 'embed.loop-stall',
        ours: stall.longest,
        peers: {},
        unit: 'ms',
        note: `longest hold of the event loop while ${WIDGETS} undrawn charts of a tab are drawn`,
      },
      await cachedRow(sites),
    ];
  } finally {
    await browser.close();
    await sites.close();
  }
}

/** The server's loop while every picture of a tab has to be drawn anew; this process is the server. */
async function loopStall({ ourTab, change }: Sites): Promise<{ longest: number; took: number }> {
  await (await fetch(ourTab)).text();
  await change();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begin = performance.now();
  await (await fetch(ourTab)).text();
  const took = performance.now() - begin;
  delay.disable();
  return { longest: delay.max / 1e6, took };
}

/** Many short rounds in turn: a machine that others use too is fast and slow by the second. */
const ROUND_MS = 400;
const ROUNDS = 15;
const CONCURRENCY = 8;

async function requestsPerSecond(url: string): Promise<number> {
  const begin = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() - begin < ROUND_MS) {
      await (await fetch(url, { headers: { 'accept-encoding': 'identity' } })).text();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (done * 1000) / (performance.now() - begin);
}

async function cachedRow({ cached, bare }: Sites): Promise<BenchRow> {
  const rounds = { ours: [] as number[], bare: [] as number[] };
  for (let i = 0; i < ROUNDS; i++) {
    rounds.ours.push(await requestsPerSecond(cached));
    rounds.bare.push(await requestsPerSecond(bare));
  }
  const note =
    'one SVG through the token check against a bare Hono route that holds it; client and server share the process';
  return row('embed.cached.rps', median(rounds.ours), { hono: median(rounds.bare) }, 'per second', note);
}
