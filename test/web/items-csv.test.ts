import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { cookieOf, sampleWeb } from './sample-web.ts';
import { BOOK, importSampleBook, putItems, sampleItem } from './sample-world.ts';

test('the export holds the rows of the filter, names disarmed and figures as figures', async () => {
  const web = await sampleWeb();
  await importSampleBook(web.core);
  const evil = '=HYPERLINK("https://evil.example","click")';
  await putItems(web.core, [
    sampleItem({ id: 'a', units: -3, amount: '-37.50', service: evil }),
    sampleItem({ id: 'b', organizationId: 'o3' }),
    sampleItem({ id: 'c', status: 'posted' }),
  ]);
  const answer = await web.get('/dashboard/items.csv?status=pending', cookieOf('viewer'));
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  const rows: Record<string, string>[] = parse(await answer.text(), { columns: true, bom: true });
  expect(rows.map((row) => row.id).sort()).toEqual(['a', 'b']);
  expect(rows.find((row) => row.id === 'a')).toMatchObject({
    service: `'${evil}`,
    units: '-3',
    amount: '-37.50',
  });
  expect(rows.find((row) => row.id === 'b')?.organization).toBe(BOOK.organizations[2]?.name);
});
