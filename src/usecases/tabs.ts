import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { atLeast, Role } from '../domain/role.ts';
import { MOST_WIDGETS, Tab, TabSize } from '../domain/tab.ts';
import type { Snapshot } from '../ports/store.ts';
import { TAB_FILTERS } from '../widgets/narrow-definition.ts';
import { findReadyWidget, readyWidgets } from '../widgets/ready-widgets.ts';
import { tabDiff } from '../widgets/tab-diff.ts';
import { WidgetFilters } from '../widgets/widget-filters.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { lastBefore } from './last-before.ts';
import { parseInput } from './parse-input.ts';

export const TabInput = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
    .max(80)
    .optional(),
  name: z.string().trim().min(1).max(80),
  group: z.string().trim().min(1).max(40).optional(),
  widgets: z.array(z.string().max(80)).min(1).max(MOST_WIDGETS),
  sizes: z.record(z.string().max(80), TabSize).optional(),
  filters: WidgetFilters.refine(
    (filters) => Object.keys(filters).every((name) => TAB_FILTERS.some((each) => each === name)),
    `a tab narrows its widgets by ${TAB_FILTERS.join(', ')} only`,
  ).optional(),
  publishedTo: z.array(Role).default(['viewer']),
});

/** What a tab shows, read by the web; `ready` is the one every icb starts with and nobody changes. */
export interface TabView extends Pick<Tab, 'id' | 'name' | 'group' | 'widgets' | 'publishedTo'> {
  readonly filters: WidgetFilters;
  readonly sizes: Readonly<Record<string, TabSize>>;
  /** Another one means that somebody changed the tab. */
  readonly revision: string;
  readonly ready?: true;
}

const READY: TabView = {
  id: 'icb',
  name: 'ICB',
  // Leakage has a card of its own there.
  widgets: readyWidgets.filter(({ entity }) => entity !== 'leakage').map(({ id }) => id),
  publishedTo: ['viewer'],
  filters: {},
  sizes: {},
  revision: 'ready',
  ready: true,
};

const view = (tab: Tab): TabView => {
  const { by: _by, at: _at, filters, sizes, ...rest } = tab;
  const revision = createHash('sha256').update(JSON.stringify(tab)).digest('base64url').slice(0, 16);
  return { ...rest, filters: WidgetFilters.parse(filters ?? {}), sizes: sizes ?? {}, revision };
};

/** A tab that is published to a role is seen by those above it as well; admins see every one. */
export const seesTab = ({ publishedTo }: Pick<TabView, 'publishedTo'>, role: Role): boolean =>
  role === 'admin' || publishedTo.some((least) => atLeast(role, least));

const place = ({ group = '', name }: TabView): string => `${group}\n${name}`;

/** The ready tab, then those people made, by group and name. */
export async function listTabs(core: Core): Promise<readonly TabView[]> {
  const tabs = await (await core.store.snapshot()).list('tabs');
  return [READY, ...tabs.map(view).toSorted((a, b) => (place(a) < place(b) ? -1 : 1))];
}

/** Error: `not-found`. */
export async function findTab(core: Core, id: string): Promise<TabView> {
  if (id === READY.id) return READY;
  const tab = await (await core.store.snapshot()).get('tabs', id);
  if (!tab) throw new IcbError('not-found', `There is no tab "${id}".`);
  return view(tab);
}

async function knownWidgets(snapshot: Snapshot, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    if (!findReadyWidget(id) && !(await snapshot.get('widgets', id)))
      throw new IcbError('bad-input', `There is no widget "${id}"; nothing was saved.`);
}

/**
 * Makes a tab, or replaces the one of this id. `seen` is the revision the change was made on: a later one is not
 * overwritten. Errors: `bad-input`, `not-found`, `conflict`.
 */
export async function saveTab(
  core: Core,
  by: Actor,
  given: unknown,
  replaced?: string,
  seen?: string,
): Promise<TabView> {
  const input = parseInput(TabInput, given, 'The tab is not understood; nothing was saved.');
  const id = replaced ?? input.id ?? core.newId('tab').replaceAll('_', '-').toLowerCase();
  if (id === READY.id) throw new IcbError('conflict', 'The tab "ICB" stays as it is. Make one of your own.');
  return commit(core, by, async (snapshot) => {
    const before = await snapshot.get('tabs', id);
    if (replaced && !before) throw new IcbError('not-found', `There is no tab "${id}".`);
    if (!replaced && before) throw new IcbError('conflict', `There is a tab "${id}" already.`);
    if (before) assertSeen(before, seen, 'nothing was saved');
    await knownWidgets(snapshot, input.widgets);
    const tab = Tab.parse({ ...input, id, by, at: isoInstant(core.clock.now()) });
    return {
      changes: { put: { tabs: [tab] } },
      audit: {
        action: before ? 'edit-tab' : 'create-tab',
        subject: id,
        text: `Tab "${tab.name}" ${before ? 'changed' : 'made'}`,
        ...(before && { before }),
        after: tab,
      },
      result: view(tab),
    };
  });
}

/** A copy of any tab, the ready one too, under a new id. Error: `not-found`. */
export async function copyTab(core: Core, by: Actor, of: string): Promise<TabView> {
  const { id: _id, revision: _revision, ready: _ready, name, ...rest } = await findTab(core, of);
  return saveTab(core, by, { ...rest, name: `${name.slice(0, 70)} (copy)` });
}

/** The revision of a tab that is deleted. */
export const DELETED_TAB = 'deleted';

/** @throws IcbError `conflict` where somebody changed the tab after `seen`; undefined asks for no check. */
function assertSeen(tab: Tab | undefined, seen: string | undefined, undone: string): void {
  if (seen === undefined || seen === (tab ? view(tab).revision : DELETED_TAB)) return;
  throw new IcbError(
    'conflict',
    tab
      ? `${tab.by.name} changed the tab "${tab.name}" meanwhile; ${undone}. Look at that change first.`
      : `Somebody deleted this tab meanwhile; ${undone}.`,
  );
}

/**
 * Takes the last change of a tab back, its deletion too; once more, and that is taken back. `seen` is the revision it
 * was asked for on, `DELETED_TAB` for a deletion. Errors: `not-found`, `conflict` where somebody was faster.
 */
export async function undoTab(core: Core, by: Actor, id: string, seen?: string): Promise<TabView> {
  return commit(core, by, async (snapshot) => {
    const tab = Tab.safeParse(await lastBefore(snapshot, TAB_CHANGES, id)).data;
    if (!tab)
      throw new IcbError('not-found', `No change of the tab "${id}" is known that could be taken back.`);
    const before = await snapshot.get('tabs', id);
    assertSeen(before, seen, 'nothing was taken back');
    await knownWidgets(snapshot, tab.widgets);
    return {
      changes: { put: { tabs: [tab] } },
      audit: {
        action: 'undo-tab',
        subject: id,
        text: `Last change of tab "${tab.name}" taken back`,
        ...(before && { before }),
        after: tab,
      },
      result: view(tab),
    };
  });
}

/** What the last change of a tab was, a line each. */
export async function lastTabChange(core: Core, id: string): Promise<readonly string[]> {
  const snapshot = await core.store.snapshot();
  const before = Tab.safeParse(await lastBefore(snapshot, TAB_CHANGES, id)).data;
  const now = await snapshot.get('tabs', id);
  return before && now ? tabDiff(before, now) : [];
}

const TAB_CHANGES: ReadonlySet<string> = new Set(['edit-tab', 'delete-tab', 'undo-tab']);

/** Its widgets stay. `seen` as in `saveTab`. Errors: `not-found`, `conflict` where somebody was faster. */
export async function deleteTab(core: Core, by: Actor, id: string, seen?: string): Promise<void> {
  await commit(core, by, async (snapshot) => {
    const before = await snapshot.get('tabs', id);
    if (!before) throw new IcbError('not-found', `There is no tab "${id}" that could be deleted.`);
    assertSeen(before, seen, 'nothing was deleted');
    return {
      changes: { remove: [{ kind: 'tabs', id }] },
      audit: { action: 'delete-tab', subject: id, text: `Tab "${before.name}" deleted`, before },
      result: undefined,
    };
  });
}
