import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { asIfCounted } from './decide-line.ts';
import { readPlanInput } from './read-plan-input.ts';

/** Every line whose counts wait for a person, also while their module fails and a sync would not look at them. */
export async function heldLines(core: Core): Promise<PlanLine[]> {
  const input = await readPlanInput(await core.store.snapshot(), core.clock.today());
  return planSync(asIfCounted(input)).lines.filter((line) => line.action === 'held');
}
