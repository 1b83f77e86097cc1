import { describe, expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { Contract, ContractService, notBillableBecause, pricesAt } from '../../src/domain/contract.ts';
import { Organization, unmappableBecause } from '../../src/domain/organization.ts';

const contract = (changes: object = {}) => ({
  id: 'c1',
  organizationId: '1',
  name: 'Managed services',
  type: 'recurring-service',
  periodType: 'monthly',
  status: 'active',
  startDate: '2026-01-01',
  ...changes,
});

describe('usage bills on a contract', () => {
  test.each([
    [{}, 3, undefined],
    [{ type: 'retainer' }, 3, 'it is not a recurring service contract'],
    [{ periodType: 'quarterly' }, 3, 'its period is quarterly, not monthly'],
    [{ status: 'inactive' }, 3, 'it is inactive'],
    [{}, 0, 'it holds no services yet; add them in the PSA first'],
  ])('%j with %i services: %s', (changes, services, because) =>
    expect(notBillableBecause(Contract.parse(contract(changes)), services)).toBe(because),
  );

  test('that does not end before it starts', () => {
    expect(Contract.safeParse(contract({ endDate: '2025-12-31' })).error?.issues).toMatchObject([
      { path: ['endDate'], message: 'the contract ends before it starts' },
    ]);
  });
});

describe('an organization can be mapped', () => {
  test.each([
    [{}, undefined],
    [{ type: 'lead' }, undefined],
    [{ type: 'dead' }, 'its type is dead'],
    [{ type: 'cancellation' }, 'its type is cancellation'],
    [{ active: false }, 'it is inactive'],
    [{ id: '0' }, 'it is your own organization, which is never billed'],
  ])('%j: %s', (changes, because) =>
    expect(
      unmappableBecause(
        Organization.parse({ id: '1', name: 'Daily Mail', type: 'customer', active: true, ...changes }),
      ),
    ).toBe(because),
  );
});

describe('a price change applies to periods begun after it was read', () => {
  const service = ContractService.parse({
    id: 's1',
    contractId: 'c1',
    service: 'Desktop Monitoring',
    unitPrice: '20',
    currency: 'USD',
    readOn: '2026-01-01',
    pastPrices: [
      { unitPrice: '10', replacedOn: '2026-03-15' },
      { unitPrice: '12.50', unitCost: '4', replacedOn: '2026-06-01' },
    ],
  });
  test.each([
    ['2026-03-01', '10.00'],
    ['2026-03-15', '10.00'],
    ['2026-03-16', '12.50'],
    ['2026-06-01', '12.50'],
    ['2026-06-02', '20.00'],
  ])('a period from %s has %s', (start, price) =>
    expect(pricesAt(service, isoDate(start)).unitPrice).toBe(price),
  );
});
