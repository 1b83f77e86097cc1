import { dateIn, type IsoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { ModuleState } from '../domain/module.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Bucket } from '../widgets/gather-items.ts';
import { gatherLeakage } from '../widgets/gather-leakage.ts';
import { filtersLeakage } from '../widgets/leakage-filter.ts';
import { measuredField } from '../widgets/measure.ts';
import {
  type QueryContext,
  queryBuckets,
  queryDimensions,
  queryFilters,
  type WidgetResult,
} from '../widgets/query.ts';
import { findReadyWidget, readyWidgets } from '../widgets/ready-widgets.ts';
import type { WidgetDefinition } from '../widgets/widget-definition.ts';
import type { WidgetFilters } from '../widgets/widget-filters.ts';
import type { Core } from './core.ts';
import { gatherBillingItems } from './gather-billing-items.ts';
import { listLeakage } from './list-leakage.ts';
import { headingNames } from './names.ts';
import { currentDefinition, readable } from './stored-widgets.ts';

/** What a widget shows now, and what a person must know about it. */
export interface WidgetData {
  readonly definition: WidgetDefinition;
  readonly result: WidgetResult;
  readonly state: 'ready' | 'empty' | 'no-module' | 'never-synced';
  /** Stale or partly missing counts, in words. */
  readonly note?: string;
  /** When counts last arrived. */
  readonly asOf?: IsoInstant;
  /** Of the store: the same revision shows the same picture. */
  readonly revision: number;
}

/** The ready widgets, then those people made, by title. */
export async function listWidgets(core: Core): Promise<readonly WidgetDefinition[]> {
  const stored = await (await core.store.snapshot()).list('widgets');
  // What an older icb kept and this one does not understand takes no page down with it.
  const own = stored
    .flatMap((widget) => readable(widget) ?? [])
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
  return [...readyWidgets, ...own];
}

/** The definition of an id; error `not-found`. */
export async function widgetDefinition(core: Core, id: string): Promise<WidgetDefinition> {
  const ready = findReadyWidget(id);
  if (ready) return ready;
  const stored = await (await core.store.snapshot()).get('widgets', id);
  if (!stored) throw new IcbError('not-found', `There is no widget "${id}".`);
  return currentDefinition(stored);
}

/** Counts arrive every night; older than this, a night was missed. */
const STALE_AFTER_HOURS = 36;

/** How an embed or a tab sees a widget. */
export interface WidgetView {
  /** Narrows it further; every one must hold. */
  readonly scope?: readonly WidgetFilters[];
  /** Whose day "this month" is reckoned from; the business's own otherwise. */
  readonly timeZone?: string | undefined;
}

/** The figures of a widget from the billing items as they stand. */
export async function widgetData(
  core: Core,
  definition: WidgetDefinition,
  locale?: string,
  view: WidgetView = {},
): Promise<WidgetData> {
  const snapshot = await core.store.snapshot();
  const states = await snapshot.list('moduleStates');
  const names = await headingNames(snapshot);
  const today = view.timeZone ? dateIn(core.clock.now(), view.timeZone) : core.clock.today();
  const context = {
    names,
    today,
    ...(locale ? { locale } : {}),
    ...(view.scope ? { scope: view.scope } : {}),
  };
  const gathered = await gather(core, snapshot, definition, context);
  const result = queryBuckets(definition, gathered.buckets, context);
  const asOf = states
    .flatMap((state) => (state.enabled && state.lastCountedAt ? [state.lastCountedAt] : []))
    .sort()
    .at(-1);
  const note = gathered.note ?? noteOn(core, states, asOf, names);
  return {
    definition,
    result,
    state: gathered.counted ? stateOf(states, asOf, result) : 'never-synced',
    ...(note ? { note } : {}),
    ...(asOf ? { asOf } : {}),
    revision: snapshot.revision,
  };
}

/** What the widget is about, summed up; `counted` is false where nothing is known yet. */
async function gather(
  core: Core,
  snapshot: Snapshot,
  definition: WidgetDefinition,
  context: QueryContext,
): Promise<{ readonly buckets: readonly Bucket[]; readonly counted: boolean; readonly note?: string }> {
  const filters = queryFilters(definition, context);
  const by = queryDimensions(definition);
  const fields = [measuredField(definition.measure)];
  if (definition.entity !== 'leakage')
    return { buckets: await gatherBillingItems(core, snapshot, { filters, by, fields }), counted: true };
  const { rows, counted } = await listLeakage(core);
  const buckets = gatherLeakage(rows, filters, by, fields);
  if (filters.every(filtersLeakage)) return { buckets, counted };
  return { buckets, counted, note: 'Leakage cannot be filtered like this, so none is shown' };
}

function stateOf(
  states: readonly ModuleState[],
  asOf: IsoInstant | undefined,
  result: WidgetResult,
): WidgetData['state'] {
  if (result.panels.length > 0) return 'ready';
  if (!states.some((state) => state.enabled)) return 'no-module';
  return asOf === undefined ? 'never-synced' : 'empty';
}

function noteOn(
  core: Core,
  states: readonly ModuleState[],
  asOf: IsoInstant | undefined,
  names: Awaited<ReturnType<typeof headingNames>>,
): string | undefined {
  const failed = states
    .filter((state) => state.enabled && state.lastSync?.state === 'failed')
    .map(({ id, lastCountedAt }) => {
      const since = lastCountedAt ? `no counts since ${lastCountedAt.slice(0, 10)}` : 'not counted yet';
      return `${names.module.get(id) ?? id}: ${since}`;
    });
  if (failed.length > 0) return failed.join(' · ');
  const hours = asOf ? core.clock.now().since(Temporal.Instant.from(asOf)).total('hours') : 0;
  return hours > STALE_AFTER_HOURS ? `Counts are ${Math.floor(hours)} hours old` : undefined;
}
