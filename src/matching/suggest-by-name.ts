import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { classify } from './classify.ts';
import { offersByName } from './offer.ts';
import type { OrganizationIndex } from './organization-index.ts';

/** What a name alone says: class and candidates among the organizations of an index. */
export const suggestByName = (
  index: OrganizationIndex,
  name: string,
): Pick<MappingSuggestion, 'class' | 'candidates'> => classify(offersByName(index, name));
