import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import { type Money, sumMoney, times } from '../domain/money.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { asIfCounted } from './decide-line.ts';
import { knownModule } from './known-module.ts';
import { readPlanInput } from './read-plan-input.ts';

/** What would freeze: units that a module's counts put in force, which stay as they are while it is off. */
export interface DisablePreview {
  readonly module: { readonly id: ModuleId; readonly name: string };
  /** False: it is off already. */
  readonly enabled: boolean;
  readonly units: number;
  readonly contracts: number;
  /** Of a full month at the price on the contract, one a currency. */
  readonly monthly: readonly { readonly currency: string; readonly amount: Money }[];
  /** Counts that wait for a person. */
  readonly held: number;
  readonly lastCountedAt?: IsoInstant;
}

/** What switching a module off would freeze. Nothing is changed by looking. Error: `unknown-module`. */
export async function previewDisable(core: Core, text: string): Promise<DisablePreview> {
  const { id, name } = await knownModule(core, text);
  const snapshot = await core.store.snapshot();
  const state = await snapshot.get('moduleStates', id);
  const input = asIfCounted(await readPlanInput(snapshot, core.clock.today()));
  const lines = planSync(input, ({ module }) => module === id).lines.filter(({ module }) => module === id);
  const inForce = lines.filter(({ oldUnits }) => oldUnits !== 0);
  const prices = new Map(input.contractServices.map((service) => [service.id, service.unitPrice]));
  const amounts = inForce.flatMap(({ contractServiceId, oldUnits, currency }) => {
    const price = prices.get(contractServiceId);
    return price === undefined ? [] : [{ currency, amount: times(price, oldUnits) }];
  });
  return {
    module: { id, name },
    enabled: state?.enabled ?? false,
    units: inForce.reduce((sum, { oldUnits }) => sum + oldUnits, 0),
    contracts: new Set(inForce.map(({ contractId }) => contractId)).size,
    monthly: [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, own]) => ({
      currency,
      amount: sumMoney(own.map(({ amount }) => amount)),
    })),
    held: lines.filter(({ action }) => action === 'held').length,
    ...(state?.lastCountedAt ? { lastCountedAt: state.lastCountedAt } : {}),
  };
}
