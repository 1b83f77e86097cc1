import { describe, expect, test } from 'vitest';
import { Contract, ContractService } from '../../src/domain/contract.ts';
import { ServiceMapping, serviceMappingId } from '../../src/domain/service-mapping.ts';
import { World } from './world.ts';

interface Other {
  readonly startDate?: string;
  readonly endDate?: string | null;
  readonly status?: string;
  /** Percent of each mapping. */
  readonly share?: number;
  readonly billingType?: string;
}

/** Ten units since 1 November; then, on the 16th, the PSA shows a second contract with the same mapping. */
function besides({ share, billingType = 'AllDevicesMetric', ...dates }: Other): World {
  const world = new World().map({ since: '2026-11-01', ...(share ? { share } : {}) }).count('2026-11-01', 10);
  if (!share) world.run();
  const [first] = world.input.contracts;
  const [mapping] = world.input.serviceMappings;
  if (!first || !mapping) throw new Error('no contract');
  return world
    .set({
      contracts: [first, Contract.parse({ ...first, id: 'c2', name: 'Renewal', ...dates })],
      contractServices: [
        ...world.input.contractServices,
        ContractService.parse({ ...world.input.contractServices[0], id: 's9', contractId: 'c2' }),
      ],
      serviceMappings: [
        mapping,
        ServiceMapping.parse({
          ...mapping,
          id: serviceMappingId('c2', 'datto-rmm', billingType),
          contractId: 'c2',
          contractServiceId: 's9',
          billingType,
          since: '2026-11-16',
        }),
      ],
    })
    .count('2026-11-16', 12);
}

const codes = (world: World) => world.plan().lines.map(({ contractId, reason }) => [contractId, reason.code]);

describe('the same usage mapped on two contracts that the PSA made to run at once', () => {
  test('waits on both until a person decides: no units change, and none are billed twice', () => {
    const world = besides({});
    expect(codes(world)).toEqual([
      ['c1', 'overlapping-contracts'],
      ['c2', 'overlapping-contracts'],
    ]);
    const { adjustments, items } = world.plan();
    expect(adjustments).toEqual([]);
    expect(items).toEqual({ put: [], remove: [] });
  });

  test('counts of the days meanwhile are not made up for once one of the two is over', () => {
    const world = besides({});
    world.run();
    const [first, renewal] = world.input.contracts;
    if (!first || !renewal) throw new Error('no contract');
    world.set({ contracts: [first, Contract.parse({ ...renewal, status: 'inactive' })] });
    world.count('2026-11-20', 13);
    const line = world.plan().lines.find(({ contractId }) => contractId === 'c1');
    expect(line).toMatchObject({ action: 'change', oldUnits: 10, newUnits: 13, effectiveDate: '2026-11-20' });
  });

  test.each<[string, Other]>([
    ['begins later', { startDate: '2026-12-01' }],
    ['is over', { endDate: '2026-11-15' }],
    ['is inactive', { status: 'inactive' }],
    ['feeds another billing type', { billingType: 'Server' }],
    ['has a share, as has the first', { share: 50 }],
  ])('not where the other %s', (_, other) => {
    expect(codes(besides(other)).find(([contractId]) => contractId === 'c1')?.[1]).not.toBe(
      'overlapping-contracts',
    );
  });
});
