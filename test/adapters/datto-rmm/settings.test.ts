import { describe, expect, it } from 'vitest';
import { dattoRmmRoot, notBillableRule } from '../../../src/adapters/usage/datto-rmm/settings.ts';

describe('API root', () => {
  it.each([
    ['https://zinfandel-api.centrastage.net', 'https://zinfandel-api.centrastage.net/'],
    ['https://zinfandel-api.centrastage.net/', 'https://zinfandel-api.centrastage.net/'],
    ['https://zinfandel-api.centrastage.net/api', 'https://zinfandel-api.centrastage.net/'],
    ['https://zinfandel-api.centrastage.net/api/v2/', 'https://zinfandel-api.centrastage.net/'],
    [' https://gateway.example/datto ', 'https://gateway.example/datto/'],
    ['https://gateway.example/datto/api', 'https://gateway.example/datto/'],
  ])('of %j is %s', (given, root) => {
    expect(dattoRmmRoot(given).href).toBe(root);
  });

  it.each(['', 'zinfandel', 'ftp://zinfandel-api.centrastage.net'])('refuses %j', (given) => {
    expect(() => dattoRmmRoot(given)).toThrow(expect.objectContaining({ code: 'config' }));
  });
});

describe('not-billable rule', () => {
  it.each([
    [undefined, { kind: 'none' }],
    [{ filterId: 7 }, { kind: 'filter', filterId: 7 }],
    [{ udf: 5 }, { kind: 'udf', udf: 5, value: '_NotBillable_' }],
    [
      { udf: 5, value: 'free' },
      { kind: 'udf', udf: 5, value: 'free' },
    ],
  ])('of %j', (given, rule) => {
    expect(notBillableRule(given)).toEqual(rule);
  });

  it.each([{}, { value: 'free' }])('refuses %j, which excludes nothing', (given) => {
    expect(() => notBillableRule(given)).toThrow(expect.objectContaining({ code: 'config' }));
  });
});
