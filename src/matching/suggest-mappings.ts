import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { MappingSuggestion } from '../domain/organization-mapping.ts';
import { MappingSuggester } from './mapping-suggester.ts';
import type { Evidence } from './suggestion-evidence.ts';

export interface SuggestionInput extends Omit<Evidence, 'among'> {
  /** Those to suggest for. */
  readonly moduleOrganizations: readonly ModuleOrganization[];
  /** Those to suggest for when left out. */
  readonly among?: Evidence['among'];
}

/**
 * Offers organizations for module organizations, one suggestion each in the given order. A link the module itself holds
 * comes first; without one, names decide (README.md). Organizations that cannot be mapped and refused pairs are never
 * offered. The order of the input does not matter.
 */
export function suggestMappings({ moduleOrganizations, ...input }: SuggestionInput): MappingSuggestion[] {
  const suggester = new MappingSuggester();
  suggester.read({ ...input, among: input.among ?? moduleOrganizations });
  return suggester.suggest(moduleOrganizations);
}
