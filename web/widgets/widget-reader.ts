import type { Core } from '../../src/usecases/core.ts';
import { type WidgetData, widgetData } from '../../src/usecases/widget-data.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';

export interface WidgetReader {
  /** A widget's figures; summed up again only after the store changed or the hour did (notes name ages in hours). */
  read(definition: WidgetDefinition): Promise<WidgetData>;
}

export function createWidgetReader(core: Core, locale: string): WidgetReader {
  const kept = new Map<string, { readonly at: string; readonly data: Promise<WidgetData> }>();
  return {
    async read(definition) {
      const { revision } = await core.store.snapshot();
      const hour = core.clock.now().toString({ smallestUnit: 'minute' }).slice(0, 13);
      const at = `${revision} ${core.clock.today()} ${hour} ${JSON.stringify(definition)}`;
      const known = kept.get(definition.id);
      if (known?.at === at) return known.data;
      const data = widgetData(core, definition, locale);
      kept.set(definition.id, { at, data });
      // A failed reading is not kept; whoever asked for it gets the error.
      data.catch(() => kept.get(definition.id)?.data === data && kept.delete(definition.id));
      return data;
    },
  };
}
