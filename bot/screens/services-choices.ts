import { z } from 'zod';
import { ACTIONS, type ServicesMeta } from '../action-ids.ts';
import type { View } from '../slack/payloads.ts';
import { mergeChoices } from './choices.ts';

export const serviceBlockId = (generation: number, key: string): string => `s.${generation}.${key}`;
export const SERVICES_BLOCKS = { unitRule: 's.rule', from: 's.from', rest: 's.rest' } as const;
export const REST = 'ignore';

const ROW = /^s\.\d+\.([\w.]{8})$/;
const Rule = z.enum(['prorate-daily', 'next-period', 'keep']).optional().catch(undefined);
const From = z.enum(['period-start', 'today']);

/** `meta` with what is chosen on the page in front of the person. */
export function withSheetPage(meta: ServicesMeta, view: View): ServicesMeta {
  const { values } = view.state;
  const chosen = new Map<string, string>();
  for (const [blockId, row] of Object.entries(values)) {
    const key = ROW.exec(blockId)?.[1];
    const choice = row[ACTIONS.services.service]?.selected_option?.value;
    if (key !== undefined && choice !== undefined) chosen.set(key, choice);
  }
  const rule = Rule.parse(
    values[SERVICES_BLOCKS.unitRule]?.[ACTIONS.services.unitRule]?.selected_option?.value,
  );
  const from = From.safeParse(values[SERVICES_BLOCKS.from]?.[ACTIONS.services.from]?.selected_option?.value);
  const rest = values[SERVICES_BLOCKS.rest]?.[ACTIONS.services.ignoreRest]?.selected_options;
  return {
    ...meta,
    choices: mergeChoices(meta.choices, [], chosen),
    ...(rule ? { unitRule: rule } : {}),
    from: from.success ? from.data : meta.from,
    ignoreRest: rest ? rest.length > 0 : meta.ignoreRest,
  };
}
