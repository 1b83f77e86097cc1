import type { Core } from '../../src/usecases/core.ts';
import { type WidgetData, type WidgetView, widgetData } from '../../src/usecases/widget-data.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';

/** How somebody looks at a widget, where that is not icb's own way. */
export interface Look extends WidgetView {
  readonly locale?: string | undefined;
}

export interface WidgetReader {
  /** A widget's figures; summed up again only after the store changed or the hour did (notes name ages in hours). */
  read(definition: WidgetDefinition, look?: Look): Promise<WidgetData>;
}

/** Each is a widget as one embed or page sees it; those longest unused are forgotten. */
const MOST_KEPT = 500;

export function createWidgetReader(core: Core, locale: string): WidgetReader {
  const kept = new Map<string, { readonly at: string; readonly data: Promise<WidgetData> }>();
  return {
    async read(definition, look = {}) {
      const { revision } = await core.store.snapshot();
      const hour = core.clock.now().toString({ smallestUnit: 'minute' }).slice(0, 13);
      const at = `${revision} ${core.clock.today()} ${hour} ${JSON.stringify(definition)}`;
      const key = `${definition.id} ${JSON.stringify(look)}`;
      const known = kept.get(key);
      kept.delete(key);
      const entry =
        known?.at === at
          ? known
          : { at, data: widgetData(core, definition, look.locale ?? definition.locale ?? locale, look) };
      kept.set(key, entry);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      // A failed reading is not kept; whoever asked for it gets the error.
      entry.data.catch(() => kept.get(key) === entry && kept.delete(key));
      return entry.data;
    },
  };
}
