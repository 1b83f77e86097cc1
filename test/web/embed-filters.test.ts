import { beforeEach, describe, expect, test } from 'vitest';
import { BEARER, type SampleWeb, sampleWeb } from './sample-web.ts';
import { importSampleBook, putItems, sampleItem } from './sample-world.ts';

let web: SampleWeb;
beforeEach(async () => {
  web = await sampleWeb();
  await importSampleBook(web.core);
  await web.send('POST', '/api/modules/datto-rmm/enable');
  await putItems(web.core, [
    sampleItem({ id: 'i1', units: 11 }),
    sampleItem({ id: 'i2', organizationId: 'o2', contractId: 'c2', contractServiceId: 'cs2', units: 7 }),
  ]);
});

const WIDGET = 'pending-by-module';
const FORMS = ['', '.svg', '.png', '.csv', '.vl.json'];

async function make(body: object): Promise<(form?: string, more?: string) => Promise<Response>> {
  const answer = await web.send('POST', '/api/embed-links', { widget: WIDGET, ...body });
  expect(answer.status).toBe(201);
  const { pathname, search } = new URL(((await answer.json()) as { url: string }).url);
  return (form = '', more = '') => web.get(`${pathname}${form}${search}${more}`, BEARER);
}

describe.each(['link', 'token'] as const)('viewers of a %s', (kind) => {
  test('filter by what the link opens, on every route; the address of each file keeps it', async () => {
    const look = await make({ kind, viewerFilters: ['organization', 'months'] });
    expect(await (await look('.csv')).text()).toContain('Datto RMM,225.00,USD');
    expect(await (await look('.csv', '&f.organization=o2')).text()).toContain('Datto RMM,87.50,USD');
    const both = await look('.csv', '&f.organization=o2&f.organization=o1&f.months=this-month');
    expect(await both.text()).toContain('Datto RMM,225.00,USD');
    expect(await (await look('.csv', '&f.months=last-month')).text()).not.toContain('225');
    const page = await (await look('', '&f.organization=o2')).text();
    expect(page).toContain('$87.50');
    expect(page).not.toContain('225.00');
    expect(page).toContain(`${WIDGET}.csv?f.organization=o2&amp;t=`);
    expect(page).toMatch(/<option value="o2" selected>/);
  });

  test('cannot filter by anything else, on any route', async () => {
    const none = await make({ kind });
    const some = await make({ kind, viewerFilters: ['service'] });
    for (const form of FORMS)
      for (const [look, more] of [
        [none, '&f.organization=o2'],
        [some, '&f.organization=o2'],
        [some, '&f.minAmount=1'],
        [some, '&f.__proto__=x'],
      ] as const) {
        const answer = await look(form, more);
        expect([form, more, answer.status]).toEqual([form, more, 403]);
        expect(await answer.text()).not.toMatch(/87\.5|225/);
      }
    expect(await (await none()).text()).not.toContain('data-filter');
  });

  test('cannot widen or move what is locked, nor learn from a list who else there is', async () => {
    const locked = await make({
      ...{ kind, filters: { organization: ['o2'] } },
      viewerFilters: ['organization', 'service', 'module'],
    });
    for (const form of FORMS) expect((await locked(form, '&f.organization=o1')).status).toBe(403);
    const page = await (await locked()).text();
    expect(page).not.toContain('filter-organization');
    expect(page).toContain('filter-service');
    expect(page).not.toContain('Daily Mail');
    // A locked month stays locked as well, whatever else is open.
    const month = await make({ kind, filters: { months: '2026-11' }, viewerFilters: ['months'] });
    expect((await month('.csv', '&f.months=last-12-months')).status).toBe(403);
  });

  test('a hidden grouping by module cannot be had through a filter', async () => {
    const look = await make({
      ...{ kind, widget: 'top-organizations', capabilities: { modules: false } },
      viewerFilters: ['module', 'organization'],
    });
    expect((await look('.csv', '&f.module=datto-rmm')).status).toBe(403);
    expect(await (await look()).text()).not.toContain('filter-module');
  });

  test('nonsense is refused in words', async () => {
    const look = await make({ kind, viewerFilters: ['module', 'months'] });
    for (const more of ['&f.module=', '&f.months=2026-11', '&f.months=<script>']) {
      const answer = await look('.csv', more);
      expect([more, answer.status]).toEqual([more, 400]);
      expect(await answer.text()).toContain('not understood');
    }
  });

  test('a service with a hostile name is a choice like any other', async () => {
    const service = '"><img src=x onerror=alert(1)></select><script>1</script>';
    await putItems(web.core, [{ ...sampleItem({ id: 'i3', units: 1 }), service }]);
    const look = await make({ kind, viewerFilters: ['service'] });
    const page = await (await look()).text();
    expect(page).toContain('value="&quot;&gt;&lt;img src=x');
    expect(page).not.toMatch(/<img src=x|<script>1/);
    const csv = await (await look('.csv', `&f.service=${encodeURIComponent(service)}`)).text();
    expect(csv).toContain('Datto RMM,12.50,USD');
    const again = await (await look('', `&f.service=${encodeURIComponent(service)}`)).text();
    expect(again).not.toMatch(/<img src=x|<script>1/);
  });
});
