import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { mappingIndex, type SuggestionView } from './mapping-index.ts';

export type { SuggestionView } from './mapping-index.ts';

/** What could be mapped to what: the undecided module organizations of enabled modules, surest first. Never saved by itself. */
export async function listSuggestions(
  core: Core,
  {
    module,
    search = '',
  }: { readonly module?: string | undefined; readonly search?: string | undefined } = {},
): Promise<SuggestionView[]> {
  const only = module === undefined ? undefined : (await knownModule(core, module)).id;
  const { open } = await mappingIndex(core, await core.store.snapshot());
  const wanted = search.trim().toLowerCase();
  return open.filter(
    (view) =>
      (only === undefined || view.module === only) &&
      (wanted === '' ||
        [view.name, ...view.candidates.map((each) => each.name)].join('\n').toLowerCase().includes(wanted)),
  );
}
