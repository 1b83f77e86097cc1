import { IcbError } from '../../src/domain/errors.ts';
import type { ServiceTemplate, TemplateTarget } from '../../src/usecases/service-template.ts';
import { ACTIONS, type TemplateMeta } from '../action-ids.ts';
import type { View } from '../slack/payloads.ts';
import { keyOf, mergeChoices } from './choices.ts';

export const TARGETS_ON_A_PAGE = 20;
/** With a page more they are what one Review can show in full. */
const KEPT = 40;
const TICKED = '1';

export const targetBlockId = (generation: number, key: string): string => `t.${generation}.${key}`;
export const targetKey = ({ contract }: TemplateTarget): string => keyOf(contract.id);

const ROW = /^t\.\d+\.([\w.]{8})$/;

/** Contracts that would get something: only they can be ticked. */
export const canBeTicked = ({ lines }: TemplateTarget): boolean =>
  lines.some(({ outcome }) => outcome === 'map');

export function templatePage(
  { targets }: ServiceTemplate,
  asked: number,
): { readonly page: number; readonly pages: number; readonly shown: readonly TemplateTarget[] } {
  const pages = Math.max(1, Math.ceil(targets.length / TARGETS_ON_A_PAGE));
  const page = Math.min(asked, pages - 1);
  return {
    page,
    pages,
    shown: targets.slice(page * TARGETS_ON_A_PAGE, (page + 1) * TARGETS_ON_A_PAGE),
  };
}

/** `meta` with what is ticked on the page in front of the person, and without what they unticked there. */
export function withTicks(meta: TemplateMeta, view: View): TemplateMeta {
  const rows = Object.entries(view.state.values).flatMap(([blockId, row]) => {
    const key = ROW.exec(blockId)?.[1];
    const ticked = row[ACTIONS.services.templateTick]?.selected_options ?? [];
    return key === undefined ? [] : [{ key, isTicked: ticked.length > 0 }];
  });
  const ticked = rows.filter(({ isTicked }) => isTicked).map(({ key }): [string, string] => [key, TICKED]);
  const seen = rows.map(({ key }) => key);
  return { ...meta, choices: mergeChoices(meta.choices, seen, new Map(ticked)) };
}

export const withAllTicked = (meta: TemplateMeta, targets: readonly TemplateTarget[]): TemplateMeta => ({
  ...meta,
  choices: new Map([
    ...meta.choices,
    ...targets.filter(canBeTicked).map((target): [string, string] => [targetKey(target), TICKED]),
  ]),
});

/** `meta`, where another page still fits into one Review. Error: `bad-input`. */
export function roomForMore(meta: TemplateMeta): TemplateMeta {
  if (meta.choices.size <= KEPT) return meta;
  throw new IcbError(
    'bad-input',
    `${meta.choices.size} contracts are ticked; at most ${KEPT} can wait while you look at others. Press Review and save these first.`,
  );
}
