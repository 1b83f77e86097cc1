import { expect, test } from 'vitest';
import { localPsa } from '../../../src/adapters/psa-local/local-psa.ts';
import { psaContract } from '../../contract/psa.ts';

psaContract('the local PSA', async () => localPsa());

test('the local PSA says that it is', () => expect(localPsa().kind).toBe('local'));
