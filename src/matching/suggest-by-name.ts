import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { classify } from './classify.ts';
import { offerOf } from './offer.ts';
import type { OrganizationIndex } from './organization-index.ts';

/** What a name alone says: class and candidates among the organizations of an index. */
export const suggestByName = (
  index: OrganizationIndex,
  name: string,
  isOut?: (organizationId: string) => boolean,
): Pick<MappingSuggestion, 'class' | 'candidates'> =>
  classify(index.rank(name, isOut).map((ranked) => offerOf(ranked, name)));
