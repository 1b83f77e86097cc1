import { expect, test } from 'vitest';
import { listServiceSuggestions } from '../../src/usecases/list-service-suggestions.ts';
import { Office, refusal } from './office.ts';

test('what people chose on one contract is suggested on others, until somebody decides there', async () => {
  const office = await Office.ready();
  expect(await listServiceSuggestions(office.core, '2')).toEqual([]);
  await office.mapService({ contractId: 'c1', contractServiceId: 's1' });
  const suggestions = await listServiceSuggestions(office.core, '2');
  const reason = 'mapped to “Desktop Monitoring” on another contract';
  expect(suggestions).toMatchObject([
    { contractId: 'c2', contractServiceId: 's2', service: 'Desktop Monitoring', confidence: 0.94, reason },
    { contractId: 'c2b', contractServiceId: 's2b', billingType: 'AllDevicesMetric', module: 'datto-rmm' },
  ]);
  await office.mapService({ contractId: 'c2', contractServiceId: 's2' });
  expect(await listServiceSuggestions(office.core, '2')).toMatchObject([
    { contractId: 'c2b', reason: 'mapped to “Desktop Monitoring” on 2 other contracts' },
  ]);
  expect(await refusal(listServiceSuggestions(office.core, '99'))).toMatchObject({
    code: 'unknown-organization',
  });
});
