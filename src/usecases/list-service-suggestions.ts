import type { ServiceSuggestion } from '../matching/suggest-services.ts';
import type { Core } from './core.ts';
import { serviceMappingSheet } from './service-mapping-sheet.ts';

export interface ServiceSuggestionView extends ServiceSuggestion {
  readonly id: string;
  readonly contractId: string;
  readonly module: string;
  readonly billingType: string;
  /** The contract service's name. */
  readonly service: string;
}

/** Services for what nobody has mapped or ignored yet on an organization's contracts. Error: `unknown-organization`. */
export async function listServiceSuggestions(
  core: Core,
  organization: string,
): Promise<ServiceSuggestionView[]> {
  const { contracts } = await serviceMappingSheet(core, organization);
  return contracts.flatMap(({ contract, sections, services }) =>
    sections.flatMap(({ module, rows }) =>
      rows.flatMap(({ billingType, suggestion }): ServiceSuggestionView[] => {
        const service = services.find(({ id }) => id === suggestion?.contractServiceId);
        if (!suggestion || !service) return [];
        const key = { contractId: contract.id, module: module.id, billingType: billingType.name };
        return [{ id: JSON.stringify(Object.values(key)), ...key, ...suggestion, service: service.name }];
      }),
    ),
  );
}
