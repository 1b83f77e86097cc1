import type { StoredWidget } from '../../src/domain/stored-widget.ts';

import { readFilterChoices } from '../../src/usecases/filter-choices.ts';
import { findStoredWidget } from '../../src/usecases/stored-widgets.ts';
import { widgetRevision, widgetVersionId } from '../../src/usecases/widget-revisions.ts';
import { definitionDiff } from '../../src/widgets/definition-diff.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WebEnv } from '../deps.ts';
import type { HistoryEntry } from '../pages/builder-history.ts';
import type { BuilderView } from '../pages/builder-page.ts';
import { createShow } from '../pages/show.ts';
import { createCardReader } from '../widgets/read-cards.ts';
import type { BuilderDraft } from './read-draft.ts';

/** The versions that are understood, newest first, each with what it changed. */
export function historyOf({ versions }: StoredWidget): readonly HistoryEntry[] {
  const read = versions.map(({ definition }) => WidgetDefinition.safeParse(definition).data);
  return versions
    .map((version, number) => {
      const { at, by } = version;
      const before = read[number - 1];
      const after = read[number];
      const changes = before && after ? definitionDiff(before, after) : [];
      return { at, by: by.name, first: number === 0, version: widgetVersionId(version), changes };
    })
    .toReversed();
}

/** Everything the builder shows beside the draft: its picture, its spec, and what it was. */
export async function readBuilder(
  { deps, widgets, pictures, viewer }: WebEnv['Variables'],
  draft: BuilderDraft,
  { id, base, notice }: Pick<BuilderView, 'id' | 'notice'> & { readonly base?: string },
): Promise<BuilderView> {
  const { core, settings } = deps;
  const stored = id ? await findStoredWidget(core, id) : undefined;
  const seen = {
    viewer,
    show: createShow(settings, core.clock.now()),
    locale: settings.locale,
    lists: await readFilterChoices(core),
    draft,
    id,
    base: base ?? (stored ? widgetRevision(stored) : ''),
    revision: stored ? widgetRevision(stored) : '',
    history: stored ? historyOf(stored) : [],
    ...(notice && { notice }),
  };
  const { definition } = draft;
  if (!definition) return seen;
  // A reader of its own: what somebody tries out is no last good picture of anything.
  const preview = await createCardReader()({ log: core.log, widgets, pictures, size: 'card' }, definition);
  const data = await widgets.read(definition);
  const spec = JSON.stringify(pictures.spec(data, definition.theme ?? 'light'), null, 2);
  return { ...seen, preview, spec };
}
