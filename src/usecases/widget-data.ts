import type { IsoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { ModuleState } from '../domain/module.ts';
import { query, type WidgetResult } from '../widgets/query.ts';
import { readyWidgets } from '../widgets/ready-widgets.ts';
import type { WidgetDefinition } from '../widgets/widget-definition.ts';
import type { Core } from './core.ts';
import { headingNames } from './names.ts';

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

export const listWidgets = async (_core: Core): Promise<readonly WidgetDefinition[]> => readyWidgets;

/** The definition of an id; error `not-found`. */
export async function widgetDefinition(_core: Core, id: string): Promise<WidgetDefinition> {
  const definition = readyWidgets.find((each) => each.id === id);
  if (!definition) throw new IcbError('not-found', `There is no widget "${id}".`);
  return definition;
}

/** Counts arrive every night; older than this, a night was missed. */
const STALE_AFTER_HOURS = 36;

/** The figures of a widget from the billing items as they stand. */
export async function widgetData(
  core: Core,
  definition: WidgetDefinition,
  locale?: string,
): Promise<WidgetData> {
  const snapshot = await core.store.snapshot();
  const states = await snapshot.list('moduleStates');
  const names = await headingNames(snapshot);
  const today = core.clock.today();
  const items = await snapshot.list('billingItems');
  const result = query(definition, items, { names, today, ...(locale ? { locale } : {}) });
  const asOf = states
    .flatMap((state) => (state.enabled && state.lastCountedAt ? [state.lastCountedAt] : []))
    .sort()
    .at(-1);
  const note = noteOn(core, states, asOf, names);
  return {
    definition,
    result,
    state: stateOf(states, asOf, result),
    ...(note ? { note } : {}),
    ...(asOf ? { asOf } : {}),
    revision: snapshot.revision,
  };
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
