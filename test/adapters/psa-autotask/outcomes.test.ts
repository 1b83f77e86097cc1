import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import type { FaultChange } from '../../../src/simulators/autotask/faults.ts';
import { adapterOf, simulate, TODAY } from './simulated.ts';

const entity = 'ContractServiceAdjustments';
const FAULTS: readonly FaultChange[] = [
  {},
  { timeoutAfterCommit: { how: 'silence', times: 1 } },
  { timeoutAfterCommit: { how: 'reset', times: 1 } },
  { resetBeforeCommit: { times: 1 } },
  { webPage: { entity, times: 1 } },
  { emptyAnswer: { entity, times: 1 } },
  { brokenJson: { entity, times: 1 } },
  { threads: { entity, times: 1 } },
  { threadStatus: 500, threads: { entity, times: 1 } },
  { throttled: { entity, times: 1 } },
  { lostRight: { entity, times: 1 } },
  { unauthorized: { entity, times: 1 } },
  { unauthorized: { entity, times: 2 } },
  { zoneMoved: true },
];

const step = fc.record({
  fault: fc.constantFrom(...FAULTS),
  service: fc.constantFrom<[string, string]>(['900', '800'], ['900', '801'], ['901', '802']),
  day: fc.integer({ min: -20, max: 40 }),
  change: fc.integer({ min: -6, max: 12 }).filter((change) => change !== 0),
});

it('never says accepted of a change that was not taken, nor anything but unclear of one whose answer was lost', async () => {
  const { simulator } = await simulate();
  const told = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const { fault, service, day, change } of steps) {
        // A refusal or a used-up hour is remembered by an adapter, and would keep the next change from leaving.
        const { psa } = adapterOf(simulator, {}, JSON.stringify(fault).includes('silence') ? 250 : 20_000);
        simulator.clearFaults();
        simulator.setFaults(fault);
        const before = simulator.adjustments.length;
        const [outcome] = await psa.adjustUnits([
          {
            contractId: ContractId.parse(service[0]),
            contractServiceId: ContractServiceId.parse(service[1]),
            effectiveDate: addDays(isoDate(TODAY), day),
            change,
          },
        ]);
        const taken = simulator.adjustments.length - before;
        const kind = outcome?.kind ?? '';
        told.add(kind);
        expect([kind, taken]).toEqual([
          kind,
          kind === 'accepted' ? 1 : kind === 'unclear' ? expect.toBeOneOf([0, 1]) : 0,
        ]);
      }
    }),
    { numRuns: 25, seed: 4 },
  );
  await simulator.close();
  expect([...told].sort()).toEqual(['accepted', 'not-sent', 'refused', 'unclear']);
});
