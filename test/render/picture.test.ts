import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { createPicture, type PicturePool } from '../../src/render/create-picture.ts';
import { CHART_RULES } from '../../src/widgets/chart-types.ts';
import type { Names } from '../../src/widgets/heading.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import { query, type WidgetResult } from '../../src/widgets/query.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import {
  CHART_TYPES,
  WidgetDefinition,
  type WidgetDefinitionInput,
} from '../../src/widgets/widget-definition.ts';
import { HOSTILE_NAMES } from '../widgets/hostile-names.ts';
import { type ItemSketch, makeItem, noNames } from '../widgets/sample-items.ts';

let picture: PicturePool;
beforeAll(async () => {
  picture = createPicture({ workers: 1 });
  await picture.ready();
}, 30_000);
afterAll(() => picture.close());

const words = { title: 'Test', description: 'A test' };

function result(
  changes: Partial<WidgetDefinitionInput>,
  items: ItemSketch[],
  names: Names = noNames,
): WidgetResult {
  const definition = WidgetDefinition.parse({
    id: 'x',
    title: 'X',
    entity: 'both',
    measure: { field: 'amount' },
    groupBy: 'module',
    chart: 'bar',
    ...changes,
  });
  return query(definition, items.map(makeItem), { names, today: isoDate('2026-11-22') });
}

const unescapeXml = (text: string): string =>
  text.replace(
    /&(lt|gt|quot|amp|#39);/g,
    (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name] ?? '',
  );
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]*)(?=<)/g)]
    .map((match) => unescapeXml(match[1] ?? ''))
    .filter(Boolean);

const catalogue: Names = {
  ...noNames,
  module: new Map(BUILT_IN.modules.map((module) => [module.id, module.name])),
};
const everyModule: ItemSketch[] = [
  ...BUILT_IN.modules.map((module, i) => ({ module: module.id, amount: `${100 + i}.00` })),
  { module: null, amount: '7.00' },
];

describe('svg', () => {
  test('writes every module name in full, 24 and those without one', async () => {
    const svg = await picture.svg(toVegaLite(result({}, everyModule, catalogue)), words);
    const texts = textsOf(svg);
    for (const module of BUILT_IN.modules) expect(texts).toContain(module.name);
    expect(texts).toContain('No module');
    expect(svg).not.toMatch(/NaN|…/);
    // Ids would clash between the pictures of one page.
    expect(svg).not.toMatch(/ id="/);
  });

  test('writes every module name in full in a legend', async () => {
    const stacked = result(
      { chart: 'stacked-column', groupBy: 'month', breakDownBy: 'module' },
      everyModule,
      catalogue,
    );
    const texts = textsOf(await picture.svg(toVegaLite(stacked), words));
    for (const module of BUILT_IN.modules) expect(texts).toContain(module.name);
  });

  test.each(['America/New_York', 'Pacific/Auckland'])(
    'month labels are right west and east of UTC: %s',
    async (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      const zoned = createPicture({ workers: 1 });
      try {
        const months = result({ groupBy: 'month', chart: 'column', filters: { months: 'last-3-months' } }, [
          {},
        ]);
        const texts = textsOf(await zoned.svg(toVegaLite(months), words));
        expect(texts.filter((text) => /^[A-Z][a-z]{2}$/.test(text))).toEqual(['Sep', 'Oct', 'Nov']);
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
        await zoned.close();
      }
    },
    20_000,
  );

  test('draws negative amounts to the left of zero', async () => {
    const svg = await picture.svg(
      toVegaLite(result({}, [{ amount: '20.00' }, { module: 'graphus', amount: '-5.00' }])),
      words,
    );
    expect(textsOf(svg)).toContain('-$5.00');
    expect(svg).not.toContain('NaN');
  });

  test('is the same every time', async () => {
    const spec = toVegaLite(result({}, everyModule, catalogue));
    expect(await picture.svg(spec, words)).toBe(await picture.svg(spec, words));
  });

  test('has a name and a description, escaped', async () => {
    const spec = toVegaLite(result({}, [{}]));
    const svg = await picture.svg(spec, { title: '<b>"T"', description: '</svg><script>' });
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-label="&lt;b&gt;&quot;T&quot;"><title>&lt;b&gt;&quot;T&quot;<\/title>/,
    );
    expect(svg).toContain('<desc>&lt;/svg&gt;&lt;script&gt;</desc>');
  });

  test.each(CHART_TYPES)('hostile names are harmless in a %s', async (chart) => {
    const hostile = HOSTILE_NAMES.map((_name, i) => ({ organization: String(i), amount: `${10 + i}.00` }));
    const organization = new Map(HOSTILE_NAMES.map((name, i) => [String(i), name]));
    const widget = result(
      {
        chart,
        groupBy: 'organization',
        ...(CHART_RULES[chart].breakDown === 'needed' && { breakDownBy: 'module' }),
        title: HOSTILE_NAMES[2],
      },
      hostile,
      { ...noNames, organization },
    );
    const svg = await picture.svg(toVegaLite(widget), {
      ...words,
      links: markLinks(widget, '/dashboard/items'),
    });
    expect(svg).not.toMatch(/<(script|img|image|iframe|foreignObject)/i);
    expect(svg).not.toMatch(/NaN/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML refuses them
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(svg.isWellFormed()).toBe(true);
    const links = [...svg.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/^\/dashboard\/items\?/);
    expect((await picture.png(toVegaLite(widget), { ...words, width: 600 })).length).toBeGreaterThan(1000);
  });

  test('refuses an empty spec with a reason', async () => {
    const empty = { data: { values: [] }, mark: 'bar' };
    await expect(picture.svg(empty, words)).rejects.toMatchObject({ cause: { message: /nothing to draw/ } });
  });

  test('an empty widget is a sentence', async () => {
    const svg = await picture.svg(toVegaLite(result({}, [])), words);
    expect(textsOf(svg)).toContain('No billing items to show yet');
  });
});

describe('links', () => {
  const widget = result({}, [{ amount: '1234.50' }, { module: 'graphus', amount: '5.00' }], {
    ...noNames,
    module: new Map([['datto-rmm', 'Datto RMM']]),
  });
  const draw = (links: { href: string; label: string }[]) =>
    picture.svg(toVegaLite(widget), { ...words, links });

  test('each mark leads to its rows and says what it is, once for the keyboard', async () => {
    const svg = await draw(markLinks(widget, '/dashboard/items'));
    const tags = [...svg.matchAll(/<a [^>]*>/g)].map((match) => match[0]);
    expect(tags.filter((tag) => tag.includes('data-mark="0"'))).toEqual([
      '<a href="/dashboard/items?module=datto-rmm&amp;currency=USD" data-mark="0" aria-label="Datto RMM: $1,234.50">',
      '<a href="/dashboard/items?module=datto-rmm&amp;currency=USD" data-mark="0" tabindex="-1" aria-hidden="true">',
    ]);
    expect(svg).toMatch(/^<svg [^>]*role="group"/);
    expect(svg).not.toContain('graphics-symbol');
  });

  test('a figure that is read shortened is part of what the link is called', async () => {
    const stacked = result({ chart: 'stacked-column', groupBy: 'month', breakDownBy: 'module' }, [
      { amount: '4775.52' },
    ]);
    const svg = await picture.svg(toVegaLite(stacked), { ...words, links: markLinks(stacked, '/items') });
    expect([...svg.matchAll(/aria-label="([^"]*\$[^"]*)"/g)].map((match) => match[1])).toContainEqual(
      expect.stringMatching(/: \$4,775\.52, \$4\.78k$/),
    );
  });

  test.each(['javascript:alert(1)', '//evil.test/', '/\\evil.test', 'https://evil.test/', 'items'])(
    'never leads to %s',
    async (href) => {
      expect(await draw([{ href, label: 'x' }])).not.toContain('<a ');
    },
  );
});

describe('network silence', () => {
  test.each([
    { data: { url: 'file:///etc/hostname' }, mark: 'bar', layer: undefined },
    { data: { url: 'http://127.0.0.1:9/x.json' }, mark: 'bar' },
  ])('a spec that loads %o draws nothing from there', async (spec) => {
    await expect(picture.svg(spec, words)).rejects.toThrow();
  });

  test('a javascript: link in a spec makes no link and leaves the worker alive', async () => {
    const spec = {
      data: { values: [{ text: 'x', link: 'javascript:alert(1)' }] },
      mark: 'text',
      encoding: { text: { field: 'text' }, href: { field: 'link' } },
    };
    expect(await picture.svg(spec, words)).not.toContain('<a ');
    expect(await picture.svg(toVegaLite(result({}, [{}])), words)).toContain('<svg');
  });
});

describe('png', () => {
  test('is a picture of the width asked for, with text in it', async () => {
    const spec = toVegaLite(result({ chart: 'number' }, [{ amount: '1234.50' }]), { title: false });
    const other = toVegaLite(result({ chart: 'number' }, [{ amount: '9876.50' }]), { title: false });
    const png = Buffer.from(await picture.png(spec, { ...words, width: 800 }));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(800);
    // Only the digits differ: if text were missing, the two would be one picture.
    expect(png.equals(Buffer.from(await picture.png(other, { ...words, width: 800 })))).toBe(false);
  });
});

test('a picture that takes too long is given up and the next one is drawn', async () => {
  const hasty = createPicture({ workers: 1, timeoutMs: 1 });
  const spec = toVegaLite(result({}, everyModule, catalogue));
  await expect(hasty.svg(spec, words)).rejects.toThrow('The picture "Test" took longer than 0.001 s.');
  await hasty.close();
  expect(await picture.svg(spec, words)).toContain('<svg');
});

test('a rasteriser that panics ends its worker only', async () => {
  // resvg 2.6.2 aborts its process on a half-transparent text outside the picture.
  const fatal = {
    ...{ width: 50, height: 50, autosize: 'none', data: { values: [{ text: 'x' }] } },
    mark: { type: 'text', opacity: 0.5, x: 5000, y: 20 },
    encoding: { text: { field: 'text' } },
  };
  await expect(picture.png(fatal, { ...words, width: 100 })).rejects.toThrow('could not be drawn');
  expect(await picture.svg(fatal, words)).toContain('<svg');
}, 20_000);

test('a fault inside Vega is an error, not half a picture', async () => {
  const faulty = { ...toVegaLite(result({}, [{}])) } as Record<string, unknown>;
  const proto = JSON.parse(
    JSON.stringify(faulty)
      .replaceAll('"group":"datto-rmm"', '"group":"__proto__"')
      .replaceAll('["datto-rmm"]', '["a","__proto__"]'),
  );
  await expect(picture.svg(proto, words)).rejects.toMatchObject({
    cause: { message: /Vega could not draw this/ },
  });
});

test('a broken spec rejects and harms no other', async () => {
  const broken = picture.svg({ data: { values: [{}] }, mark: { type: 'sphere' } }, words);
  const fine = picture.svg(toVegaLite(result({}, [{}])), words);
  await expect(broken).rejects.toThrow('could not be drawn');
  expect(await fine).toContain('<svg');
});
