import { afterEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { BillingItem } from '../../src/domain/billing-item.ts';
import { addDays, type IsoDate, type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { type ContractId, ContractServiceId } from '../../src/domain/ids.ts';
import type { Psa, UnitAdjustment } from '../../src/ports/psa.ts';

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

/** A PSA that answers and is no sandbox, and one contract in it. */
export interface PsaUnderTest {
  readonly psa: Psa;
  /** Active, recurring, monthly, begun before this month. */
  readonly contractId: ContractId;
  /** Two services of it, with units in force. */
  readonly services: readonly {
    readonly id: ContractServiceId;
    readonly units: number;
    readonly price: string;
  }[];
  readonly today: IsoDate;
  /** Approves and posts as a person does in a PSA elsewhere. */
  postByHand?(through: IsoDate): void;
  close?(): Promise<void>;
}

/** What every PSA must do, and more where it lives elsewhere. */
export function psaContract(name: string, open: () => Promise<PsaUnderTest>): void {
  describe(`${name} keeps the PSA contract`, () => {
    const opened: PsaUnderTest[] = [];
    const start = async () => {
      const one = await open();
      opened.push(one);
      return one;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close?.()));
    });
    const call = () => ({ signal: new AbortController().signal });
    const adjustment = (
      { contractId, services, today }: PsaUnderTest,
      at: number,
      change: number,
    ): UnitAdjustment => ({
      contractId,
      contractServiceId: services[at]?.id as ContractServiceId,
      effectiveDate: today,
      change,
    });

    test('answers, and is no sandbox', async () => {
      const { psa } = await start();
      expect(await psa.check()).toEqual({ reachable: true, sandbox: false });
    });

    test('takes each unit change once, says what became of each, and is read so from that day on', async () => {
      const one = await start();
      const { psa, today, services } = one;
      expect(await psa.adjustUnits([])).toEqual([]);
      expect(await psa.adjustUnits([adjustment(one, 0, 4), adjustment(one, 1, -2)])).toEqual([
        { kind: 'accepted' },
        { kind: 'accepted' },
      ]);
      if (!psa.remote) return;
      const ids = services.map(({ id }) => id);
      const rows = await psa.remote.readUnits({ from: addDays(today, -1), contractServiceIds: ids }, call());
      const unitsOn = (day: IsoDate) =>
        ids.map((id) =>
          rows
            .filter((row) => row.contractServiceId === id && row.start <= day && day <= row.end)
            .map(({ units }) => units),
        );
      expect(unitsOn(addDays(today, -1))).toEqual(services.map(({ units }) => [units]));
      expect(unitsOn(today)).toEqual([[(services[0]?.units ?? 0) + 4], [(services[1]?.units ?? 0) - 2]]);
      const book = await psa.remote.readBook({ today }, call());
      expect(ids.map((id) => book.contractServices.find((service) => service.id === id)?.units)).toEqual(
        unitsOn(today).flat(),
      );
    });

    test('refuses, where it refuses, in words of the closed list', async () => {
      const one = await start();
      if (!one.psa.remote) return;
      const before = { ...adjustment(one, 0, 1), effectiveDate: isoDate('2001-01-01') };
      const outcomes = await one.psa.adjustUnits([
        adjustment(one, 0, 4),
        adjustment(one, 0, 1),
        adjustment(one, 1, -1_000),
        before,
        { ...adjustment(one, 0, 1), contractServiceId: ContractServiceId.parse('999999') },
      ]);
      expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.code : outcome.kind))).toEqual([
        'accepted',
        'same-day',
        'below-zero',
        'outside-contract',
        'service-missing',
      ]);
    });

    test('posts items rounded to cents, half away from zero, or says that only a person can', async () => {
      const { psa } = await start();
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

    test('reads a whole book, then only what changed of its organizations', async () => {
      const { psa, today, contractId, services } = await start();
      if (!psa.remote) return;
      const book = await psa.remote.readBook({ today }, call());
      expect(book).toMatchObject({ allOrganizations: true, leftOut: [] });
      const contract = book.contracts.find(({ id }) => id === contractId);
      expect(contract).toMatchObject({ type: 'recurring-service', periodType: 'monthly', status: 'active' });
      expect(book.organizations.map(({ id }) => id)).toContain(contract?.organizationId);
      expect(
        book.contractServices
          .filter((service) => service.contractId === contractId)
          .map(({ id, units, unitPrice }) => ({ id, units, price: unitPrice })),
      ).toEqual(services);
      const again = await psa.remote.readBook({ today, since: book.bookmark }, call());
      expect(again).toMatchObject({ allOrganizations: false, contractServices: book.contractServices });
    });

    test('shows what a person posted, and its units as posted', async () => {
      const { psa, today, services, postByHand } = await start();
      if (!psa.remote || !postByHand) return;
      const { remote } = psa;
      const since = `${today}T00:00:00.000Z` as IsoInstant;
      expect(await remote.readPosted({ since }, call())).toEqual([]);
      postByHand(today);
      const posted = await remote.readPosted({ since }, call());
      const [service] = services;
      expect(
        posted.filter(({ contractServiceId }) => contractServiceId === service?.id).at(-1),
      ).toMatchObject({
        kind: 'period',
        units: service?.units,
        unitPrice: service?.price,
      });
      const rows = await remote.readUnits({ from: today }, call());
      expect(rows.find(({ start: day, end }) => day <= today && today <= end)?.postedOn).toBeDefined();
    });

    test('finds nothing wrong with itself, and has pages for people', async () => {
      const { psa, contractId } = await start();
      if (!psa.remote) return;
      const findings = await psa.remote.inspect(call());
      expect(findings.filter(({ ok }) => !ok)).toEqual([]);
      expect(findings.length).toBeGreaterThan(5);
      expect(psa.remote.budget()?.used).toBeGreaterThan(0);
      expect(await psa.remote.pages.contract(contractId)).toMatch(/^https?:.*\b\d+$/);
    });
  });
}
