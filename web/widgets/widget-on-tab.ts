import { IcbError } from '../../src/domain/errors.ts';
import type { Core } from '../../src/usecases/core.ts';
import { findTab, seesTab } from '../../src/usecases/tabs.ts';
import { widgetDefinition } from '../../src/usecases/widget-data.ts';
import { narrowDefinition } from '../../src/widgets/narrow-definition.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { Viewer } from '../viewer.ts';

/**
 * A widget as a tab shows it, its filter included; as it is without a tab. Error: `not-found`, also for a tab that is
 * not published to the viewer, who is not to learn that there is one.
 */
export async function widgetOnTab(
  core: Core,
  viewer: Viewer,
  id: string,
  tabId: string | undefined,
): Promise<WidgetDefinition> {
  const definition = await widgetDefinition(core, id);
  if (tabId === undefined) return definition;
  const tab = await findTab(core, tabId);
  if (!seesTab(tab, viewer.role)) throw new IcbError('not-found', `There is no tab "${tabId}".`);
  return narrowDefinition(definition, tab.filters);
}
