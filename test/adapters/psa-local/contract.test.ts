import { expect, test } from 'vitest';
import { localPsa } from '../../../src/adapters/psa-local/local-psa.ts';
import { isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import { psaContract } from '../../contract/psa.ts';

psaContract('the local PSA', async () => ({
  psa: localPsa(),
  contractId: ContractId.parse('c1'),
  services: ['s1', 's2'].map((id) => ({ id: ContractServiceId.parse(id), units: 5, price: '12.50' })),
  today: isoDate('2026-11-16'),
}));

test('the local PSA says that it is', () => expect(localPsa().kind).toBe('local'));
