import { createHash } from 'node:crypto';
import { IcbError } from '../domain/errors.ts';
import type { StoredWidget, WidgetVersion } from '../domain/stored-widget.ts';

const shortHash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/** Names a widget's newest version; another one means that somebody changed it. */
export const widgetRevision = ({ versions }: Pick<StoredWidget, 'versions'>): string =>
  shortHash([versions.length, versions.at(-1)]);

/** Names a version by what it is: its place moves once the oldest are dropped. */
export const widgetVersionId = (version: WidgetVersion): string => shortHash(version);

/** Versions since the one somebody saw; the newest alone where that one is not kept any more. */
export function versionsSince({ versions }: StoredWidget, seen: string): readonly WidgetVersion[] {
  const at = versions.findIndex(
    (_, place) => widgetRevision({ versions: versions.slice(0, place + 1) }) === seen,
  );
  return at < 0 ? versions.slice(-1) : versions.slice(at + 1);
}

/** @throws IcbError `conflict` where somebody changed the widget after `seen`; undefined asks for no check. */
export function assertSeen(widget: StoredWidget, seen: string | undefined, undone: string): void {
  if (seen === undefined || seen === widgetRevision(widget)) return;
  const by = versionsSince(widget, seen).at(-1)?.by.name ?? 'Somebody';
  throw new IcbError(
    'conflict',
    `${by} changed this widget meanwhile; ${undone}. Look at that change first.`,
  );
}
