import { randomUUID } from 'node:crypto';
import type { Core } from '../../src/usecases/core.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import type { Html } from '../pages/html.ts';
import { leakageCard } from '../pages/leakage-card.ts';
import type { Show } from '../pages/show.ts';

/** The card, once something has been counted. A fault in it is logged and never takes the tab down with it. */
export async function readLeakageCard(core: Core, show: Show): Promise<Html> {
  try {
    const found = await listLeakage(core);
    return found.counted ? leakageCard(found, show) : '';
  } catch (err) {
    core.log.error({ err, reference: randomUUID().slice(0, 8) }, 'leakage card failed');
    return '';
  }
}
