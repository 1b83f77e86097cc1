import { beforeEach, describe, expect, it } from 'vitest';
import { type IsoInstant, isoDate } from '../../../src/domain/calendar.ts';
import { call, FakeAutotask } from './fake-autotask.ts';

let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const since = '2026-11-01T00:00:00.000Z' as IsoInstant;
const read = () => autotask.psa().remote.readPosted({ since }, call());

const posted = (id: number, change: object = {}) => ({
  id,
  billingItemType: 77,
  contractID: 1,
  serviceID: 5,
  contractServiceID: 10,
  contractServiceAdjustmentID: null,
  itemDate: '2026-11-01T00:00:00Z',
  quantity: 10,
  rate: 12.5,
  extendedPrice: 125,
  totalAmount: 0,
  ourCost: 72.5,
  postedOnTime: '2026-11-03T08:30:00.023Z',
  ...change,
});

describe('posted items', () => {
  it('are asked for by the ids of this tenant’s choices', async () => {
    await read();
    expect(autotask.requests.find(({ path }) => path === 'BillingItems/query')?.body.filter).toEqual([
      { op: 'gte', field: 'postedOnTime', value: since },
      { op: 'in', field: 'billingItemType', value: [77, 78] },
    ]);
  });

  it('carry what was posted: the extended price, not the total that waits for an invoice', async () => {
    autotask.rows.BillingItems = [
      posted(1),
      posted(2, {
        billingItemType: 78,
        contractServiceAdjustmentID: 9,
        itemDate: '2026-11-16T00:00:00Z',
        quantity: -4,
        extendedPrice: -25.005,
        ourCost: null,
        postedOnTime: '2026-11-03T08:30:00Z',
      }),
      posted(3, { extendedPrice: null, rate: '4.1650', quantity: 7 }),
    ];
    expect(await read()).toEqual([
      {
        id: '1',
        contractServiceId: '10',
        kind: 'period',
        itemDate: '2026-11-01',
        units: 10,
        unitPrice: '12.50',
        amount: '125.00',
        cost: '72.50',
        postedAt: '2026-11-03T08:30:00.023Z',
      },
      {
        id: '2',
        contractServiceId: '10',
        kind: 'adjustment',
        itemDate: '2026-11-16',
        units: -4,
        unitPrice: '12.50',
        amount: '-25.01',
        postedAt: '2026-11-03T08:30:00.000Z',
      },
      expect.objectContaining({ id: '3', units: 7, unitPrice: '4.1650', amount: '29.16' }),
    ]);
  });

  it('that name contract and service only are found by them', async () => {
    autotask.rows.BillingItems = [
      posted(1, { contractServiceID: 0 }),
      posted(2, { contractServiceID: null, serviceID: 6 }),
    ];
    autotask.rows.ContractServices = [{ id: 10, contractID: 1, serviceID: 5 }];
    expect((await read()).map(({ id, contractServiceId }) => [id, contractServiceId])).toEqual([['1', '10']]);
    expect(autotask.requests.at(-1)?.body.filter).toEqual([{ op: 'in', field: 'contractID', value: [1] }]);
  });
});

describe('unit rows', () => {
  it('give the unit price only where a row’s price agrees with the contract service’s', async () => {
    autotask.rows.Companies = [
      { id: 1, companyName: 'Daily Mail', companyType: 11, isActive: true, currencyID: null },
    ];
    autotask.rows.Contracts = [
      {
        id: 1,
        companyID: 1,
        contractType: 37,
        contractPeriodType: 52,
        status: 61,
        startDate: '2026-01-01T00:00:00Z',
      },
    ];
    autotask.rows.ContractServices = [
      { id: 10, contractID: 1, serviceID: 5, internalCurrencyAdjustedPrice: 12.5 },
    ];
    const row = (id: number, price: number | null) => ({
      id,
      contractID: 1,
      serviceID: 5,
      contractServiceID: 10,
      startDate: '2026-11-01T00:00:00Z',
      endDate: '2026-11-30T00:00:00Z',
      units: 10,
      price,
      approveAndPostDate: id === 1 ? '2026-11-03T00:00:00Z' : null,
    });
    autotask.rows.ContractServiceUnits = [row(1, 12.5), row(2, 125), row(3, 99), row(4, null)];
    const { remote } = autotask.psa();
    await remote.readBook({ today: isoDate('2026-11-26') }, call());
    const rows = await remote.readUnits({ from: isoDate('2026-11-01') }, call());
    expect(rows.map(({ unitPrice, postedOn }) => [unitPrice, postedOn])).toEqual([
      ['12.50', '2026-11-03'],
      ['12.50', undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});
