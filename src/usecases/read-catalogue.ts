import { type Catalogue, catalogueOf } from '../catalog/catalogue.ts';
import type { Snapshot } from '../ports/store.ts';

/** The modules icb comes with and those people added, as of one state of the store. */
export const readCatalogue = async (snapshot: Snapshot): Promise<Catalogue> =>
  catalogueOf(await snapshot.list('addedModules'));
