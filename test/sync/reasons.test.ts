import { describe, expect, test } from 'vitest';
import type { IsoInstant } from '../../src/domain/calendar.ts';
import { Contract, ContractService } from '../../src/domain/contract.ts';
import { SyncRunId } from '../../src/domain/ids.ts';
import { PLAN_REASONS, type PlanLine, type PlanReason } from '../../src/domain/plan.ts';
import { ServiceMapping, serviceMappingId } from '../../src/domain/service-mapping.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import { World } from './world.ts';

type Said = readonly [action: PlanLine['action'], text: string];

/** Ten units of Desktop Monitoring since 1 November. */
function started(more: object = {}, overrides: object = {}): World {
  const world = new World(overrides).set({ holdLimits: DEFAULT_HOLD_LIMITS });
  world.map({ since: '2026-11-01', ...more }).count('2026-11-01', 10);
  world.run();
  return world;
}

const contract = (world: World, more: object): World =>
  world.set({ contracts: world.input.contracts.map((each) => ({ ...each, ...more })) });

const organization = (world: World, more: object): World =>
  world.set({ organizations: world.input.organizations.map((each) => ({ ...each, ...more })) });

const module = (world: World, more: object): World =>
  world.set({ moduleStates: world.input.moduleStates.map((each) => ({ ...each, ...more })) });

const lastSync = {
  runId: SyncRunId.parse('r1'),
  at: '2026-11-12T01:15:00.000Z' as IsoInstant,
  state: 'failed' as const,
  problem: 'Datto RMM did not answer.',
};

/** What a billing administrator reads for each reason of the closed list, in one case at least. */
const CASES: Record<PlanReason, readonly [world: () => World, ...said: Said]> = {
  'first-count': [
    () => new World().map({ since: '2026-11-10' }).count('2026-11-10', 10),
    'create',
    'Counted 10 on 2026-11-10, the first count.',
  ],
  'count-up': [() => started().count('2026-11-16', 14), 'change', 'Counted 14 on 2026-11-16, before 10.'],
  'count-down': [() => started().count('2026-11-16', 7), 'change', 'Counted 7 on 2026-11-16, before 10.'],
  'count-same': [
    () => started({ minimum: 10 }).count('2026-11-16', 9),
    'none',
    'Counted 9 on 2026-11-16, billed at the minimum of 10, the same as before.',
  ],
  'count-returned': [
    () => {
      const world = started().count('2026-11-16', 0);
      world.run();
      return world.count('2026-11-17', 11);
    },
    'change',
    'Counted 11 on 2026-11-17, within the limits again; the counts held since 2026-11-16 were dropped.',
  ],
  'held-zero': [
    () => started().count('2026-11-16', 0),
    'held',
    'Counted 0 on 2026-11-16, before 10: nothing is left. Approve or exclude it.',
  ],
  'held-jump': [
    () => started().count('2026-11-16', 30).day('2026-11-18').count('2026-11-18', 31),
    'held',
    'Counted 31 on 2026-11-18, before 10: far from the usual 10, the median of 30 days. Waiting since 2026-11-16; approve or exclude it.',
  ],
  'held-first': [
    () =>
      new World()
        .set({ holdLimits: { ...DEFAULT_HOLD_LIMITS, firstCounts: true } })
        .map({ since: '2026-11-10' })
        .count('2026-11-10', 10),
    'held',
    'Counted 10 on 2026-11-10, before 0: the first count of this mapping. Approve or exclude it.',
  ],
  excluded: [
    () => {
      const world = started().count('2026-11-16', 0);
      const [mapping] = world.input.serviceMappings;
      const decided = { by: { kind: 'system' }, at: lastSync.at, reason: 'Moving house' };
      const exclusion = { from: '2026-11-16', until: '2026-11-20', ...decided };
      return world.set({
        lineDecisions: [{ id: mapping?.id ?? '', releases: [], exclusions: [exclusion as never] }],
      });
    },
    'none',
    'A person excluded the counts of this day; units in force stay.',
  ],
  'count-unknown': [
    () => module(started(), { lastSync }),
    'none',
    'The module could not be counted, so nothing changes: Datto RMM did not answer.',
  ],
  'no-count-yet': [
    () => new World().map({ since: '2026-11-10' }),
    'none',
    'The module has not been counted yet; run a sync.',
  ],
  'module-disabled': [
    () => module(started(), { enabled: false }),
    'blocked',
    'The module is disabled; units in force stay as they are.',
  ],
  'no-module-organization': [
    () => started().set({ organizationMappings: [] }),
    'blocked',
    'No module organization is mapped to the organization; units in force stay as they are.',
  ],
  'mapping-ignored': [
    () => started().ignore(),
    'blocked',
    'The billing type is ignored; units in force stay as they are.',
  ],
  'mapping-moved': [
    () => started().map({ since: '2026-11-16', service: 's2', from: 'today' }).count('2026-11-16', 10),
    'create',
    'Counted 10 on 2026-11-16; 10 units leave the service that the billing type fed before.',
  ],
  'organization-not-mappable': [
    () => organization(started(), { type: 'cancellation' }),
    'blocked',
    'The organization cannot be billed: its type is cancellation.',
  ],
  'contract-inactive': [
    () => contract(started(), { status: 'inactive' }),
    'blocked',
    'The contract is inactive; units in force stay as they are.',
  ],
  'contract-not-started': [
    () =>
      contract(new World(), { startDate: '2026-12-01' }).map({ since: '2026-11-10' }).count('2026-11-10', 3),
    'blocked',
    'The contract starts on 2026-12-01.',
  ],
  'contract-ended': [
    () => started({}, { endDate: '2026-11-15' }).day('2026-11-20'),
    'blocked',
    'The contract ended on 2026-11-15.',
  ],
  'contract-not-billable': [
    () => contract(started(), { periodType: 'quarterly' }),
    'blocked',
    'The contract cannot be billed: its period is quarterly, not monthly.',
  ],
  'overlapping-contracts': [
    () => {
      const world = started();
      const [first] = world.input.contracts;
      const [mapping] = world.input.serviceMappings;
      if (!first || !mapping) throw new Error('no contract');
      const also = Contract.parse({ ...first, id: 'c0', name: 'Backup contract' });
      const twice = ServiceMapping.parse({
        ...mapping,
        id: serviceMappingId('c0', mapping.module, mapping.billingType),
        contractId: 'c0',
        contractServiceId: 's0',
      });
      const service = ContractService.parse({
        ...world.input.contractServices[0],
        id: 's0',
        contractId: 'c0',
      });
      return world
        .set({
          contracts: [first, also],
          contractServices: [...world.input.contractServices, service],
          serviceMappings: [mapping, twice],
        })
        .count('2026-11-16', 12);
    },
    'blocked',
    'The same usage is mapped on “Managed services” as well, which runs at the same time: ignore it on one of the two, or give each a share. Units in force stay as they are.',
  ],
  'service-missing': [
    () => {
      const world = started();
      return world.set({ contractServices: world.input.contractServices.filter(({ id }) => id !== 's1') });
    },
    'blocked',
    'The contract service is no longer in the PSA; choose another service.',
  ],
};

describe('every reason of the closed list', () => {
  test.each(PLAN_REASONS)('%s', (code) => {
    const [world, action, text] = CASES[code];
    const { lines } = world().plan();
    expect(new Set(lines.map(({ reason }) => reason.code))).toEqual(new Set([code]));
    expect(lines[0]).toMatchObject({ action, reason: { code, text } });
  });
});
