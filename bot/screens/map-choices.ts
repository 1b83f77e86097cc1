import { IcbError } from '../../src/domain/errors.ts';
import { ACTIONS, type MapMeta } from '../action-ids.ts';
import type { ElementState, View } from '../slack/payloads.ts';
import { type Choices, mergeChoices } from './choices.ts';

/** Stands for “unmap” where a choice else names an organization's key. */
export const UNMAP = '~';

/** 120 choices of 17 characters leave room in private_metadata for the rest, also inside the Ignore modal's. */
const MOST_CHOICES = 120;

export const rowBlockId = (generation: number, key: string): string => `m.${generation}.${key}`;
export const searchBlockId = (generation: number): string => `m.search.${generation}`;

const ROW = /^m\.\d+\.([\w.]{8})$/;

/** What one row says: an organization picked by hand counts before the suggestion that was ticked. */
function chosenIn(row: Readonly<Record<string, ElementState>>): string | undefined {
  const ticked = (id: string) => row[id]?.selected_options?.[0]?.value;
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
