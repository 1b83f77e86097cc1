import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { BillingItem } from '../../src/domain/billing-item.ts';
import { type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../src/domain/ids.ts';
import type { Psa } from '../../src/ports/psa.ts';

const AT = '2026-12-01T09:00:00.000Z' as IsoInstant;

const item = (id: string, amount: string) =>
  BillingItem.parse({
    id,
    status: 'pending',
    kind: 'period',
    organizationId: '1',
    contractId: 'c1',
    contractServiceId: 's1',
    service: 'Desktop Monitoring',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    period: { start: '2026-11-01', end: '2026-11-10', days: 30 },
    itemDate: '2026-11-01',
    days: 10,
    units: -10,
    unitPrice: '12.50',
    unitCost: '4.00',
    amount,
    cost: '-13.3350',
    currency: 'USD',
  });

/** What every PSA must do. `open` gives one that answers and is not a sandbox. */
export function psaContract(name: string, open: () => Promise<Psa>): void {
  describe(`${name} keeps the PSA contract`, () => {
    test('answers, and is no sandbox', async () => {
      expect(await (await open()).check()).toMatchObject({ reachable: true, sandbox: false });
    });

    test('writes each unit change once and says what became of each', async () => {
      const psa = await open();
      const adjustment = (id: string, change: number) => ({
        contractId: ContractId.parse('c1'),
        contractServiceId: ContractServiceId.parse(id),
        effectiveDate: isoDate('2026-11-16'),
        change,
      });
      expect(await psa.adjustUnits([])).toEqual([]);
      expect(await psa.adjustUnits([adjustment('s1', 4), adjustment('s2', -2)])).toEqual([
        { kind: 'accepted' },
        { kind: 'accepted' },
      ]);
    });

    test('posts items rounded to cents, half away from zero, or says that only a person can', async () => {
      const psa = await open();
      const given = [item('bi_1', '-41.6650'), item('bi_2', '41.6667')];
      const before = structuredClone(given);
      const posted = await psa.approveAndPost(given, SYSTEM, AT).catch((error) => error);
      if (psa.kind !== 'local') return expect(posted).toMatchObject({ code: 'not-postable' });
      expect(posted).toMatchObject([
        { id: 'bi_1', status: 'posted', amount: '-41.67', cost: '-13.34', postedAt: AT, postedBy: SYSTEM },
        { id: 'bi_2', status: 'posted', amount: '41.67' },
      ]);
      expect(given).toEqual(before);
      expect(await psa.approveAndPost([], SYSTEM, AT)).toEqual([]);
    });
  });
}
