import { seededUid } from '../kit/seeded.ts';
import type { SimAgent, SimFirewall } from './account.ts';

export const makeAgent = (accountId: number, number: number, seed: number): SimAgent => ({
  id: seededUid(seed, accountId, 'agent', number),
  hostname: `A${accountId}-PC-${String(number).padStart(3, '0')}`,
  platform: number % 9 === 0 ? 'macOS' : 'Windows',
});

export const makeFirewall = (accountId: number, number: number): SimFirewall => ({
  id: accountId * 1_000 + number,
  hostname: `A${accountId}-FW-${number}`,
  vendor: number % 2 === 0 ? 'SonicWall' : 'Fortinet',
});
