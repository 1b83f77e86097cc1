import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnIcb, ownIcb, SECRETS } from '../support/own-icb.ts';

let own: OwnIcb;
beforeAll(async () => {
  own = await ownIcb();
  await own.night();
}, 60_000);
afterAll(() => own.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const scrape = async () => (await own.get('/metrics', bearer(SECRETS.ICB_METRICS_TOKEN))).text();

/** The value of one line of the text format. */
const numberOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

test('the very first scrape tells how things stand', async () => {
  const text = await scrape();
  expect(numberOf(text, 'icb_pending_amount{currency="USD"}')).toBe(12.5);
  expect(numberOf(text, 'icb_sync_last_done_timestamp_seconds')).toBeGreaterThan(1.7e9);
});

test('it asks for a token: its own or the API’s', async () => {
  const refused = await own.get('/metrics', {});
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'unauthorized' });
  expect((await own.get('/metrics', bearer('secret-of-metrics-012345678X'))).status).toBe(401);
  expect((await own.get('/metrics', bearer(SECRETS.ICB_API_TOKEN))).status).toBe(200);
  const answer = await own.get('/metrics', bearer(SECRETS.ICB_METRICS_TOKEN));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
});

test('runs, what they took, and the requests made to each vendor', async () => {
  const text = await scrape();
  expect(numberOf(text, 'icb_sync_runs_total{trigger="night",state="done",dry="false"}')).toBe(2);
  expect(numberOf(text, 'icb_sync_run_duration_seconds_count{trigger="night",state="done"}')).toBe(2);
  expect(numberOf(text, 'icb_module_count_duration_seconds_count{module="datto-rmm",state="done"}')).toBe(2);
  const before = numberOf(text, 'icb_vendor_requests_total{vendor="datto-rmm"}') ?? 0;
  expect(before).toBeGreaterThan(2);
  await own.night();
  const after = await scrape();
  expect(numberOf(after, 'icb_vendor_requests_total{vendor="datto-rmm"}')).toBeGreaterThan(before);
  expect(numberOf(after, 'icb_sync_runs_total{trigger="night",state="done",dry="false"}')).toBe(3);
  expect(numberOf(after, 'icb_sync_last_done_timestamp_seconds')).toBeGreaterThan(1.7e9);
});

test('what waits: held lines, pending money by currency', async () => {
  const text = await scrape();
  expect(numberOf(text, 'icb_held_lines')).toBe(0);
  expect(numberOf(text, 'icb_pending_amount{currency="USD"}')).toBe(12.5);
  expect(numberOf(text, 'icb_pending_items{currency="USD"}')).toBe(1);
});

test('how fast the store, the web and Slack’s door are, by the pattern of the route', async () => {
  await own.get('/api/billing-items/bi_1/explain');
  await own.get('/dashboard/nothing-of-the-kind');
  await own.get('/some-stranger.php');
  expect((await own.slack({ ssl_check: '1' })).status).toBe(200);
  const text = await scrape();
  const commits = numberOf(text, 'icb_store_operation_seconds_count{operation="commit",outcome="done"}');
  expect(commits).toBeGreaterThan(5);
  const route = 'method="GET",route="/api/billing-items/:id/explain",status="404"';
  expect(numberOf(text, `icb_http_request_duration_seconds_count{${route}}`)).toBe(1);
  expect(text).toContain('route="unmatched",status="404"');
  expect(text).not.toContain('stranger');
  expect(numberOf(text, 'icb_slack_ack_seconds_count{status="200"}')).toBe(1);
});

test('the process itself', async () => {
  const text = await scrape();
  expect(numberOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).toMatch(/icb_build_info\{version="\d+\.\d+\.\d+"\} 1/);
});

test('no secret and no name is in it', async () => {
  const text = await scrape();
  for (const secret of [...Object.values(SECRETS), 'Daily Mail', 'Ada', 'PC-OF-GRACE'])
    expect(text).not.toContain(secret);
});

test('open to anybody, or off', { timeout: 60_000 }, async () => {
  for (const [metrics, status] of [
    ['open', 200],
    ['off', 404],
  ] as const) {
    const other = await ownIcb({ ICB_METRICS: metrics });
    expect((await other.get('/metrics', {})).status).toBe(status);
    await other.close();
  }
});
