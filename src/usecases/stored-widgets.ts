import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { StoredWidget, type WidgetVersion } from '../domain/stored-widget.ts';
import type { Snapshot } from '../ports/store.ts';
import { findReadyWidget } from '../widgets/ready-widgets.ts';
import { WidgetDefinition } from '../widgets/widget-definition.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { lastBefore } from './last-before.ts';
import { parseInput } from './parse-input.ts';
import { assertSeen } from './widget-revisions.ts';

/** Older versions than these are found in the audit log. */
const MOST_VERSIONS = 50;

export const currentDefinition = ({ versions }: StoredWidget): WidgetDefinition =>
  WidgetDefinition.parse(versions.at(-1)?.definition);

/** The current definition, or undefined where it is not understood. */
export const readable = ({ versions }: StoredWidget): WidgetDefinition | undefined =>
  WidgetDefinition.safeParse(versions.at(-1)?.definition).data;

/** `Datto RMM – per month` → `datto-rmm-per-month`. */
const slug = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '') || 'widget';

async function freeId(snapshot: Snapshot, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!findReadyWidget(id) && !(await snapshot.get('widgets', id))) return id;
  }
}

const read = (given: unknown): WidgetDefinition =>
  parseInput(WidgetDefinition, given, 'The widget is not understood; nothing was saved.');

async function stored(snapshot: Snapshot, id: string): Promise<StoredWidget> {
  const widget = await snapshot.get('widgets', id);
  if (widget) return widget;
  if (findReadyWidget(id))
    throw new IcbError(
      'conflict',
      `"${id}" is a ready widget and stays as it is. Copy it and change the copy.`,
    );
  throw new IcbError('not-found', `There is no widget "${id}".`);
}

const version = (core: Core, by: Actor, definition: WidgetDefinition): WidgetVersion => ({
  definition: { ...definition },
  at: isoInstant(core.clock.now()),
  by,
});

/** Keeps a new widget; without an id it gets one from its title. Errors: `bad-input`, `conflict`. */
export async function createWidget(core: Core, by: Actor, given: unknown): Promise<WidgetDefinition> {
  const named = typeof given === 'object' && given !== null && 'id' in given;
  const first = read(named ? given : { id: 'new', ...(given as object) });
  return commit(core, by, async (snapshot) => {
    const id = named ? first.id : await freeId(snapshot, slug(first.title));
    if (findReadyWidget(id) || (await snapshot.get('widgets', id)))
      throw new IcbError(
        'conflict',
        `There is a widget "${id}" already. Choose another id, or leave it out.`,
      );
    const definition = { ...first, id };
    return {
      changes: { put: { widgets: [{ id, versions: [version(core, by, definition)] }] } },
      audit: {
        action: 'create-widget',
        subject: id,
        text: `Widget "${definition.title}" made`,
        after: definition,
      },
      result: definition,
    };
  });
}

/** A copy of any widget, ready ones too, under a new id. */
export async function copyWidget(core: Core, by: Actor, of: WidgetDefinition): Promise<WidgetDefinition> {
  const title = `${of.title.slice(0, 110)} (copy)`;
  const { id: _id, ...rest } = of;
  return createWidget(core, by, { ...rest, title });
}

/**
 * Replaces a widget's definition; the one before stays in its history. `seen` is the revision the change was made on: a
 * later one is not overwritten. Errors: `bad-input`, `not-found`, `conflict`.
 */
export async function editWidget(
  core: Core,
  by: Actor,
  id: string,
  given: unknown,
  seen?: string,
): Promise<WidgetDefinition> {
  const definition = read({ ...(given as object), id });
  return commit(core, by, async (snapshot) => {
    const before = await stored(snapshot, id);
    assertSeen(before, seen, 'nothing was saved');
    const versions = [...before.versions, version(core, by, definition)].slice(-MOST_VERSIONS);
    return {
      changes: { put: { widgets: [{ id, versions }] } },
      audit: {
        action: 'edit-widget',
        subject: id,
        text: `Widget "${definition.title}" changed`,
        before: before.versions.at(-1)?.definition,
        after: definition,
      },
      result: definition,
    };
  });
}

/**
 * Takes the last change of a widget back. What is taken back stays in the history: undone once more, it is there again.
 * `seen` as in `editWidget`. Error: `conflict` where there is none to take back, or somebody was faster.
 */
export async function undoWidget(
  core: Core,
  by: Actor,
  id: string,
  seen?: string,
): Promise<WidgetDefinition> {
  return commit(core, by, async (snapshot) => {
    const before = await stored(snapshot, id);
    assertSeen(before, seen, 'nothing was taken back');
    const last = before.versions.at(-2);
    if (!last)
      throw new IcbError('conflict', 'This widget has not been changed since it was made: nothing to undo.');
    const definition = WidgetDefinition.parse(last.definition);
    const after = { id, versions: [...before.versions, version(core, by, definition)].slice(-MOST_VERSIONS) };
    return {
      changes: { put: { widgets: [after] } },
      audit: {
        action: 'undo-widget',
        subject: id,
        text: `Last change of widget "${definition.title}" taken back`,
        before: before.versions.at(-1)?.definition,
        after: definition,
      },
      result: definition,
    };
  });
}

/** `seen` as in `editWidget`. Error: `conflict` while a tab shows it, or where somebody was faster. */
export async function deleteWidget(core: Core, by: Actor, id: string, seen?: string): Promise<void> {
  await commit(core, by, async (snapshot) => {
    const before = await stored(snapshot, id);
    assertSeen(before, seen, 'nothing was deleted');
    const tab = (await snapshot.list('tabs')).find((each) => each.widgets.includes(id));
    if (tab)
      throw new IcbError('conflict', `The tab "${tab.name}" shows this widget. Take it out there first.`);
    return {
      changes: { remove: [{ kind: 'widgets', id }] },
      // With its history, so that taking the deletion back brings that back too.
      audit: { action: 'delete-widget', subject: id, text: `Widget "${id}" deleted`, before },
      result: undefined,
    };
  });
}

/** Takes a deletion back, history included. Errors: `not-found`, `conflict` where the id was taken meanwhile. */
export async function restoreWidget(core: Core, by: Actor, id: string): Promise<WidgetDefinition> {
  return commit(core, by, async (snapshot) => {
    const widget = StoredWidget.safeParse(await lastBefore(snapshot, new Set(['delete-widget']), id)).data;
    if (!widget) throw new IcbError('not-found', `No deleted widget "${id}" is known.`);
    if (await snapshot.get('widgets', id))
      throw new IcbError('conflict', `There is a widget "${id}" again already.`);
    const definition = currentDefinition(widget);
    return {
      changes: { put: { widgets: [widget] } },
      audit: {
        action: 'restore-widget',
        subject: id,
        text: `Deletion of widget "${definition.title}" taken back`,
        after: widget,
      },
      result: definition,
    };
  });
}

/** A widget that somebody made, with its versions; undefined for ready ones. */
export const findStoredWidget = async (core: Core, id: string): Promise<StoredWidget | undefined> =>
  (await core.store.snapshot()).get('widgets', id);

/** Every version that is kept, newest first. */
export async function widgetHistory(core: Core, id: string): Promise<readonly WidgetVersion[]> {
  return (await stored(await core.store.snapshot(), id)).versions.toReversed();
}
