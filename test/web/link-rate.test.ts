import { beforeEach, describe, expect, test } from 'vitest';
import { createLinkRate } from '../../web/embed/link-rate.ts';
import { MACHINE_NOW, type SampleWeb, sampleWeb } from './sample-web.ts';
import { importSampleBook, putItems, sampleItem } from './sample-world.ts';

describe('the bucket of a link', () => {
  test('so many at once, then one as often as it fills; others have their own', () => {
    const rate = createLinkRate(60);
    for (let i = 0; i < 60; i++) expect(rate.take('a', 0)).toBe(0);
    expect(rate.take('a', 0)).toBe(1);
    expect(rate.take('a', 500)).toBe(1);
    expect(rate.take('b', 500)).toBe(0);
    expect(rate.take('a', 1_000)).toBe(0);
    expect(rate.take('a', 1_000)).toBe(1);
  });

  test('a clock that goes back fills nothing, and a long rest fills no more than one bucket', () => {
    const rate = createLinkRate(2);
    expect([rate.take('a', 1e6), rate.take('a', 0), rate.take('a', 0)]).toEqual([0, 0, 30]);
    expect([1, 2, 3].map(() => rate.take('a', 1e12))).toEqual([0, 0, 30]);
  });

  test('as many links as it keeps, and no more', () => {
    const rate = createLinkRate(1, 2);
    expect([rate.take('a', 0), rate.take('a', 0)]).toEqual([0, 60]);
    for (const link of ['b', 'c', 'd']) rate.take(link, 0);
    // Forgotten, so full again.
    expect(rate.take('a', 0)).toBe(0);
  });
});

describe('a link that is asked too often', () => {
  let web: SampleWeb;
  let now = MACHINE_NOW;
  beforeEach(async () => {
    now = MACHINE_NOW;
    web = await sampleWeb({ machineNow: () => now, embedPerMinute: 6 });
    await importSampleBook(web.core);
    await putItems(web.core, [sampleItem({ id: 'i1', units: 11 })]);
  });
  const make = async (body: object): Promise<string> => {
    const answer = await web.send('POST', '/api/embed-links', body);
    const { pathname, search } = new URL(((await answer.json()) as { url: string }).url);
    return `${pathname}${search}`;
  };

  test.each(['link', 'token'] as const)(
    'a %s gets 429 on every route, cached or not, and is served again later',
    async (kind) => {
      const path = await make({ widget: 'pending-by-module', kind, capabilities: ['interactive'] });
      const other = await make({ widget: 'pending-by-module', kind });
      for (let i = 0; i < 6; i++) expect((await web.get(path)).status).toBe(200);
      for (const form of ['', '.svg', '.png', '.csv', '.vl.json', '.vg.json']) {
        const answer = await web.get(path.replace('?', `${form}?`));
        expect([form, answer.status]).toEqual([form, 429]);
        expect(answer.headers.get('retry-after')).toBe('10');
        expect(answer.headers.get('cache-control')).toBe('no-store');
        const text = await answer.text();
        expect(text).toContain('too often');
        expect(text).not.toContain('137');
      }
      expect((await web.get(other)).status).toBe(200);
      now += 10_000;
      expect((await web.get(path)).status).toBe(200);
      expect((await web.get(path)).status).toBe(429);
    },
  );

  test('a tab and the widgets on it are one link', async () => {
    const tab = await make({ tab: 'icb' });
    for (let i = 0; i < 5; i++) await web.get(tab);
    const widget = tab.replace('tabs/icb', 'widgets/pending-by-module');
    expect((await web.get(widget)).status).toBe(200);
    expect((await web.get(widget)).status).toBe(429);
  });

  test('what opens nothing is refused as before and counts for no link', async () => {
    const path = await make({ widget: 'pending-by-module' });
    const forged = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (let i = 0; i < 9; i++) expect((await web.get(forged)).status).toBe(401);
    expect((await web.get(path)).status).toBe(200);
  });
});
