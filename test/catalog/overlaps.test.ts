import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { containedIn, overlaps } from '../../src/catalog/overlaps.ts';

const dattoRmm = BUILT_IN.modules.filter((module) => module.id === 'datto-rmm');

describe('containedIn', () => {
  it.each(dattoRmm)('all devices of $name contain every other billing type', (module) => {
    const others = module.billingTypes.map((type) => type.name).filter((name) => name !== 'AllDevicesMetric');
    expect([...containedIn(module, 'AllDevicesMetric')].sort()).toEqual([...others].sort());
  });
});

describe('overlaps', () => {
  it.each([
    [['AllDevicesMetric', 'Desktop'], [['AllDevicesMetric', 'Desktop']]],
    [['Desktop', 'Desktop & Laptop', 'Server'], [['Desktop & Laptop', 'Desktop']]],
    [
      ['AllDevicesMetric', 'Desktop & Laptop', 'Laptop'],
      [
        ['AllDevicesMetric', 'Desktop & Laptop'],
        ['AllDevicesMetric', 'Laptop'],
        ['Desktop & Laptop', 'Laptop'],
      ],
    ],
    [['Desktop', 'Laptop', 'Server'], []],
    [['AllDevicesMetric'], []],
    [['AllDevicesMetric', 'No Such Metric'], []],
  ])('%j bill twice: %j', (names, pairs) => {
    const rmm = BUILT_IN.find('datto-rmm');
    expect(rmm && overlaps(rmm, names)).toEqual(pairs);
  });
});
