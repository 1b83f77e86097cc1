import type { Picture } from './ports/picture.ts';
import type { Core } from './usecases/core.ts';
import { widgetData, widgetDefinition } from './usecases/widget-data.ts';
import { describe } from './widgets/describe.ts';
import { toVegaLite } from './widgets/to-vega-lite.ts';

/** The picture that stands under a sync summary: the same one the ICB tab shows. */
export const summaryChart =
  (core: Core, picture: Picture, locale: string) =>
  async (): Promise<{ png: Uint8Array; title: string; altText: string } | undefined> => {
    const { result } = await widgetData(core, await widgetDefinition(core, 'pending-by-module'), locale);
    if (result.panels.length === 0) return undefined;
    const { title } = result.definition;
    const altText = describe(result, locale);
    const png = await picture.png(toVegaLite(result, { locale }), {
      title,
      description: altText,
      width: 1200,
    });
    return { png, title, altText };
  };
