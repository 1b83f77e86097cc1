import { roundToCents } from '../../domain/money.ts';
import type { Psa } from '../../ports/psa.ts';

/**
 * The PSA inside icb: organizations, contracts and services come in by import, units in force are icb's own unit
 * ledgers, and posting rounds an item to cents. It holds nothing of its own, so all of it lives in the caller's commit.
 */
export const localPsa = (): Psa => ({
  kind: 'local',
  check: async () => ({ reachable: true, sandbox: false }),
  adjustUnits: async (adjustments) => adjustments.map(() => ({ kind: 'accepted' })),
  approveAndPost: async (items, by, at) =>
    items.map((item) => ({
      ...item,
      status: 'posted',
      amount: roundToCents(item.amount),
      ...(item.cost === undefined ? {} : { cost: roundToCents(item.cost) }),
      postedAt: at,
      postedBy: by,
    })),
});
