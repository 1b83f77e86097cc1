import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';
import {
  HOSTILE,
  importSampleBook,
  putItems,
  RMM,
  sampleCore,
  sampleItem,
  standInSource,
} from './sample-world.ts';

const tab = async (web: SampleWeb, role: 'admin' | 'viewer' = 'admin'): Promise<string> =>
  (await web.get('/dashboard', cookieOf(role))).text();
const cardsIn = (text: string): string[] =>
  [...text.matchAll(/id="widget-([a-z-]+)"/g)].map((match) => match[1] ?? '');

async function enabledWeb() {
  const source = standInSource();
  const web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  return { web, source };
}
const syncNow = async (web: SampleWeb) =>
  (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;

test('what Slack has not taken stands on top of the ICB tab', async () => {
  const problem = 'Slack refuses the bot token (token_revoked). 2 messages wait.';
  const web = await sampleWeb({ slackState: () => ({ state: 'unreachable', problem }) });
  expect(await tab(web)).toContain(`<p class="notice warn">${problem}</p>`);
});

describe('states of the ICB tab', () => {
  test('no module enabled: the steps, no widgets by module', async () => {
    const web = await sampleWeb();
    const text = await tab(web);
    expect(text).toContain('Enable a module first');
    expect(text).toContain('/icb enable');
    expect(text).toContain('The PSA holds no contracts.');
    expect(cardsIn(text)).toEqual([]);
  });

  test('a module disabled again: history stays, grouping by module goes', async () => {
    const { web } = await enabledWeb();
    await putItems(web.core, [sampleItem({ id: 'a' })]);
    expect(cardsIn(await tab(web))).toContain('pending-by-module');
    await disableModule(web.core, { module: RMM, by: SYSTEM });
    expect(cardsIn(await tab(web))).toEqual(['top-organizations']);
  });

  test('never synced: every widget says so and offers Sync now, to admins', async () => {
    const { web } = await enabledWeb();
    const text = await tab(web);
    expect(cardsIn(text)).toHaveLength(6);
    expect(text.match(/No sync has succeeded yet/g)).toHaveLength(6);
    expect(text.match(/>Sync now</g)).toHaveLength(7);
    expect(await tab(web, 'viewer')).not.toContain('>Sync now<');
  });

  test('synced but nothing billed yet: empty, in words', async () => {
    const { web } = await enabledWeb();
    await syncNow(web);
    const text = await tab(web);
    expect(text).toContain('No billing items are pending.');
    expect(text).toContain('Last sync: <time datetime="2026-11-22T12:00:00');
    expect(text).toContain('0 of 2');
  });

  test('filled: figures, marks and tables lead to their rows', async () => {
    const { web } = await enabledWeb();
    await syncNow(web);
    await putItems(web.core, [sampleItem({ id: 'a' }), sampleItem({ id: 'b', organizationId: 'o3' })]);
    const text = await tab(web);
    expect(cardsIn(text)).toHaveLength(6);
    expect(text).toContain('href="/dashboard/items?status=pending"');
    expect(text).toMatch(
      /<a href="\/dashboard\/items\?status=pending&amp;module=datto-rmm&amp;currency=USD" aria-label="Datto RMM: \$250\.00">/,
    );
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;');
    expect(HOSTILE).toContain('"Sons"');
  });

  test('a module failed: said on top and in the widgets, the figures stay', async () => {
    const { web, source } = await enabledWeb();
    await syncNow(web);
    await putItems(web.core, [sampleItem({ id: 'a' })]);
    source.problem = new IcbError('source-unavailable', 'Datto RMM does not answer. Try again later.');
    await syncNow(web);
    const text = await tab(web);
    expect(text).toContain('<p class="notice warn">Datto RMM does not answer. Try again later.</p>');
    expect(text).toContain('Datto RMM: no counts since');
    expect(text).toContain('$125.00');
  });

  test('a picture that fails keeps the last good one, with a reference that is in the log', async () => {
    let broken = false;
    const log: object[] = [];
    const core = await sampleCore();
    const noted = { ...core, log: { ...core.log, error: (facts: object): void => void log.push(facts) } };
    const picture = {
      svg: async () =>
        broken ? Promise.reject(new Error('worker died of /secret/path')) : '<svg><title>good</title></svg>',
      png: async () => new Uint8Array(),
    };
    const web = await sampleWeb({ core: noted, picture });
    await importSampleBook(core);
    await enableModule(core, { module: RMM, by: SYSTEM });
    broken = true;
    await putItems(core, [sampleItem({ id: 'a' })]);
    const first = await tab(web);
    expect(first).toContain('This widget could not be drawn');
    broken = false;
    expect(await tab(web)).toContain('<title>good</title>');
    broken = true;
    await putItems(core, [sampleItem({ id: 'b' })]);
    const text = await tab(web);
    expect(text).toContain('<title>good</title>');
    const reference = /last good figures: it failed just now \(reference ([0-9a-f]+)\)/.exec(text)?.[1];
    expect(log).toContainEqual(expect.objectContaining({ reference }));
    expect(text).not.toContain('/secret/path');
  });
});

describe('the ICB tab itself', () => {
  test('answers 304 while nothing changed, and 200 after a change', async () => {
    const { web } = await enabledWeb();
    const first = await web.get('/dashboard', cookieOf('admin'));
    const headers = { ...cookieOf('admin'), 'If-None-Match': first.headers.get('etag') ?? '' };
    expect((await web.get('/dashboard', headers)).status).toBe(304);
    await putItems(web.core, [sampleItem({ id: 'a' })]);
    expect((await web.get('/dashboard', headers)).status).toBe(200);
  });

  test('Sync now works as a plain form', async () => {
    const { web } = await enabledWeb();
    const answer = await web.form('/dashboard/sync', {}, { ...cookieOf('admin'), ...SAME_ORIGIN });
    expect(answer.headers.get('location')).toBe('/dashboard');
    await web.core.syncQueue.idle();
    expect(await tab(web)).toContain('<span class="tag done">');
  });

  test('activity shows what a sync did, failed rows alone on demand', async () => {
    const { web, source } = await enabledWeb();
    source.problem = new IcbError('source-refused', 'Datto RMM refused the key.');
    await syncNow(web);
    const failed = await (await web.get('/dashboard/activity?failed=yes', cookieOf('viewer'))).text();
    expect(failed).toContain('Datto RMM refused the key.');
    expect(failed).toContain('<span class="tag failed">');
  });
});

describe('what a widget shows, as a file', () => {
  test('SVG, PNG and CSV, each with a tag where it can be kept', async () => {
    const { web } = await enabledWeb();
    await putItems(web.core, [sampleItem({ id: 'a', service: '=1+1' })]);
    for (const [name, type] of [
      ['pending-by-module.svg', 'image/svg+xml; charset=utf-8'],
      ['pending-by-module.png', 'image/png'],
    ] as const) {
      const first = await web.get(`/api/widgets/${name}`);
      expect(first.headers.get('content-type')).toBe(type);
      const etag = first.headers.get('etag') ?? '';
      const again = await web.get(`/api/widgets/${name}`, {
        Authorization: 'Bearer test-api-token',
        'If-None-Match': `W/${etag}`,
      });
      expect(again.status).toBe(304);
    }
    const csv = await web.get('/api/widgets/pending-by-module.csv');
    expect(await csv.text()).toContain('Datto RMM,125.00,USD');
  });

  test('the spec is Vega-Lite with its data inside', async () => {
    const { web } = await enabledWeb();
    await putItems(web.core, [sampleItem({ id: 'a' })]);
    const spec = await (await web.get('/api/widgets/pending-by-module/spec')).json();
    expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json' });
    expect(JSON.stringify(spec)).toContain('Datto RMM');
    expect(JSON.stringify(spec)).not.toContain('"url"');
  });

  test.each(['/api/widgets/pending-by-module.svg', '/api/widgets/pending-by-module/spec'])(
    '%s needs a session',
    async (path) => {
      expect((await (await sampleWeb()).get(path, {})).status).toBe(401);
    },
  );
});
