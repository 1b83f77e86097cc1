import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../../src/simulators/autotask/billing/adjust.ts';
import { open } from './opened.ts';

const CHANGE = { contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 4 };

describe('an adjustment', () => {
  it('splits the open period at its day, tells no id, and carries forward as time passes', async () => {
    const { adjust, unitsOf, adjustments, advance, query } = await open();
    expect(unitsOf(800)).toEqual([
      '2026-09-15 2026-10-14 10 posted',
      '2026-10-15 2026-11-14 10 posted',
      '2026-11-15 2026-12-14 10',
    ]);
    const answer = await adjust({ ...CHANGE, effectiveDate: '2026-11-24T23:59:00-05:00' });
    expect([answer.status, answer.text]).toEqual([200, '{"itemId":null}']);
    expect(unitsOf(800).slice(2)).toEqual(['2026-11-15 2026-11-23 10', '2026-11-24 2026-12-14 14']);
    expect(adjustments).toEqual([
      { contractServiceId: 800, effectiveDate: '2026-11-24', unitChange: 4, committed: true },
    ]);
    advance(21 * 86_400_000);
    const rows = await query('ContractServiceUnits', [
      { op: 'eq', field: 'contractServiceID', value: 800 },
      { op: 'gte', field: 'startDate', value: '2026-12-01' },
    ]);
    expect(rows.body.items).toMatchObject([
      {
        startDate: '2026-12-15T00:00:00Z',
        endDate: '2026-12-31T00:00:00Z',
        units: 14,
        price: 12.5,
        approveAndPostDate: null,
      },
    ]);
  });

  it('on the first day of a period changes all of it', async () => {
    const { adjust, unitsOf } = await open();
    await adjust({ ...CHANGE, effectiveDate: '2026-11-15' });
    expect(unitsOf(800).slice(2)).toEqual(['2026-11-15 2026-12-14 14']);
  });

  it('may lie in a period whose rows do not exist yet', async () => {
    const { adjust, unitsOf, advance, world } = await open();
    expect((await adjust({ ...CHANGE, effectiveDate: '2026-12-15' })).status).toBe(200);
    expect(unitsOf(800)).toHaveLength(3);
    advance(20 * 86_400_000);
    world.ledger.catchUp();
    expect(unitsOf(800)[3]).toBe('2026-12-15 2026-12-31 14');
  });

  it('goes by contract and service too, and adds a service the contract lacks', async () => {
    const { call, unitsOf, query } = await open();
    const root = (fields: object) => call('POST', 'ContractServiceAdjustments', fields);
    await root({ contractID: 900, serviceID: 50, effectiveDate: '2026-11-24', unitChange: 1 });
    expect(unitsOf(800).at(-1)).toBe('2026-11-24 2026-12-14 11');
    await root({ contractID: 901, serviceID: 50, effectiveDate: '2026-11-24', unitChange: 3 });
    const { body } = await query('ContractServices', [{ op: 'eq', field: 'contractID', value: 901 }]);
    const added = body.items.find((one: { serviceID: number }) => one.serviceID === 50);
    expect(unitsOf(added.id)).toEqual(['2026-11-24 2026-11-29 3']);
    const repeat = { contractID: 900, serviceID: 50, effectiveDate: '2026-11-25', unitChange: 2 };
    await root({ ...repeat, allowRepeatService: true });
    const twice = await query('ContractServices', [{ op: 'eq', field: 'serviceID', value: 50 }]);
    expect(twice.body.items.filter((one: { contractID: number }) => one.contractID === 900)).toHaveLength(2);
  });

  it('of the price alone holds from its day', async () => {
    const { adjust, query } = await open();
    await adjust({ ...CHANGE, unitChange: 0, adjustedUnitPrice: 15.5 });
    const { body } = await query('ContractServiceUnits', [
      { op: 'gte', field: 'startDate', value: '2026-11-15' },
    ]);
    const prices = body.items.filter((one: { contractServiceID: number }) => one.contractServiceID === 800);
    expect(prices.map((one: { price: number }) => one.price)).toEqual([12.5, 15.5]);
    const service = await query('ContractServices', [{ op: 'eq', field: 'id', value: 800 }]);
    // The catalogue's price is told as it is; what is paid stands only in the MSP's own currency.
    expect(service.body.items[0]).toMatchObject({ unitPrice: 15, internalCurrencyAdjustedPrice: 15.5 });
  });

  it.each([
    ['before the contract', { effectiveDate: '2026-09-14' }, 900, REFUSALS.outsideContract],
    ['after the contract', { effectiveDate: '2027-01-01' }, 900, REFUSALS.outsideContract],
    ['in a posted period', { effectiveDate: '2026-11-14' }, 900, REFUSALS.posted],
    ['to fewer than none', { unitChange: -11 }, 900, REFUSALS.belowZero],
    ['of an inactive contract', { contractServiceID: 803 }, 902, REFUSALS.inactive],
    ['of a contract of another type', { contractServiceID: null, serviceID: 50 }, 903, REFUSALS.wrongType],
    ['of an unknown contract service', { contractServiceID: 9 }, 900, REFUSALS.noService],
    ['of another contract’s service', { contractServiceID: 802 }, 900, REFUSALS.noService],
    ['of an unknown contract', {}, 9, REFUSALS.noContract],
    ['without a day', { effectiveDate: null }, 900, 'Missing Required Field: effectiveDate.'],
    ['by a part of a unit', { unitChange: 0.5 }, 900, 'Invalid value for field unitChange.'],
    [
      'on no day of the calendar',
      { effectiveDate: '2026-02-30' },
      900,
      'Invalid value for field effectiveDate.',
    ],
  ])('is refused %s', async (_, fields, parent, text) => {
    const { adjust, adjustments, unitsOf } = await open();
    const before = unitsOf(800);
    const answer = await adjust({ ...CHANGE, ...fields }, parent);
    expect([answer.status, answer.body]).toEqual([500, { errors: [text] }]);
    expect([adjustments, unitsOf(800)]).toEqual([[], before]);
  });

  it('is refused a second time on its day, whatever its size', async () => {
    const { adjust, adjustments } = await open();
    await adjust(CHANGE);
    const answer = await adjust({ ...CHANGE, unitChange: 1 });
    expect([answer.status, answer.body]).toEqual([500, { errors: [REFUSALS.sameDay] }]);
    expect(adjustments).toHaveLength(1);
  });

  it('is refused where a later change would leave fewer than none', async () => {
    const { adjust } = await open();
    await adjust({ ...CHANGE, unitChange: -8 });
    const answer = await adjust({ ...CHANGE, effectiveDate: '2026-11-20', unitChange: -3 });
    expect(answer.body).toEqual({ errors: [REFUSALS.belowZero] });
  });
});
