import { isJson, type Json, list, placedElements } from './block-kit/walk-blocks.ts';

/** block_id → action_id → the element's entry in `state.values`. */
export type Inputs = Record<string, Record<string, Json>>;

interface Kind {
  /** The field that holds the value in `state.values` and in an action. */
  readonly field: string;
  /** The element's field with its first value. */
  readonly initial: string;
  readonly many?: boolean;
  /** The value is an option object, not a plain string. */
  readonly options?: boolean;
}

/** Every element that keeps a value. Buttons and overflow menus do not. */
const KINDS: Readonly<Record<string, Kind>> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value' },
  file_input: { field: 'files', initial: 'initial_files', many: true },
  static_select: { field: 'selected_option', initial: 'initial_option', options: true },
  external_select: { field: 'selected_option', initial: 'initial_option', options: true },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', options: true },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', options: true, many: true },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', options: true, many: true },
  checkboxes: { field: 'selected_options', initial: 'initial_options', options: true, many: true },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', many: true },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', many: true },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
};

const kindOf = (element: Json): Kind | undefined => KINDS[String(element.type)];

export const isStateful = (element: Json): boolean => kindOf(element) !== undefined;

const initialState = (element: Json, kind: Kind): Json => ({
  type: element.type,
  [kind.field]: element[kind.initial] ?? (kind.many ? [] : null),
});

/** `state.values` of these blocks: what the person filled in, else what the app proposed. */
export function stateValues(blocks: unknown, inputs: Inputs): Inputs {
  const values: Inputs = {};
  for (const { block, element } of placedElements(blocks)) {
    const kind = kindOf(element);
    if (!kind) continue;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    values[blockId] ??= {};
    const entered = inputs[blockId]?.[actionId];
    const isKept = entered && entered.type === element.type;
    values[blockId][actionId] = isKept ? entered : initialState(element, kind);
  }
  return values;
}

/**
 * What stays of `shown` (the state of the old blocks) under new ones: only entries whose block_id,
 * action_id and element type stay the same and whose choices are still on offer. A new initial
 * value counts only where nothing stays, as in Slack; an app that wants it changes the block_id.
 */
export function keepInputs(shown: Inputs, blocks: unknown): Inputs {
  const kept: Inputs = {};
  for (const { block, element } of placedElements(blocks)) {
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const state = shown[blockId]?.[actionId];
    if (!state || state.type !== element.type || !isOnOffer(element, state)) continue;
    kept[blockId] ??= {};
    kept[blockId][actionId] = state;
  }
  return kept;
}

function isOnOffer(element: Json, state: Json): boolean {
  const offered = optionsOf(element).map((option) => option.value);
  const chosen = [state.selected_option, ...list(state.selected_options)].filter(isJson);
  return offered.length === 0 || chosen.every((option) => offered.includes(option.value));
}

export const optionsOf = (element: Json): Json[] => [
  ...list(element.options),
  ...list(element.option_groups).flatMap((group) => list(group.options)),
];

/**
 * The state an element gets when a person enters `raw`: text, an option's value or label, an id,
 * a date, an array of these, or null to empty it. `suggested` are the options an app offered for
 * an external select. Throws when the person could not have chosen it.
 */
export function stateFromRaw(element: Json, raw: unknown, suggested: readonly Json[]): Json {
  const kind = kindOf(element);
  if (!kind) throw new Error(`A ${String(element.type)} takes no value.`);
  if (isJson(raw) && raw.type === element.type) return raw;
  const empty = raw === null || raw === undefined || raw === '';
  if (!kind.many) {
    const value = empty ? null : kind.options ? chosen(element, raw, suggested) : raw;
    return { type: element.type, [kind.field]: value };
  }
  const all = empty ? [] : Array.isArray(raw) ? raw : [raw];
  const values = kind.options ? all.map((one) => chosen(element, one, suggested)) : all;
  return { type: element.type, [kind.field]: values };
}

function chosen(element: Json, raw: unknown, suggested: readonly Json[]): Json {
  const initial = [element.initial_option, ...list(element.initial_options)].filter(isJson);
  const offered = [...optionsOf(element), ...suggested, ...initial];
  const wanted = isJson(raw) ? raw.value : raw;
  const found =
    offered.find((option) => option.value === wanted) ??
    offered.find((option) => isJson(option.text) && option.text.text === wanted);
  if (found) return found;
  const names = offered.map((option) => String(option.value)).join(', ') || 'none; load options first';
  throw new Error(`"${String(wanted)}" is not among the options of ${String(element.action_id)}: ${names}.`);
}

export const isEmptyState = (state: Json | undefined): boolean => {
  const value = Object.entries(state ?? {}).find(([key]) => key !== 'type')?.[1];
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
};
