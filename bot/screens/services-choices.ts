import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { ACTIONS, type ServicesMeta } from '../action-ids.ts';
import type { View } from '../slack/payloads.ts';
import { keyOf, mergeChoices } from './choices.ts';
import { isRuleChoice, withRule } from './rule-choices.ts';
import { NOT_MAPPED } from './sheet-rows.ts';

/** Behind a row's key: nothing was saved for it when it was shown, so what stands there is a suggestion. */
const OPEN = '~';

/*
 * Slack keeps what was chosen under a known block id, whatever the new view says. So every block id holds the
 * generation, and those that are about one contract hold that too.
 */
export const serviceBlockId = (generation: number, key: string, isOpen: boolean): string =>
  `s.${generation}.${key}${isOpen ? OPEN : ''}`;
export const ruleBlockId = (generation: number, contract = ''): string =>
  `s.rule.${generation}.${keyOf(contract)}`;
export const restBlockId = (generation: number, contract = ''): string =>
  `s.rest.${generation}.${keyOf(contract)}`;
export const fromBlockId = (generation: number): string => `s.from.${generation}`;
export const REST = 'ignore';

/** Nothing was saved for this row when it was shown. */
export const isOpenRow = (blockId: string): boolean => ROW.exec(blockId)?.[2] === OPEN;

export const ROWS_ON_A_PAGE = 40;
/** Choices of up to 18 characters, of which private_metadata must hold a page more: Review must never be refused. */
const KEPT_CHOICES = 80;

/** `meta`, where it can remember what is chosen while another page is shown. Error: `bad-input`. */
export function remembered(meta: ServicesMeta): ServicesMeta {
  const chosen = meta.choices.size + meta.rules.size;
  if (chosen <= KEPT_CHOICES) return meta;
  throw new IcbError(
    'bad-input',
    `${chosen} billing types are chosen; at most ${KEPT_CHOICES} can wait while you go on to others. Press Review and save these first.`,
  );
}

const ROW = /^s\.\d+\.([\w.]{8})(~?)$/;
const From = z.enum(['period-start', 'today']);

/**
 * `meta` with what a person chose on the page in front of them. A row they left alone is not kept: it stays as it is
 * saved, also when somebody else changes it meanwhile. A suggestion that stood in front of them is kept.
 */
export function withSheetPage(meta: ServicesMeta, view: View): ServicesMeta {
  const { values } = view.state;
  const stoodOn = initialValues(view);
  const valueIn = (block: string, action: string) => values[block]?.[action]?.selected_option?.value;
  const chosen = new Map<string, string>();
  for (const blockId of Object.keys(values)) {
    const [, key, open] = ROW.exec(blockId) ?? [];
    const choice = valueIn(blockId, ACTIONS.services.service);
    if (key === undefined || choice === undefined) continue;
    const isSuggestion = open === OPEN && choice !== NOT_MAPPED;
    if (isSuggestion || choice !== stoodOn.get(blockId) || meta.choices.has(key)) chosen.set(key, choice);
  }
  const ruleBlock = ruleBlockId(meta.generation, meta.contract);
  const rule = valueIn(ruleBlock, ACTIONS.services.unitRule);
  const isRuleChosen = rule !== undefined && isRuleChoice(rule) && rule !== stoodOn.get(ruleBlock);
  const from = From.safeParse(valueIn(fromBlockId(meta.generation), ACTIONS.services.from));
  const rest =
    values[restBlockId(meta.generation, meta.contract)]?.[ACTIONS.services.ignoreRest]?.selected_options;
  return {
    ...meta,
    choices: mergeChoices(meta.choices, [], chosen),
    rules: isRuleChosen ? withRule(meta.rules, keyOf(meta.contract ?? ''), rule) : meta.rules,
    from: from.success ? from.data : meta.from,
    ignoreRest: rest ? rest.length > 0 : meta.ignoreRest,
  };
}

const Menu = z.object({ initial_option: z.object({ value: z.string() }).nullish() });
const MenuBlock = z.object({
  block_id: z.string(),
  accessory: Menu.nullish(),
  element: Menu.nullish(),
});

/** What each menu stood on when it was shown, by block id. */
function initialValues(view: View): ReadonlyMap<string, string> {
  return new Map(
    view.blocks.flatMap((block): [string, string][] => {
      const { data } = MenuBlock.safeParse(block);
      const value = (data?.accessory ?? data?.element)?.initial_option?.value;
      return data && value !== undefined ? [[data.block_id, value]] : [];
    }),
  );
}
