import { expect, test } from 'vitest';
import { createSvgCache } from '../../src/render/cached-picture.ts';

test('draws once per key, also for those who ask at the same time', async () => {
  const cache = createSvgCache();
  let drawn = 0;
  const draw = async () => `<svg>${++drawn}</svg>`;
  const [first, second] = await Promise.all([cache.get('a', draw), cache.get('a', draw)]);
  expect(first).toEqual(second);
  expect((await cache.get('b', draw)).svg).toBe('<svg>2</svg>');
});

test('the etag is quoted and follows the picture', async () => {
  const cache = createSvgCache();
  const one = await cache.get('a', async () => 'one');
  const two = await cache.get('b', async () => 'two');
  expect(one.etag).toMatch(/^"[\w-]{22}"$/);
  expect(one.etag).not.toBe(two.etag);
});

test('forgets the least recently used', async () => {
  const cache = createSvgCache(2);
  const drawn: string[] = [];
  const get = (key: string) =>
    cache.get(key, async () => {
      drawn.push(key);
      return key;
    });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
  expect(drawn).toEqual(['a', 'b', 'c', 'b']);
});

test('a failed drawing is tried again', async () => {
  const cache = createSvgCache();
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect((await cache.get('a', async () => 'yes')).svg).toBe('yes');
});
