import { z } from 'zod';
import { LIMITS } from './limits.ts';
import {
  confirm,
  conversationFilter,
  groupList,
  id,
  optionList,
  plainText,
  selectOption,
} from './objects.ts';

const common = {
  action_id: id.optional(),
  confirm: confirm.optional(),
  placeholder: plainText(LIMITS.select.placeholder).optional(),
  focus_on_load: z.boolean().optional(),
};
const many = { max_selected_items: z.number().int().min(1).optional() };
const queried = { min_query_length: z.number().int().min(0).optional() };
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};

type Option = z.infer<typeof selectOption>;
interface Choices {
  options?: Option[] | undefined;
  option_groups?: { options: Option[] }[] | undefined;
}

const oneSource = (select: Choices) =>
  (select.options === undefined) !== (select.option_groups === undefined);
const offers = (select: Choices, picked: readonly (Option | undefined)[]) => {
  const offered = select.options ?? select.option_groups?.flatMap((group) => group.options) ?? [];
  return picked.every((one) => !one || offered.some((it) => JSON.stringify(it) === JSON.stringify(one)));
};
const ONE_SOURCE = 'must provide exactly one of options, option_groups';

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...common,
    options: optionList.optional(),
    option_groups: groupList.optional(),
    initial_option: selectOption.optional(),
  })
  .refine(oneSource, { message: ONE_SOURCE })
  .refine((it) => offers(it, [it.initial_option]), {
    message: 'must match an option provided',
    path: ['initial_option'],
  });

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...common,
    ...many,
    options: optionList.optional(),
    option_groups: groupList.optional(),
    initial_options: z.array(selectOption).min(1).max(LIMITS.select.options).optional(),
  })
  .refine(oneSource, { message: ONE_SOURCE })
  .refine((it) => offers(it, it.initial_options ?? []), {
    message: 'must match options provided',
    path: ['initial_options'],
  });

const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...common,
  ...queried,
  initial_option: selectOption.optional(),
});
const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...common,
  ...queried,
  ...many,
  initial_options: z.array(selectOption).min(1).max(LIMITS.select.options).optional(),
});

const ids = z.array(z.string()).min(1).optional();
const linked = { response_url_enabled: z.boolean().optional() };

export const SELECTS = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  multiExternalSelect,
  z.strictObject({ type: z.literal('users_select'), ...common, initial_user: z.string().optional() }),
  z.strictObject({ type: z.literal('multi_users_select'), ...common, ...many, initial_users: ids }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...common,
    ...linked,
    initial_channel: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...common, ...many, initial_channels: ids }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...common,
    ...linked,
    ...conversations,
    initial_conversation: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...common,
    ...many,
    ...conversations,
    initial_conversations: ids,
  }),
] as const;

/** The answer to a `block_suggestion`: options or groups, nothing else; it may be empty. */
export const suggestionAnswer = z
  .strictObject({
    options: z.array(selectOption).max(LIMITS.select.options).optional(),
    option_groups: z.array(groupList.element).max(LIMITS.select.groups).optional(),
  })
  .refine(oneSource, { message: ONE_SOURCE });
