import { expect, test } from 'vitest';
import { hostileRequests } from './hostile-property.ts';

test('forged, replayed, dated, oversized and malformed requests reach no use case and crash nothing', async () => {
  const counted = await hostileRequests(400, 20261110);
  expect(Object.keys(counted).sort()).toEqual(['dated', 'forged', 'malformed', 'oversized', 'replayed']);
});
