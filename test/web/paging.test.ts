import { expect, test } from 'vitest';
import { z } from 'zod';
import { SYSTEM } from '../../src/domain/actor.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { type SampleWeb, sampleWeb } from './sample-web.ts';
import { putItems, sampleItem } from './sample-world.ts';

const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

async function walk(web: SampleWeb, path: string, between?: () => Promise<unknown>): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = Page.parse(await (await web.get(`${path}${query}`)).json());
    pages.push(page.items.map((item) => item.id));
    cursor = page.nextCursor;
    await between?.();
  } while (cursor);
  return pages;
}

const organization = (id: string, name: string) => ({ id, name, type: 'customer', active: true });

test('pages of organizations join to the whole list, also when one comes in between', async () => {
  const web = await sampleWeb();
  const organizations = Array.from({ length: 25 }, (_, at) =>
    organization(`o${at}`, `Name ${String(at).padStart(2, '0')}`),
  );
  await importBook(web.core, { by: SYSTEM, book: { organizations } });
  const pages = await walk(web, '/api/organizations?limit=10');
  expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(pages.flat()).toEqual(organizations.map((each) => each.id));

  let at = 0;
  const intruder = () =>
    importBook(web.core, { by: SYSTEM, book: { organizations: [organization(`new${++at}`, `AAA ${at}`)] } });
  expect((await walk(web, '/api/organizations?limit=10', intruder)).flat()).toEqual(
    organizations.map((each) => each.id),
  );
});

test('pages of billing items hold every item once, newest period first', async () => {
  const web = await sampleWeb();
  const ids = Array.from({ length: 12 }, (_, at) => `i${String(at).padStart(2, '0')}`);
  await putItems(
    web.core,
    ids.map((id, at) => sampleItem({ id, month: at % 2 ? '2026-11' : '2026-10' })),
  );
  const pages = await walk(web, '/api/billing-items?limit=5');
  expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
  expect(pages.flat().toSorted()).toEqual(ids);
  expect(
    pages
      .flat()
      .slice(0, 6)
      .every((id) => Number(id.slice(1)) % 2 === 1),
  ).toBe(true);
});
