import { isJson, type Json, list } from './block-kit/walk-blocks.ts';
import { type Inputs, isEmptyState, stateValues } from './element-state.ts';

/** What Slack's client itself refuses before it sends a submission: block_id → sentence. */
export function inputErrors(blocks: unknown, inputs: Inputs): Record<string, string> {
  const values = stateValues(blocks, inputs);
  const errors: Record<string, string> = {};
  for (const block of list(blocks)) {
    if (block.type !== 'input' || !isJson(block.element)) continue;
    const state = values[String(block.block_id)]?.[String(block.element.action_id)];
    const sentence = isEmptyState(state)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : valueError(block.element, String(state?.value ?? ''));
    if (sentence) errors[String(block.block_id)] = sentence;
  }
  return errors;
}

function valueError(element: Json, value: string): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return textError(value, Number(element.min_length ?? 0), Number(element.max_length ?? 3000));
    case 'number_input':
      return numberError(element, value);
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(value) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function textError(value: string, min: number, max: number): string | undefined {
  const length = [...value].length;
  if (length < min) return `Enter at least ${min} characters.`;
  return length > max ? `Enter at most ${max} characters.` : undefined;
}

function numberError(element: Json, value: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && value.includes('.')) return 'Please enter a whole number.';
  if (element.min_value !== undefined && Number(value) < Number(element.min_value))
    return `Please enter a number of at least ${String(element.min_value)}.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value))
    return `Please enter a number of at most ${String(element.max_value)}.`;
  return undefined;
}
