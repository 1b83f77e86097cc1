import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { embedKey, keyId, sealEmbedToken } from '../../src/auth/embed-token.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { createWidget } from '../../src/usecases/stored-widgets.ts';
import { saveTab } from '../../src/usecases/tabs.ts';
import { themes } from '../../src/widgets/theme.ts';
import {
  BEARER,
  cookieOf,
  MACHINE_NOW,
  SAME_ORIGIN,
  type SampleWeb,
  SECRETS,
  sampleWeb,
} from './sample-web.ts';
import { importSampleBook, putItems, sampleItem } from './sample-world.ts';

const FORMS = ['', '.svg', '.png', '.csv', '.vl.json'];
const NOTHING = /13\.7|137\.5|Daily Mail|Acme|datto-rmm/;

let now: number;
let web: SampleWeb;
beforeEach(async () => {
  now = MACHINE_NOW;
  web = await sampleWeb({ machineNow: () => now });
  await importSampleBook(web.core);
  await web.send('POST', '/api/modules/datto-rmm/enable');
  await putItems(web.core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
    sampleItem({ id: 'i3', status: 'posted', month: '2026-10', units: 3 }),
  ]);
});

interface Made {
  id: string;
  url: string;
  snippet: string;
  expiresAt?: string;
  exposes: string;
}
async function make(body: object): Promise<Made> {
  const answer = await web.send('POST', '/api/embed-links', body);
  expect(await answer.clone().text()).toContain('"url"');
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}
const pathOf = (url: string, form = ''): string => {
  const { pathname, search } = new URL(url);
  return `${pathname}${form}${search}`;
};
const look = (path: string, headers: Record<string, string> = {}) => web.get(path, headers);

async function expectNoData(path: string, status: number): Promise<void> {
  const answer = await look(path);
  expect([path.replace(/\?.*/, ''), answer.status]).toEqual([path.replace(/\?.*/, ''), status]);
  expect(await answer.text()).not.toMatch(NOTHING);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('etag')).toBeNull();
}

describe.each(['link', 'token'] as const)('a %s', (kind) => {
  test('opens the page, pictures, CSV and spec of its widget, and nothing else', async () => {
    const { url, snippet } = await make({ widget: 'pending-by-module', kind });
    expect(url).toMatch(/^http:\/\/icb\.test\/embed\/widgets\/pending-by-module\?t=/);
    expect(snippet).toContain(`<iframe src="${url}"`);
    const types = ['text/html', 'image/svg+xml', 'image/png', 'text/csv', 'application/json'];
    for (const [at, form] of FORMS.entries()) {
      const answer = await look(pathOf(url, form));
      expect([form, answer.status]).toEqual([form, 200]);
      expect(answer.headers.get('content-type')).toContain(types[at]);
    }
    expect(await (await look(pathOf(url, '.csv'))).text()).toContain('Datto RMM,225.00,USD');
    const other = pathOf(url).replace('pending-by-module', 'posted-by-module');
    for (const form of FORMS) await expectNoData(other.replace('?', `${form}?`), 401);
    await expectNoData(pathOf(url).replace('pending-by-module', 'no-such-widget'), 401);
    await expectNoData(pathOf(url).replace('widgets/pending-by-module', 'tabs/icb'), 401);
  });

  test('shows no data on any route once it is over or revoked, also where it was cached before', async () => {
    const ending = await make({ widget: 'pending-by-module', kind, expiresAt: '2026-11-22T12:05:00Z' });
    const revoked = await make({ widget: 'pending-by-module', kind });
    for (const form of FORMS) {
      expect((await look(pathOf(ending.url, form))).status).toBe(200);
      expect((await look(pathOf(revoked.url, form))).status).toBe(200);
    }
    expect(
      (await web.raw(`/api/embed-links/${revoked.id}`, { method: 'DELETE', headers: BEARER })).status,
    ).toBe(204);
    now = Date.parse('2026-11-22T12:05:00Z');
    for (const form of FORMS) {
      await expectNoData(pathOf(ending.url, form), 410);
      await expectNoData(pathOf(revoked.url, form), 410);
    }
  });

  test('that is forged, cut, empty or of another secret shows no data on any route', async () => {
    const { url } = await make({ widget: 'pending-by-module', kind });
    const token = new URL(url).searchParams.get('t') ?? '';
    const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    const claims = { widget: 'pending-by-module', exp: MACHINE_NOW / 1000 + 300 };
    const bad = [
      '',
      'x',
      changed,
      token.slice(1),
      `${token}.x`,
      token.split('.').slice(0, -1).join('.'),
      sealEmbedToken(claims, ['another secret of sixteen']),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
    ];
    for (const each of bad)
      for (const form of FORMS)
        await expectNoData(`/embed/widgets/pending-by-module${form}?t=${encodeURIComponent(each)}`, 401);
    await expectNoData('/embed/widgets/pending-by-module', 401);
  });

  test('locked filters hold on every route and cannot be widened', async () => {
    const { url } = await make({ widget: 'pending-by-module', kind, filters: { organization: 'o2' } });
    const csv = await (await look(`${pathOf(url, '.csv')}&organization=o1&filters={}`)).text();
    expect(csv).toContain('Datto RMM,87.50,USD');
    for (const form of ['', '.vl.json']) {
      const text = await (await look(pathOf(url, form))).text();
      expect(text).toContain('$87.50');
      expect(text).not.toContain('225');
    }
  });
});

test('a signed token lives ten minutes; one that says otherwise opens nothing', async () => {
  const { url, expiresAt } = await make({
    widget: 'pending-by-module',
    kind: 'token',
    expiresAt: '2030-01-01T00:00:00Z',
  });
  expect(expiresAt).toBe('2026-11-22T12:10:00.000Z');
  now += 599_000;
  expect((await look(pathOf(url))).status).toBe(200);
  now += 1_000;
  await expectNoData(pathOf(url), 410);
  const year = sealEmbedToken({ widget: 'pending-by-module', exp: now / 1000 + 31_536_000 }, SECRETS);
  await expectNoData(`/embed/widgets/pending-by-module?t=${year}`, 401);
});

test('a claim that is not understood is refused, not ignored', async () => {
  for (const more of [
    { rls: '1=1' },
    { filters: { where: '1=1' } },
    { tab: 'icb' },
    { capabilities: { all: true } },
  ]) {
    const token = sealEmbedToken(
      { widget: 'pending-by-module', exp: MACHINE_NOW / 1000 + 60, ...more },
      SECRETS,
    );
    await expectNoData(`/embed/widgets/pending-by-module?t=${token}`, 401);
  }
});

test('a host signs with the derived key in a few lines; the key signs no session', async () => {
  const key = embedKey(SECRETS[0] ?? '');
  const body = Buffer.from(JSON.stringify({ widget: 'pending-by-module', exp: MACHINE_NOW / 1000 + 300 }));
  const signed = `${keyId(key)}.${body.toString('base64url')}`;
  const token = `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  expect((await look(`/embed/widgets/pending-by-module?t=${token}`)).status).toBe(200);
  expect(key).not.toContain(SECRETS[0]);
});

test('rotation: tokens of the older secret are good, the newest signs, a removed one opens nothing', async () => {
  const token = sealEmbedToken({ widget: 'pending-by-module', exp: MACHINE_NOW / 1000 + 300 }, SECRETS);
  const path = `/embed/widgets/pending-by-module.csv?t=${token}`;
  const settings = {
    ...{ baseUrl: 'http://icb.test', apiToken: 'x', timeZone: 'UTC', currency: 'USD', locale: 'en-US' },
    secrets: ['a newer secret, longer', ...SECRETS],
  };
  const both = await sampleWeb({ core: web.core, settings });
  expect((await both.get(path, {})).status).toBe(200);
  const later = await sampleWeb({
    core: web.core,
    settings: { ...settings, secrets: ['a newer secret, longer'] },
  });
  expect((await later.get(path, {})).status).toBe(401);
});

describe('cost and margin', () => {
  test.each(FORMS)('never without the capability: margin-by-module%s', async (form) => {
    const { url } = await make({ widget: 'margin-by-module' });
    const answer = await look(pathOf(url, form));
    const text = await answer.text();
    expect(answer.status).toBe(form === '' ? 200 : 403);
    expect(text).toContain('This link does not show cost or margin.');
    expect(text).not.toMatch(/\$\d/);
  });

  test('with it, and a tab without it leaves such widgets out', async () => {
    const { url, exposes } = await make({ widget: 'margin-by-module', capabilities: ['cost'] });
    expect(exposes).toContain('cost and margin too');
    expect(await (await look(pathOf(url, '.csv'))).text()).toContain('Margin');
    const tab = await make({ tab: 'icb' });
    const page = await (await look(pathOf(tab.url))).text();
    expect(page).toContain('Pending by module');
    expect(page).not.toContain('Margin');
    expect(await (await look(pathOf(tab.url, '.csv'))).text()).not.toContain('Margin');
    expect((await look(pathOf(tab.url).replace('tabs/icb', 'widgets/margin-by-module.csv'))).status).toBe(
      403,
    );
  });
});

test('modules are hidden where the link does not allow them', async () => {
  const { url } = await make({
    tab: 'icb',
    capabilities: { modules: false },
    filters: { organization: ['o1'] },
  });
  const page = await (await look(pathOf(url))).text();
  expect(page).toContain('Top organizations');
  expect(page).not.toMatch(/Datto RMM|by module/i);
});

test('a capability that was taken away closes its route', async () => {
  const { url } = await make({
    widget: 'pending-by-module',
    capabilities: { csv: false, spec: false, pictures: false },
  });
  for (const form of FORMS.slice(1)) expect((await look(pathOf(url, form))).status).toBe(403);
  const page = await (await look(pathOf(url))).text();
  expect(page).toContain('$225.00');
  expect(page).not.toContain(' download');
});

test('pictures stand in pages, and are downloads where they are asked for as such', async () => {
  const { url } = await make({ widget: 'pending-by-module' });
  const page = await (await look(pathOf(url))).text();
  for (const form of ['svg', 'png', 'csv']) {
    const path = pathOf(url, `.${form}`);
    const shown = (await look(path)).headers.get('content-disposition');
    expect(shown === null).toBe(form !== 'csv');
    const saved = page.match(`href="([^"]*\\.${form}[^"]*)"`)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { headers, status } = await look(saved);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="pending-by-module.${form}"`);
  }
});

test('a tab link opens the tab in every form, and each of its widgets', async () => {
  const { url } = await make({ tab: 'icb' });
  for (const form of FORMS) expect([form, (await look(pathOf(url, form))).status]).toEqual([form, 200]);
  expect((await look(pathOf(url).replace('tabs/icb', 'widgets/pending-by-module.svg'))).status).toBe(200);
});

describe('headers', () => {
  test('as tried in a browser: framed by whom the link names, sandboxed, no cookie', async () => {
    const { url } = await make({
      widget: 'pending-by-module',
      frameAncestors: ['https://portal.example.com', 'https://*.autotask.net'],
    });
    const { headers } = await look(pathOf(url), cookieOf('admin'));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-ancestors https://portal.example.com https://*.autotask.net;');
    expect(policy).toContain('sandbox allow-scripts');
    expect(policy).not.toMatch(/unsafe|\*[ ;]/);
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('ICB_FRAME_ANCESTORS where the link names nobody, and nothing that would break out of the directive', async () => {
    const answer = await sampleWeb({
      core: web.core,
      machineNow: () => now,
      settings: {
        ...{ baseUrl: 'http://icb.test', secrets: SECRETS, apiToken: 'x', timeZone: 'UTC', currency: 'USD' },
        ...{ locale: 'en-US', frameAncestors: 'https://a.example x;script-src *' },
      },
    });
    const { url } = await make({ widget: 'pending-by-module' });
    const policy = (await answer.get(pathOf(url), {})).headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-ancestors https://a.example;');
    expect(policy).not.toContain('script-src *');
  });

  test.each(['https://x.example; script-src *', 'javascript:alert(1)', '*', 'data:', "'unsafe-inline'"])(
    'a link cannot name %s as its host',
    async (host) => {
      const body = { widget: 'pending-by-module', frameAncestors: [host] };
      expect((await web.send('POST', '/api/embed-links', body)).status).toBe(400);
    },
  );

  test('unchanged figures are answered by 304, for the holder of the token only', async () => {
    const { url } = await make({ widget: 'pending-by-module' });
    const etag = (await look(pathOf(url))).headers.get('etag') ?? '';
    const fresh = (await look(pathOf(url))).headers.get('etag') ?? '';
    expect(fresh).toBe(etag);
    expect((await look(pathOf(url), { 'If-None-Match': etag })).status).toBe(304);
    expect((await look('/embed/widgets/pending-by-module', { 'If-None-Match': etag })).status).toBe(401);
  });
});

test('no route of the embed surface writes', async () => {
  const { url } = await make({ widget: 'pending-by-module' });
  const before = (await web.core.store.snapshot()).revision;
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect((await web.raw(pathOf(url), { method })).status).toBeGreaterThanOrEqual(400);
  expect((await web.core.store.snapshot()).revision).toBe(before);
});

test('links are listed without secrets, kept hashed, audited, and say when they were last used', async () => {
  const { id, url } = await make({ widget: 'pending-by-module', filters: { organization: ['o1'] } });
  const secret = (new URL(url).searchParams.get('t') ?? '').split('.')[1] ?? '';
  await look(pathOf(url));
  await new Promise((done) => setImmediate(done));
  const list = await (await web.get('/api/embed-links')).text();
  expect(list).toContain(`"id":"${id}"`);
  expect(list).toContain('"lastUsedAt":"2026-11-22T12:00:00.000Z"');
  const kept = JSON.stringify(await (await web.core.store.snapshot()).list('embedLinks'));
  const audit = await (await web.get('/api/audit')).text();
  expect(audit).toContain('create-embed-link');
  for (const text of [list, kept, audit, JSON.stringify(web.log)]) expect(text).not.toContain(secret);
});

test('viewers make no links, and strangers nothing at all', async () => {
  const body = { widget: 'pending-by-module' };
  expect(
    (await web.send('POST', '/api/embed-links', body, { ...cookieOf('viewer'), ...SAME_ORIGIN })).status,
  ).toBe(403);
  expect((await web.send('POST', '/api/embed-links', body, {})).status).toBe(401);
  expect((await web.send('POST', '/api/embed-links', { widget: 'none' })).status).toBe(404);
  expect((await web.send('POST', '/api/embed-links', {})).status).toBe(400);
  expect((await web.send('POST', '/api/embed-links', { ...body, tab: 'icb' })).status).toBe(400);
});

test.each(['link', 'token'])('a %s that would end before it begins is not made', async (kind) => {
  for (const expiresAt of ['2020-01-01T00:00:00Z', '2026-11-22T12:00:00Z']) {
    const answer = await web.send('POST', '/api/embed-links', {
      ...{ widget: 'pending-by-module', kind, expiresAt },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`${expiresAt} is past`);
  }
  expect(await (await web.get('/api/embed-links')).text()).not.toContain('el_');
});

/** A widget somebody made, dark and German, beside a ready one on a tab. */
async function darkGermanTab(): Promise<{ tab: string; widget: string }> {
  const { id } = await createWidget(web.core, SYSTEM, {
    ...{ title: 'Offen', entity: 'pending', measure: { field: 'amount' }, groupBy: 'organization' },
    ...{ chart: 'bar', filters: {}, theme: 'dark', locale: 'de-DE' },
  });
  await saveTab(web.core, SYSTEM, { id: 'mixed', name: 'Mixed', widgets: [id, 'pending-by-module'] });
  return { tab: 'mixed', widget: id };
}

describe('a widget that is dark and German for itself', () => {
  test('is so everywhere on the page of a tab link: total, table and words of its picture', async () => {
    const { tab, widget } = await darkGermanTab();
    const page = await (await look(pathOf((await make({ tab })).url))).text();
    const [, own = '', other = ''] = page.split('<section ');
    expect(own).toContain(`aria-labelledby="title-${widget}"`);
    expect(own).toContain('data-theme="dark"');
    expect(own).toContain('<div class="figure "');
    expect(own).toContain('225,00\u00a0$');
    expect(own).not.toContain('$225.00');
    expect(other).toContain('$225.00');
    expect(other).not.toContain('data-theme');
    expect(other).toContain('<div class="figure chart"');
  });

  test('is one language in the one picture of a tab, and dark in a picture of its own', async () => {
    const { tab, widget } = await darkGermanTab();
    const made = await make({ tab });
    expect(await (await look(pathOf(made.url, '.vl.json'))).text()).not.toContain('225,00');
    const path = pathOf(made.url, '.vl.json').replace(`tabs/${tab}`, `widgets/${widget}`);
    const spec = await (await look(path)).text();
    expect(spec).toContain('225,00');
    expect(spec).toContain(themes.dark.surface);
    expect(await (await look(`${path}&theme=light`)).text()).not.toContain(themes.dark.surface);
  });

  test('is what its link says, where the link says it', async () => {
    const { widget } = await darkGermanTab();
    const page = async (body: object) => (await look(pathOf((await make({ widget, ...body })).url))).text();
    expect(await page({})).toContain('lang="de-DE" dir="ltr" data-theme="dark"');
    expect(await page({ theme: 'auto', locale: 'en-US' })).toContain(
      'lang="en-US" dir="ltr" data-theme="auto"',
    );
  });
});

describe('nothing to show', () => {
  // Before a sync nothing is known, which is another sentence.
  beforeEach(async () => {
    await web.send('POST', '/api/syncs', {});
    await web.core.syncQueue.idle();
  });

  test('says what the link is locked to, and nothing of what it is not', async () => {
    const { id: widget } = await createWidget(web.core, SYSTEM, {
      ...{ title: 'Posted', entity: 'posted', measure: { field: 'amount' }, groupBy: 'module' },
      ...{ chart: 'column', filters: { organization: ['o1', 'o2'], months: 'this-month' } },
      goal: { value: '500' },
    });
    const page = async (body: object) => (await look(pathOf((await make({ widget, ...body })).url))).text();
    const locked = await page({ filters: { organization: ['o2'] } });
    expect(locked).toContain('No billing items have been posted in this time for the filter of this link.');
    expect(locked).toContain('Asked for: Acme · November 2026. Goal: 500.');
    expect(locked).not.toContain('Daily Mail');
    const open = await page({});
    expect(open).toContain('No billing items have been posted in this time. Asked for: ');
    expect(open).toContain('Daily Mail');
  });

  test('names no module where the link does not', async () => {
    const body = {
      widget: 'top-organizations',
      filters: { module: ['datto-rmm'], months: { from: '2020-01', to: '2020-03' } },
    };
    const page = async (more: object) => (await look(pathOf((await make({ ...body, ...more })).url))).text();
    expect(await page({})).toContain('Asked for: Datto RMM');
    const without = await page({ capabilities: { modules: false } });
    expect(without).toContain(
      'There are no billing items in this time for the filter of this link. Asked for: January 2020',
    );
    expect(without).not.toContain('Datto RMM');
  });

  test('a tab whose widgets are all hidden says why', async () => {
    await saveTab(web.core, SYSTEM, { id: 'margins', name: 'Margins', widgets: ['margin-by-module'] });
    const page = await (await look(pathOf((await make({ tab: 'margins' })).url))).text();
    expect(page).toContain(
      'This link shows none of the widgets of this tab. This link does not show cost or margin.',
    );
  });
});

test('language, currency and time zone of the link', async () => {
  const body = {
    widget: 'pending-by-module',
    locale: 'de-DE',
    currency: 'USD',
    timeZone: 'Pacific/Auckland',
  };
  const { url } = await make(body);
  const page = await (await look(pathOf(url))).text();
  expect(page).toContain('<html lang="de-DE"');
  expect(page).toContain('225,00\u00a0$');
  const none = await make({ ...body, currency: 'EUR' });
  expect(await (await look(pathOf(none.url))).text()).not.toContain('225');
});
