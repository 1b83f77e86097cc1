import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../../src/simulators/autotask/billing/adjust.ts';
import { labelOf } from '../../../src/simulators/autotask/entities/picklists.ts';
import { type Opened, open } from './opened.ts';

const itemsOf = async ({ query, world }: Opened, contractServiceID: number) => {
  const { body } = await query('BillingItems', [
    { op: 'eq', field: 'contractServiceID', value: contractServiceID },
  ]);
  return body.items.map((item: Record<string, unknown>) => ({
    ...item,
    type: labelOf(world.lists, 'billingItemType', item.billingItemType),
    subType: labelOf(world.lists, 'subType', item.subType),
  }));
};

describe('approve and post', () => {
  it('makes an item of each period and one of each adjustment, which share the period', async () => {
    const sim = await open();
    await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: -6 });
    // The inactive contract's period too: only its end stops a contract from being billed.
    expect(sim.approveAndPost('2026-11-26')).toEqual({ posted: 5 });
    const items = await itemsOf(sim, 800);
    expect(items.at(-2)).toMatchObject({
      type: 'Recurring Services',
      subType: 'Recurring Services',
      itemDate: '2026-11-15T00:00:00Z',
      quantity: 10,
      rate: 12.5,
      extendedPrice: 125,
      ourCost: 72.5,
      totalAmount: 0,
      invoiceID: 0,
      contractServiceAdjustmentID: null,
      postedDate: '2026-11-26T00:00:00Z',
      postedOnTime: '2026-11-26T10:00:00.000Z',
      webServiceDate: null,
      companyID: 174,
      contractID: 900,
      serviceID: 50,
      purchaseOrderNumber: '',
    });
    expect(items.at(-1)).toMatchObject({
      type: 'Recurring Services Adjustment',
      itemDate: '2026-11-24T00:00:00Z',
      quantity: -6,
      // −6 × 12.50 × 21 ÷ 30
      extendedPrice: -52.5,
      contractServiceAdjustmentID: 500_000,
      contractServicePeriodID: items.at(-2).contractServicePeriodID,
    });
    expect(sim.unitsOf(800).every((row) => row.endsWith('posted'))).toBe(true);
    const again = await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-25', unitChange: 1 });
    expect(again.body).toEqual({ errors: [REFUSALS.posted] });
  });

  it('leaves what begins later, and what has no units while its period runs', async () => {
    const sim = await open();
    await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-26', unitChange: 1 });
    sim.approveAndPost('2026-11-25');
    expect(sim.unitsOf(800).slice(2)).toEqual([
      '2026-11-15 2026-11-25 10 posted',
      '2026-11-26 2026-12-14 11',
    ]);
    expect(sim.unitsOf(801)).toEqual([
      '2026-09-15 2026-10-14 0 posted',
      '2026-10-15 2026-11-14 0 posted',
      '2026-11-15 2026-12-14 0',
    ]);
    expect(await itemsOf(sim, 801)).toEqual([]);
  });

  it('puts the MSP’s own currency beside the customer’s', async () => {
    const sim = await open();
    sim.approveAndPost('2026-11-26');
    // 13 × 4.1650 = 54.145 EUR; at 1.08 a euro.
    expect((await itemsOf(sim, 802)).at(-1)).toMatchObject({
      itemDate: '2026-10-31T00:00:00Z',
      rate: 4.165,
      extendedPrice: 54.15,
      internalCurrencyRate: 4.4982,
      internalCurrencyExtendedPrice: 58.48,
    });
  });

  it('can be taken back, so that the period takes changes again, until it is invoiced', async () => {
    const sim = await open();
    sim.approveAndPost('2026-11-26');
    const { id } = (await itemsOf(sim, 800)).at(-1);
    sim.unpost(id);
    expect(await itemsOf(sim, 800)).toHaveLength(2);
    expect(sim.unitsOf(800)[2]).toBe('2026-11-15 2026-12-14 10');
    expect(
      (await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 1 })).status,
    ).toBe(200);
    sim.approveAndPost('2026-11-26');
    sim.world.invoice('2026-12-31');
    const last = (await itemsOf(sim, 800)).at(-1);
    expect(last).toMatchObject({ extendedPrice: 8.75, totalAmount: 8.75 });
    expect(last.invoiceID).toBeGreaterThan(0);
    expect(() => sim.unpost(last.id)).toThrow('Void its invoice');
  });

  it('may let a change into a posted period, which becomes an item of its own', async () => {
    const sim = await open({ postedPeriods: 'adjust' });
    sim.approveAndPost('2026-11-26');
    const change = { contractServiceID: 800, unitChange: 2 };
    expect((await sim.adjust({ ...change, effectiveDate: '2026-11-24' })).status).toBe(200);
    expect(sim.unitsOf(800).slice(2)).toEqual([
      '2026-11-15 2026-11-23 10 posted',
      '2026-11-24 2026-12-14 12',
    ]);
    expect(sim.approveAndPost('2026-11-26')).toEqual({ posted: 1 });
    // 2 × 12.50 × 21 ÷ 30
    expect((await itemsOf(sim, 800)).at(-1)).toMatchObject({ quantity: 2, extendedPrice: 17.5 });
    const early = await sim.adjust({ ...change, effectiveDate: '2026-11-20' });
    expect(early.body).toEqual({ errors: [REFUSALS.posted] });
  });

  it('of the past is done when the stand-in starts, or left', async () => {
    const posted = await open();
    expect((await itemsOf(posted, 804)).map((item: { postedOnTime: string }) => item.postedOnTime)).toEqual([
      '2026-08-03T08:30:00.000Z',
    ]);
    const pending = await open({ history: 'pending', futurePeriods: 1, rowPrice: 'row' });
    expect(pending.unitsOf(800)).toHaveLength(4);
    expect(pending.unitsOf(800).join()).not.toContain('posted');
    const { body } = await pending.query('ContractServiceUnits', [
      { op: 'eq', field: 'contractServiceID', value: 800 },
    ]);
    expect(body.items[0]).toMatchObject({ units: 10, price: 125, cost: 72.5 });
  });
});

describe('a contract', () => {
  it('can be made longer, and shorter only after what is posted', async () => {
    const { call, unitsOf, advance, world } = await open();
    const end = (endDate: string) => call('PATCH', 'Contracts', { id: 900, endDate });
    expect((await end('2027-01-31')).body).toEqual({ itemId: 900 });
    advance(30 * 86_400_000);
    world.ledger.catchUp();
    expect(unitsOf(800).at(-1)).toBe('2026-12-15 2027-01-14 10');
    expect((await end('2026-12-20')).status).toBe(200);
    expect(unitsOf(800).at(-1)).toBe('2026-12-15 2026-12-20 10');
    expect((await end('2026-11-01')).body).toEqual({ errors: [REFUSALS.posted] });
    expect((await call('PATCH', 'Contracts', { id: 900, startDate: '2026-09-01' })).body).toEqual({
      errors: [REFUSALS.posted],
    });
  });
});
