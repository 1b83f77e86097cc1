import { describe, expect, it } from 'vitest';
import { open } from './opened.ts';

const ALL = [{ op: 'gte', field: 'id', value: 0 }];
type Row = Record<string, unknown>;

describe('the zone', () => {
  it('is told without keys, by the user in any case', async () => {
    const { apiUrl, url, user } = await open();
    const answer = await fetch(
      `${apiUrl.toLowerCase()}v1.0/ZONEinformation?User=${encodeURIComponent(user.toUpperCase())}`,
    );
    expect(await answer.json()).toEqual({
      zoneName: 'America East 3',
      url: apiUrl,
      webUrl: `${url}/`,
      ci: 0,
    });
  });

  it.each(['', '?user=', '?user=nobody%40msp.example'])(
    'of nobody (%s) is a 500 with errors',
    async (query) => {
      const { apiUrl } = await open();
      const answer = await fetch(`${apiUrl}V1.0/zoneInformation${query}`);
      expect([answer.status, await answer.json()]).toEqual([500, { errors: [expect.any(String)] }]);
    },
  );
});

describe('keys', () => {
  it.each([
    [{ UserName: 'somebody' }, 401],
    [{ Secret: 'guessed' }, 401],
    [{ ApiIntegrationCode: 'guessed' }, 401],
  ])('%o is answered %i', async (headers, status) => {
    const { call } = await open();
    expect((await call('GET', 'Version', undefined, headers)).status).toBe(status);
  });

  it('an unknown code is a 500 by choice', async () => {
    const { call, setFaults } = await open();
    setFaults({ wrongCodeStatus: 500 });
    const answer = await call('GET', 'Version', undefined, { ApiIntegrationCode: 'guessed' });
    expect([answer.status, answer.body.errors]).toEqual([500, [expect.any(String)]]);
  });
});

describe('versions and the threshold', () => {
  it('answer', async () => {
    const { call, apiUrl } = await open({ threshold: 500 });
    expect(await (await fetch(`${apiUrl}VersionInformation`)).json()).toEqual({ apiVersions: ['1.0'] });
    expect((await call('GET', 'version')).body).toMatchObject({ majorVersion: expect.any(String) });
    expect((await call('GET', 'ThresholdInformation')).body).toEqual({
      externalRequestThreshold: 500,
      requestThresholdTimeframe: 60,
      currentTimeframeRequestCount: 2,
    });
  });
});

describe('paths', () => {
  it.each([
    ['GET', 'Tickets/query', 404],
    ['GET', 'Companies', 405],
    ['DELETE', 'Companies/174', 405],
    ['PATCH', 'Companies/174', 405],
    ['POST', 'ContractServices', 404],
    ['POST', 'ContractServiceUnits', 404],
    ['GET', 'ContractServiceAdjustments/query', 404],
    ['GET', 'Contracts/900/ServiceAdjustments', 405],
    ['POST', 'Contracts/900/ServiceUnits', 405],
    ['POST', 'BillingItems', 405],
    ['GET', 'contracts/900/servicebundleunits', 200],
    ['GET', 'CONTRACTSERVICEUNITS/ENTITYINFORMATION/FIELDS', 200],
  ])('%s %s is answered %i', async (method, path, status) => {
    const { call } = await open();
    const answer = await call(method, path, method === 'POST' ? {} : undefined);
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.body.Message).toContain(method);
  });
});

describe('reading', () => {
  it('gives one record, and null or 404 for none', async () => {
    const { call, setFaults } = await open();
    expect((await call('GET', 'Contracts/901')).body.item).toMatchObject({
      id: 901,
      contractName: 'Managed',
      startDate: '2026-08-31T00:00:00Z',
      contractNumber: null,
      purchaseOrderNumber: '',
      userDefinedFields: [{ name: 'Bonus', value: null }],
    });
    const none = await call('GET', 'Contracts/1');
    expect([none.status, none.body]).toEqual([200, { item: null }]);
    setFaults({ missingItemStatus: 404 });
    expect((await call('GET', 'Contracts/1')).status).toBe(404);
  });

  it('gives children below their parent only', async () => {
    const { call } = await open();
    const { body } = await call('GET', 'Contracts/900/Services');
    expect(body.items.map((one: Row) => one.id)).toEqual([800, 801]);
    expect((await call('GET', 'Contracts/900/Services/800')).body.item.serviceID).toBe(50);
    expect((await call('GET', 'Contracts/900/Services/802')).body.item).toBeNull();
    expect((await call('GET', 'Contracts/900/ServiceBundles')).body.items).toEqual([]);
  });

  it('asks by POST or by an address, counts, and leaves fields out', async () => {
    const { call, query } = await open();
    const filter = [{ op: 'eq', field: 'companyID', value: 174 }];
    const search = `?search=${encodeURIComponent(JSON.stringify({ filter, includeFields: ['ID'] }))}`;
    expect((await call('GET', `Contracts/query${search}`)).body.items).toEqual(
      [900, 902, 903, 904].map((id) => ({ id })),
    );
    expect((await query('Contracts', filter)).body.items).toHaveLength(4);
    expect((await call('POST', 'Contracts/query/count', { filter })).body).toEqual({ queryCount: 4 });
    expect((await call('GET', `Contracts/query/count${search}`)).body).toEqual({ queryCount: 4 });
  });
});

describe('pages', () => {
  it('go by id in steps, there and back, by POST and by GET', async () => {
    const { query, call, apiUrl } = await open();
    const first = await query('Companies', ALL, { maxRecords: 2 });
    const { pageDetails } = first.body;
    expect(pageDetails).toMatchObject({ count: 2, requestCount: 2, prevPageUrl: null });
    expect(pageDetails.nextPageUrl.startsWith(`${apiUrl}V1.0/Companies/query/next?`)).toBe(true);
    const idsOf = (answer: typeof first) => answer.body.items.map((one: Row) => one.id);
    const second = await call('POST', pageDetails.nextPageUrl, { filter: ALL, maxRecords: 2 });
    const third = await call('GET', second.body.pageDetails.nextPageUrl);
    expect([first, second, third].map(idsOf)).toEqual([[0, 174], [175, 176], [177]]);
    expect(third.body.pageDetails).toMatchObject({ count: 1, nextPageUrl: null });
    expect(idsOf(await call('GET', third.body.pageDetails.prevPageUrl))).toEqual([175, 176]);
  });

  it('do not show what was added since the first', async () => {
    const { query, call, world } = await open();
    const first = await query('Companies', ALL, { maxRecords: 4 });
    const company = { companyName: 'New', companyType: 1, phone: '1', ownerResourceID: 29_682_885 };
    expect((await call('POST', 'Companies', company)).body.itemId).toBeGreaterThan(177);
    world.tables.remove('Companies', 177);
    expect((await call('POST', first.body.pageDetails.nextPageUrl, {})).body).toMatchObject({
      items: [],
      pageDetails: { nextPageUrl: null },
    });
  });
});

describe('metadata', () => {
  it('has rights, fields and user-defined fields', async () => {
    const { call } = await open();
    expect((await call('GET', 'Contracts/entityInformation')).body.info).toMatchObject({
      name: 'Contract',
      canCreate: true,
      canDelete: false,
      userAccessForDelete: 'None',
    });
    const { fields } = (await call('GET', 'Companies/entityInformation/fields')).body;
    const type = fields.find((field: Row) => field.name === 'companyType');
    expect(type).toMatchObject({ dataType: 'integer', isRequired: true, isPickList: true });
    expect(type.picklistValues[3]).toMatchObject({ value: '4', label: 'Dead', isSystem: true });
    const udfs = (await call('GET', 'Companies/entityInformation/userDefinedFields')).body.fields;
    expect(udfs.map((field: Row) => field.name)).toEqual(['Support Tier', 'Account Code']);
  });

  it('numbers its lists otherwise with each seed, labels and records staying true', async () => {
    const monthly = async (seed: number) => {
      const { call } = await open({ seed });
      const { fields } = (await call('GET', 'Contracts/entityInformation/fields')).body;
      const list = fields.find((field: Row) => field.name === 'contractPeriodType').picklistValues;
      const { value } = list.find((entry: Row) => entry.label === 'Monthly');
      const { item } = (await call('GET', 'Contracts/900')).body;
      expect(String(item.contractPeriodType)).toBe(value);
      return value;
    };
    expect(new Set(await Promise.all([1, 2, 3].map(monthly))).size).toBe(3);
  });
});

describe('writing', () => {
  const company = { companyName: 'New', companyType: 1, phone: '1', ownerResourceID: 29_682_885 };

  it('creates, changes what is given, and empties the rest with PUT', async () => {
    const { call } = await open();
    const { itemId } = (await call('POST', 'Companies', { ...company, City: 'Lyon', createDate: 'x' })).body;
    const item = async () => (await call('GET', `Companies/${itemId}`)).body.item;
    expect(await item()).toMatchObject({ companyName: 'New', city: 'Lyon', isActive: true });
    expect((await call('PATCH', 'Companies', { id: itemId, fax: '2' })).body).toEqual({ itemId });
    expect(await item()).toMatchObject({ city: 'Lyon', fax: '2' });
    const tier = { userDefinedFields: [{ name: 'Support Tier', value: 'Gold' }] };
    await call('PUT', 'Companies', { ...company, id: itemId, fax: '3', ...tier });
    expect(await item()).toMatchObject({ city: '', fax: '3', isActive: null });
    expect((await item()).userDefinedFields[0]).toEqual({ name: 'Support Tier', value: 'Gold' });
  });

  it.each([
    ['POST', 'Companies', {}, ['companyName', 'companyType', 'ownerResourceID', 'phone'].map(missing)],
    ['POST', 'Companies', { ...company, phone: '' }, [missing('phone')]],
    [
      'POST',
      'Companies',
      { ...company, companyType: 5, companyName: 'x'.repeat(101), parentCompanyID: 9 },
      [
        'The value 5 is not a valid picklist value for field companyType.',
        'The value for field companyName exceeds the maximum length of 100.',
        'Reference value on field: parentCompanyID of type: Company does not exist or is invalid.',
      ],
    ],
    [
      'PATCH',
      'Contracts',
      { id: 900, companyID: 175 },
      ['The field companyID is read-only and cannot be updated.'],
    ],
    ['PATCH', 'Contracts', { id: 900, contractName: null }, [missing('contractName')]],
    [
      'PATCH',
      'Contracts',
      { id: 1, contractName: 'x' },
      [expect.stringContaining('No matching records found')],
    ],
    ['POST', 'Contracts/903/Services', { serviceID: 50 }, [expect.stringContaining('Recurring Service')]],
    [
      'POST',
      'Contracts/900/Services',
      { serviceID: 9 },
      [expect.stringContaining('serviceID of type: Service')],
    ],
  ])('%s %s is refused with all that is wrong', async (method, path, body, errors) => {
    const { call } = await open();
    const answer = await call(method, path, body);
    expect(answer.status).toBe(500);
    expect(answer.body.errors.toSorted()).toEqual(errors.toSorted());
  });

  it('wants a period of a recurring contract, and gives its new service no units', async () => {
    const { call, world, unitsOf } = await open();
    const contract = {
      companyID: 174,
      contractName: 'New',
      contractType: 7,
      status: 1,
      startDate: '2026-11-01',
      endDate: '2027-10-31',
      timeReportingRequiresStartAndStopTimes: 0,
    };
    expect((await call('POST', 'Contracts', contract)).body).toEqual({
      errors: [missing('contractPeriodType')],
    });
    const contractPeriodType = world.lists.contractPeriodType?.[0]?.value;
    const { itemId } = (await call('POST', 'Contracts', { ...contract, contractPeriodType })).body;
    const service = (await call('POST', `Contracts/${itemId}/Services`, { serviceID: 50 })).body.itemId;
    expect(unitsOf(service)).toEqual(['2026-11-01 2026-11-30 0']);
  });

  it('changes the price paid by a field that is never shown', async () => {
    const { call, unitsOf, world } = await open();
    expect((await call('PATCH', 'Contracts/900/Services', { id: 800, adjustedPrice: 13.1 })).body).toEqual({
      itemId: 800,
    });
    const { item } = (await call('GET', 'ContractServices/800')).body;
    expect(item).toMatchObject({ unitPrice: 15, internalCurrencyAdjustedPrice: 13.1 });
    expect(item).not.toHaveProperty('adjustedPrice');
    expect(world.ledger.rowsOf(800).map((row) => row.price)).toEqual([12.5, 12.5, 13.1]);
    expect(unitsOf(800)).toHaveLength(3);
  });

  it('stamps a billing item as taken over, and nothing else of it', async () => {
    const { call, world } = await open();
    const id = world.tables.rows('BillingItems').find((item) => item.contractServiceID === 800)?.id;
    await call('PATCH', 'BillingItems', { id, webServiceDate: '2026-11-26T09:00:00Z', quantity: 99 });
    expect((await call('GET', `BillingItems/${id}`)).body.item).toMatchObject({
      webServiceDate: '2026-11-26T09:00:00.000Z',
      quantity: 10,
    });
  });
});

function missing(field: string): string {
  return `Missing Required Field: ${field}.`;
}
