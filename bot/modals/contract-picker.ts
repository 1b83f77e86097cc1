import type { ExternalSelect, PlainTextOption, StaticSelect } from '@slack/types';
import type { ContractSheet, ServiceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { ACTIONS } from '../action-ids.ts';
import { IN_A_MENU, option, plain } from '../blocks.ts';
import { keyOf } from '../screens/choices.ts';

/** The contracts that can be billed, one option each. */
export function contractOptions({ contracts }: ServiceMappingSheet): PlainTextOption[] {
  const billable = contracts.filter((one) => one.billable).map(({ contract }) => contract);
  const times = Map.groupBy(billable, ({ name }) => name);
  return billable.map(({ id, name }) =>
    // Two contracts may share a name; only then the id helps to tell them apart.
    option(name, keyOf(id), (times.get(name)?.length ?? 0) > 1 ? `id ${id}` : undefined),
  );
}

/** The contract shown, and the others to go on with; more than a menu holds are found by typing. */
export function contractPicker(
  sheet: ServiceMappingSheet,
  { contract }: ContractSheet,
): StaticSelect | ExternalSelect {
  const options = contractOptions(sheet);
  const shown = options.find(({ value }) => value === keyOf(contract.id));
  const common = {
    action_id: ACTIONS.services.contract,
    placeholder: plain('Choose a contract'),
    ...(shown ? { initial_option: shown } : {}),
  };
  return options.length > IN_A_MENU
    ? { type: 'external_select', ...common, min_query_length: 0 }
    : { type: 'static_select', ...common, options };
}
