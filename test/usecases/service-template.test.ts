import { expect, test } from 'vitest';
import { importBook } from '../../src/usecases/import-book.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { serviceTemplate, templateDecisions } from '../../src/usecases/service-template.ts';
import { undoChange } from '../../src/usecases/undo-change.ts';
import { ADA, BOB, BOOK, Office, refusal } from './office.ts';

const SERVER = { billingType: 'Server' };

/** Daily Mail's c1: all devices on Desktop Monitoring, servers on Server Monitoring. */
async function templated(): Promise<Office> {
  const office = await Office.ready();
  await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
  await office.mapService({ ...SERVER, contractId: 'c1', contractServiceId: 's1b', unitRule: 'next-period' });
  return office;
}

/** A line for each row on each contract. */
async function told(office: Office, picked?: (id: string) => boolean): Promise<string[]> {
  const { targets } = await serviceTemplate(office.core, 'c1', picked);
  return targets.flatMap(({ contract, lines }) =>
    lines.map((line) => {
      const said = line.outcome === 'left-out' ? `: ${line.because}` : '';
      const rule =
        line.outcome === 'map' ? ` ${line.mapping.contractServiceId} ${line.mapping.unitRule}` : '';
      return `${contract.id} ${line.row.label} ${line.outcome}${rule}${said}`;
    }),
  );
}

const about = async (office: Office, start: string) =>
  (await told(office)).find((line) => line.startsWith(start));

test('contracts that hold a service of the same name, each looked at by itself', async () => {
  expect(await told(await templated())).toEqual([
    'c2 All devices map s2 prorate-daily',
    'c2 Servers left-out: there is no service “Server Monitoring”',
    'c2b All devices map s2b prorate-daily',
    'c2b Servers left-out: there is no service “Server Monitoring”',
  ]);
});

test.each([
  ['on another service', { contractServiceId: 's2x' }, 'left-out: it is on “Printer Care” there'],
  ['ignored', { ignore: true }, 'left-out: it is ignored there'],
  ['the same', { contractServiceId: 's2' }, undefined],
  ['another rule', { contractServiceId: 's2', unitRule: 'peak' }, 'map s2 prorate-daily'],
])('what is decided there already: %s', async (_, decided, outcome) => {
  const office = await templated();
  const printer = { id: 's2x', contractId: 'c2', service: 'Printer Care', unitPrice: '3', currency: 'USD' };
  await importBook(office.core, {
    by: ADA,
    book: { ...BOOK, contractServices: [...BOOK.contractServices, printer] },
  });
  await office.mapService({ contractId: 'c2', ...decided });
  const line = await about(office, 'c2 All');
  expect(line).toBe(outcome ? `c2 All devices ${outcome}` : 'c2 All devices same');
});

test.each([
  ['the name in another case', 's2', 'c2 All devices map s2 prorate-daily'],
  ['two services of the name', 'x1', 'c2 All devices left-out: there are 2 services “Desktop Monitoring”'],
])('%s', async (_, id, outcome) => {
  const office = await templated();
  const service = { id, contractId: 'c2', service: 'DESKTOP Monitoring', unitPrice: '3', currency: 'USD' };
  const others = BOOK.contractServices.filter((each) => each.id !== id);
  await importBook(office.core, { by: ADA, book: { ...BOOK, contractServices: [...others, service] } });
  expect(await about(office, 'c2 All')).toBe(outcome);
});

test('picked together: the second contract of one organization would bill the same usage twice', async () => {
  expect(await told(await templated(), (id) => id.startsWith('c2'))).toEqual([
    'c2 All devices map s2 prorate-daily',
    'c2 Servers left-out: there is no service “Server Monitoring”',
    expect.stringMatching(
      /^c2b All devices left-out: .* would be billed on "Contract c2" and "Contract c2b"/,
    ),
    'c2b Servers left-out: there is no service “Server Monitoring”',
  ]);
});

test('an organization that is not mapped to the module', async () => {
  const office = await Office.mapped();
  expect(await told(office)).toContain(
    'c2 All devices left-out: the organization is not mapped to Datto RMM',
  );
});

test('a minimum agreed there stays; the rules come from the template', async () => {
  const office = await templated();
  await office.mapService({ contractId: 'c2', contractServiceId: 's2', unitRule: 'next-period', minimum: 5 });
  const { targets } = await serviceTemplate(office.core, 'c1', (id) => id === 'c2');
  expect(templateDecisions(targets)).toMatchObject([
    { contractId: 'c2', contractServiceId: 's2', unitRule: 'prorate-daily', minimum: 5, expect: 's2' },
  ]);
});

test('saved in one commit, twice the same changes nothing, and it is taken back at once', async () => {
  const office = await templated();
  const { targets } = await serviceTemplate(office.core, 'c1', (id) => id === 'c2');
  const mappings = templateDecisions(targets);
  const before = await office.list('serviceMappings');
  const { changed, change } = await mapBillingTypes(office.core, { by: ADA, mappings });
  expect(changed).toBe(1);
  expect(await told(office, (id) => id === 'c2')).toContain('c2 All devices same');
  expect((await mapBillingTypes(office.core, { by: ADA, mappings })).changed).toBe(0);
  await undoChange(office.core, { by: ADA, change: change ?? '' });
  expect(await office.list('serviceMappings')).toEqual(before);
});

test('what somebody decided meanwhile is not overruled', async () => {
  const office = await templated();
  const { targets } = await serviceTemplate(office.core, 'c1', (id) => id === 'c2');
  await mapBillingTypes(office.core, {
    by: BOB,
    mappings: [{ contractId: 'c2', module: 'datto-rmm', billingType: 'AllDevicesMetric', ignore: true }],
  });
  const refused = await refusal(
    mapBillingTypes(office.core, { by: ADA, mappings: templateDecisions(targets) }),
  );
  expect(refused).toMatchObject({ code: 'conflict', message: expect.stringContaining('meanwhile') });
});

test('a contract that is not there', async () => {
  expect(await refusal(serviceTemplate((await templated()).core, 'nope'))).toMatchObject({
    code: 'unknown-contract',
  });
});
