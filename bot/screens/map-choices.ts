import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { ACTIONS, type MapMeta } from '../action-ids.ts';
import type { ElementState, View } from '../slack/payloads.ts';
import { type Choices, mergeChoices } from './choices.ts';

/** Stands for “unmap” where a choice else names an organization's key. */
export const UNMAP = '~';

/** Before an organization's key: it is not this one. */
const NOT = '!';
/** It is none of those suggested. */
export const NONE_OF_THESE = `${NOT}${NOT}`;
export const notThis = (organizationKey: string): string => NOT + organizationKey;
/** The key of the organization that a choice rejects; undefined for other choices, `NONE_OF_THESE` included. */
export const rejectedKey = (choice: string): string | undefined =>
  choice.startsWith(NOT) && choice !== NONE_OF_THESE ? choice.slice(NOT.length) : undefined;

/** 120 choices of 18 characters leave room in private_metadata for the rest, also inside the Ignore modal's. */
const MOST_CHOICES = 120;

export const rowBlockId = (generation: number, key: string): string => `m.${generation}.${key}`;
export const searchBlockId = (generation: number): string => `m.search.${generation}`;

const ROW = /^m\.\d+\.([\w.]{8})$/;

type Row = Readonly<Record<string, ElementState>>;

/** Both boxes of a suggestion are ticked: it and not it. */
const isTorn = (row: Row): boolean => (row[ACTIONS.map.approve]?.selected_options?.length ?? 0) > 1;

/** The key of a row in front of the person that says yes and no at once. */
export const tornRow = (view: View): string | undefined =>
  Object.entries(view.state.values).flatMap(([blockId, row]) =>
    isTorn(row) && !row[ACTIONS.map.other]?.selected_option ? (ROW.exec(blockId)?.[1] ?? []) : [],
  )[0];

/** The organization that each row in front of the person offers to approve, by key. */
export function offeredIn(view: View): Choices {
  const rows = view.blocks.flatMap((block): [string, string][] => {
    const key = ROW.exec(block.block_id ?? '')?.[1];
    const { success, data } = OfferingBlock.safeParse(block);
    if (key === undefined || !success) return [];
    const offer = data.elements.find((element) => element.action_id === ACTIONS.map.approve);
    const [first] = offer?.options ?? [];
    return first ? [[key, first.value]] : [];
  });
  return new Map(rows);
}

const OfferingBlock = z.object({
  elements: z.array(
    z.object({
      action_id: z.string().optional(),
      options: z.array(z.object({ value: z.string() })).optional(),
    }),
  ),
});

/** What one row says: an organization picked by hand counts before the suggestion that was ticked. */
function chosenIn(row: Row): string | undefined {
  const ticked = (id: string) => (isTorn(row) ? undefined : row[id]?.selected_options?.[0]?.value);
  return (
    row[ACTIONS.map.other]?.selected_option?.value ??
    row[ACTIONS.map.candidate]?.selected_option?.value ??
    ticked(ACTIONS.map.approve) ??
    ticked(ACTIONS.map.unmap)
  );
}

/** `meta` with what is ticked and picked on the page in front of the person. */
export function withPage(meta: MapMeta, view: View): MapMeta {
  const seen: string[] = [];
  const chosen = new Map<string, string>();
  for (const [blockId, row] of Object.entries(view.state.values)) {
    const key = ROW.exec(blockId)?.[1];
    if (key === undefined) continue;
    seen.push(key);
    const choice = chosenIn(row);
    if (choice !== undefined) chosen.set(key, choice);
  }
  return { ...meta, choices: limited(mergeChoices(meta.choices, seen, chosen)) };
}

export function limited(choices: Choices): Choices {
  if (choices.size <= MOST_CHOICES) return choices;
  throw new IcbError(
    'bad-input',
    `${choices.size} are chosen; at most ${MOST_CHOICES} fit in one go. Press Review and save these first.`,
  );
}
