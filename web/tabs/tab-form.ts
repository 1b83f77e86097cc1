import { Role } from '../../src/domain/role.ts';
import type { FilterChoices } from '../../src/usecases/filter-choices.ts';
import type { WrongField } from '../../src/usecases/parse-input.ts';
import type { TabView } from '../../src/usecases/tabs.ts';
import type { Condition } from '../builder/draft-fields.ts';
import { valuesOf } from '../builder/draft-fields.ts';
import { draftOf, formValues } from '../builder/read-form.ts';
import { withRows } from '../builder/with-rows.ts';

export type PlacedSize = 'auto' | 'half' | 'row';
export interface Placed {
  readonly id: string;
  readonly size: PlacedSize;
}

/** A tab as its form holds it. */
export interface TabForm {
  /** Absent while it is not saved yet. */
  readonly id?: string | undefined;
  readonly base: string;
  readonly name: string;
  readonly group: string;
  readonly publishedTo: readonly Role[];
  readonly placed: readonly Placed[];
  readonly conditions: readonly Condition[];
  /** Names that nothing bears. */
  readonly problems: readonly WrongField[];
}

export const BLANK_TAB: TabForm = {
  base: '',
  name: '',
  group: '',
  publishedTo: ['viewer'],
  placed: [],
  conditions: [],
  problems: [],
};

const sizeOf = (text: unknown): PlacedSize => (text === 'half' || text === 'row' ? text : 'auto');

export const formOf = (tab: TabView, choices: FilterChoices): TabForm => ({
  id: tab.id,
  base: tab.revision,
  name: tab.name,
  group: tab.group ?? '',
  publishedTo: tab.publishedTo,
  placed: tab.widgets.map((id) => ({ id, size: sizeOf(tab.sizes[id]) })),
  conditions: valuesOf({ filters: tab.filters }, choices).conditions,
  problems: [],
});

/** Moves or removes a widget, or adds the one picked, as the button that sent the form asks. */
function arranged(placed: readonly Placed[], asked: string, picked: string): readonly Placed[] {
  if (asked === 'add') return picked ? [...placed, { id: picked, size: 'auto' }] : placed;
  const [verb, text] = asked.split(':');
  const at = Number(text);
  const one = placed[at];
  if (!one) return placed;
  const others = placed.toSpliced(at, 1);
  if (verb === 'remove') return others;
  if (verb === 'up') return others.toSpliced(Math.max(0, at - 1), 0, one);
  return verb === 'down' ? others.toSpliced(at + 1, 0, one) : placed;
}

export function readTabForm(sent: FormData, choices: FilterChoices): { form: TabForm; filters: unknown } {
  const all = (name: string): string[] => sent.getAll(name).map(String);
  const text = (name: string): string => String(sent.get(name) ?? '').trim();
  const sizes = all('size');
  const { conditions } = formValues(withRows(sent));
  const { draft, problems } = draftOf(
    { ...valuesOf({}, choices), sort: '', conditions: conditions.map((each) => ({ ...each, not: false })) },
    choices,
  );
  const form: TabForm = {
    id: text('id') || undefined,
    base: text('base'),
    name: text('name'),
    group: text('group'),
    publishedTo: all('publishedTo').flatMap((role) => Role.safeParse(role).data ?? []),
    placed: arranged(
      all('widget').map((id, at) => ({ id, size: sizeOf(sizes[at]) })),
      text('do'),
      text('pick'),
    ),
    conditions,
    problems,
  };
  return { form, filters: draft.filters };
}

/** What the core is asked to keep. */
export function tabInput({ name, group, publishedTo, placed }: TabForm, filters: unknown): object {
  const sized = placed.flatMap(({ id, size }) => (size === 'auto' ? [] : [[id, size] as const]));
  return {
    name,
    ...(group && { group }),
    publishedTo,
    widgets: placed.map(({ id }) => id),
    ...(sized.length > 0 && { sizes: Object.fromEntries(sized) }),
    ...(filters !== undefined && { filters }),
  };
}
