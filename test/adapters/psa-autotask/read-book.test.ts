import { beforeEach, expect, it } from 'vitest';
import { isoDate } from '../../../src/domain/calendar.ts';
import { call, errors, FakeAutotask } from './fake-autotask.ts';

const today = isoDate('2026-11-26');
let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const company = (id: number, change: object = {}) => ({
  id,
  companyName: `Company ${id}`,
  companyType: 11,
  isActive: true,
  parentCompanyID: null,
  currencyID: null,
  createDate: '2024-01-01T09:00:00Z',
  lastTrackedModifiedDateTime: '2026-11-01T12:00:00.500Z',
  ...change,
});

const contract = (id: number, change: object = {}) => ({
  id,
  companyID: 1,
  contractName: 'Managed services',
  contractType: 37,
  contractPeriodType: 52,
  status: 61,
  startDate: '2026-01-31T00:00:00Z',
  endDate: '2026-12-31T00:00:00Z',
  ...change,
});

const service = (id: number, change: Record<string, unknown> = {}) => ({
  id,
  contractID: 1,
  serviceID: 5,
  invoiceDescription: null,
  unitPrice: 15,
  unitCost: 4.5,
  internalCurrencyUnitPrice: 15,
  internalCurrencyAdjustedPrice: 12.5,
  ...change,
});

const units = (id: number, contractServiceID: number | null, count: number, change: object = {}) => ({
  id,
  contractID: 1,
  serviceID: 5,
  contractServiceID,
  startDate: '2026-11-01T00:00:00Z',
  endDate: '2026-11-30T00:00:00Z',
  units: count,
  price: 12.5,
  approveAndPostDate: null,
  ...change,
});

it('gives organizations, contracts and services in the words of the domain', async () => {
  autotask.rows.Companies = [
    company(0, { companyName: 'The MSP itself' }),
    company(1, { companyName: ' Daily Mail ' }),
    company(2, { companyType: 14, parentCompanyID: 1 }),
    company(3, { companyType: 17, isActive: false, companyName: '' }),
  ];
  autotask.rows.Contracts = [
    contract(1),
    contract(2, { contractType: 31, contractPeriodType: null, status: 60 }),
  ];
  autotask.rows.Services = [{ id: 5, name: 'Desktop Monitoring' }];
  autotask.rows.ContractServices = [service(10), service(11, { serviceID: 6, invoiceDescription: 'Backup' })];
  autotask.rows.ContractServiceUnits = [
    units(100, 10, 8, { endDate: '2026-11-19T00:00:00Z' }),
    units(101, 10, 14, { startDate: '2026-11-20T00:00:00Z' }),
  ];
  expect(await autotask.psa().remote.readBook({ today }, call())).toEqual({
    organizations: [
      { id: '0', name: 'The MSP itself', type: 'customer', active: true },
      { id: '1', name: 'Daily Mail', type: 'customer', active: true },
      { id: '2', name: 'Company 2', type: 'dead', active: true, parentId: '1' },
      { id: '3', name: 'Company 3', type: 'vendor', active: false },
    ],
    allOrganizations: true,
    contracts: [
      {
        id: '1',
        organizationId: '1',
        name: 'Managed services',
        type: 'recurring-service',
        periodType: 'monthly',
        status: 'active',
        startDate: '2026-01-31',
        endDate: '2026-12-31',
      },
      expect.objectContaining({
        id: '2',
        type: 'time-and-materials',
        periodType: 'monthly',
        status: 'inactive',
      }),
    ],
    contractServices: [
      {
        id: '10',
        contractId: '1',
        service: 'Desktop Monitoring',
        unitPrice: '12.50',
        unitCost: '4.50',
        currency: 'USD',
        units: 14,
      },
      expect.objectContaining({ id: '11', service: 'Backup', units: 0 }),
    ],
    leftOut: [],
    bookmark: '2026-11-01T12:00:00.5Z',
  });
});

it('asks for as few pages as there are, for the fields it needs, and for the rows of the day only', async () => {
  await autotask.psa().remote.readBook({ today }, call());
  expect(autotask.paths().toSorted()).toEqual([
    'Companies/entityInformation/fields',
    'Companies/query',
    'ContractServiceUnits/query',
    'ContractServices/query',
    'Contracts/entityInformation/fields',
    'Contracts/query',
    'Services/query',
    'ThresholdInformation',
    'zoneInformation',
  ]);
  const asked = autotask.requests.find(({ path }) => path === 'ContractServiceUnits/query');
  expect(asked?.body).toMatchObject({
    filter: [
      { op: 'lte', field: 'startDate', value: today },
      { op: 'gte', field: 'endDate', value: today },
    ],
    maxRecords: 500,
  });
  expect(asked?.body.includeFields).toEqual(expect.arrayContaining(['id', 'contractServiceID', 'units']));
  expect(asked?.headers.get('ApiIntegrationCode')).toBe('CODE');
  expect(autotask.requests[0]?.headers.get('Secret')).toBeNull();
});

it('keeps every digit of a price, and takes the one agreed on', async () => {
  autotask.rows.Companies = [company(1)];
  autotask.rows.Contracts = [contract(1)];
  autotask.rows.ContractServices = [
    '{"id":10,"contractID":1,"serviceID":5,"unitPrice":20.0000,"internalCurrencyUnitPrice":20.0000,"internalCurrencyAdjustedPrice":386.6450}',
    '{"id":11,"contractID":1,"serviceID":6,"unitPrice":0.1,"internalCurrencyUnitPrice":0.1,"internalCurrencyAdjustedPrice":null}',
  ];
  const { contractServices } = await autotask.psa().remote.readBook({ today }, call());
  expect(contractServices.map(({ unitPrice }) => unitPrice)).toEqual(['386.6450', '0.10']);
});

it('bills a customer in another currency at the rate between the two catalogue prices', async () => {
  autotask.rows.Companies = [
    company(1, { currencyID: 2 }),
    company(2, { currencyID: 9 }),
    company(3, { currencyID: 1 }),
  ];
  autotask.rows.Currencies = [
    { id: 1, name: 'USD', isInternalCurrency: true },
    { id: 2, name: 'EUR', isInternalCurrency: false },
  ];
  autotask.rows.Contracts = [contract(1), contract(2, { companyID: 2 }), contract(3, { companyID: 3 })];
  autotask.rows.ContractServices = [
    service(10, { unitPrice: 8, internalCurrencyUnitPrice: 10, internalCurrencyAdjustedPrice: 12.5 }),
    service(11, { unitPrice: 0, internalCurrencyUnitPrice: 0 }),
    service(12, { contractID: 2 }),
    service(13, { contractID: 3 }),
  ];
  const { contractServices, leftOut } = await autotask.psa().remote.readBook({ today }, call());
  expect(contractServices.map(({ id, unitPrice, currency }) => [id, unitPrice, currency])).toEqual([
    ['10', '10.00', 'EUR'],
    ['13', '12.50', 'USD'],
  ]);
  expect(leftOut).toEqual([
    { kind: 'contract-service', id: '11', because: 'Autotask gives it no unit price in EUR' },
    { kind: 'contract-service', id: '12', because: 'the currency of its organization is not known' },
  ]);
});

it('leaves out what it has no honest word for, and says so', async () => {
  autotask.rows.Companies = [company(1, { companyType: 99 })];
  autotask.rows.Contracts = [
    contract(1, { contractType: 39 }),
    contract(2, { contractPeriodType: null }),
    contract(3, { endDate: '2025-12-31T00:00:00Z' }),
  ];
  const book = await autotask.psa().remote.readBook({ today }, call());
  expect([book.organizations, book.contracts]).toEqual([[], []]);
  expect(book.leftOut?.map(({ id, because }) => `${id}: ${because}`)).toEqual([
    '1: its company type is 99, which icb does not know',
    '1: its contract type is “Legacy”, which icb does not know',
    '2: its period type is not set, which icb does not know',
    '3: it ends on 2025-12-31, before it starts on 2026-01-31',
  ]);
});

it('reads only companies changed since the bookmark, by Autotask’s own clock', async () => {
  autotask.rows.Companies = [company(1)];
  const { remote } = autotask.psa();
  const { bookmark } = await remote.readBook({ today }, call());
  autotask.rows.Companies = [];
  autotask.requests.length = 0;
  const book = await remote.readBook({ today, since: bookmark }, call());
  expect(book).toMatchObject({ organizations: [], allOrganizations: false, bookmark });
  expect(autotask.requests.find(({ path }) => path === 'Companies/query')?.body.filter).toEqual([
    {
      op: 'or',
      items: [
        { op: 'gte', field: 'lastTrackedModifiedDateTime', value: '2026-11-01T11:00:00.5Z' },
        { op: 'gte', field: 'createDate', value: '2026-11-01T11:00:00.5Z' },
      ],
    },
  ]);
  expect(autotask.paths().filter((path) => path.includes('entityInformation'))).toEqual([]);
});

it('reads all companies again in a new process: their currencies are not kept', async () => {
  const book = await autotask.psa().remote.readBook({ today, since: '2026-11-01T12:00:00Z' }, call());
  expect(book.allOrganizations).toBe(true);
});

it('asks anew for the choices of picklists after a day', async () => {
  const { remote } = autotask.psa();
  await remote.readBook({ today }, call());
  autotask.nowMs += 25 * 3_600_000;
  await remote.readBook({ today }, call());
  expect(autotask.paths().filter((path) => path === 'Contracts/entityInformation/fields')).toHaveLength(2);
});

it('names the choice that is missing', async () => {
  autotask.answer = ({ path }) =>
    path === 'Companies/entityInformation/fields'
      ? Response.json({ fields: [{ name: 'companyType', picklistValues: [] }] })
      : undefined;
  await expect(autotask.psa().remote.readBook({ today }, call())).rejects.toMatchObject({
    code: 'psa-refused',
    message: expect.stringContaining('Companies.companyType has no “Customer”'),
  });
});

it('finds the contract service of a row that names contract and service only', async () => {
  autotask.rows.Companies = [company(1)];
  autotask.rows.Contracts = [contract(1)];
  autotask.rows.ContractServices = [
    service(10),
    service(11, { serviceID: 6 }),
    service(12, { serviceID: 6 }),
  ];
  autotask.rows.ContractServiceUnits = [units(100, null, 3), units(101, null, 4, { serviceID: 6 })];
  const { contractServices } = await autotask.psa().remote.readBook({ today }, call());
  expect(contractServices.map(({ units: count }) => count)).toEqual([3, 0, 0]);
});

it('stops the other lists when one fails', async () => {
  let aborted = 0;
  autotask.answer = ({ path, signal }) => {
    if (path === 'Contracts/query') return errors(500, 'You may not do this.');
    if (path === 'ContractServices/query') {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(signal.reason);
        });
      });
    }
    return undefined;
  };
  await expect(autotask.psa().remote.readBook({ today }, call())).rejects.toMatchObject({
    code: 'psa-refused',
    message: 'Autotask refused Contracts, page 1: You may not do this.',
  });
  await expect.poll(() => aborted).toBe(1);
});

it('says that it was stopped', async () => {
  const stop = new AbortController();
  autotask.answer = ({ path }) => {
    if (path === 'Services/query') stop.abort();
    return undefined;
  };
  await expect(
    autotask.psa().remote.readBook({ today }, call({ signal: stop.signal })),
  ).rejects.toMatchObject({
    code: 'psa-unavailable',
    message: expect.stringContaining('stopped before it was complete'),
  });
});
