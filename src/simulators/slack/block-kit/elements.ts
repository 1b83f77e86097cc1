import { z } from 'zod';
import { LIMITS } from './limits.ts';
import {
  anyText,
  chars,
  choiceOption,
  confirm,
  dispatchConfig,
  hasOneSource,
  httpUrl,
  id,
  imageSource,
  mrkdwn,
  ONE_SOURCE,
  overflowOption,
  plainText,
} from './objects.ts';
import { SELECTS } from './selects.ts';

const interactive = { action_id: id.optional(), confirm: confirm.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const hinted = { placeholder: plainText(LIMITS.select.placeholder).optional() };

const button = z.strictObject({
  type: z.literal('button'),
  ...interactive,
  text: plainText(LIMITS.button.text),
  url: httpUrl(LIMITS.button.url).optional(),
  value: chars(LIMITS.button.value, 0).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: chars(LIMITS.button.accessibilityLabel).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...interactive,
  options: z.array(overflowOption).min(1).max(LIMITS.overflow),
});

const choices = z.array(choiceOption).min(1).max(LIMITS.choices);
const sameOption = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...interactive,
    ...focusable,
    options: choices,
    initial_options: choices.optional(),
  })
  .refine(
    (element) =>
      (element.initial_options ?? []).every((it) => element.options.some((o) => sameOption(o, it))),
    {
      message: 'must match options provided',
      path: ['initial_options'],
    },
  );

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...interactive,
    ...focusable,
    options: choices,
    initial_option: choiceOption.optional(),
  })
  .refine(
    (element) =>
      !element.initial_option || element.options.some((o) => sameOption(o, element.initial_option)),
    {
      message: 'must match an option provided',
      path: ['initial_option'],
    },
  );

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...interactive,
  ...focusable,
  ...hinted,
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date in the format YYYY-MM-DD')
    .optional(),
});
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...interactive,
  ...focusable,
  ...hinted,
  initial_time: z
    .string()
    .regex(/^\d{2}:\d{2}$/, 'must be a time in the format HH:mm')
    .optional(),
  timezone: z.string().optional(),
});
const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...interactive,
  ...focusable,
  initial_date_time: z.number().int().optional(),
});

const typed = {
  action_id: id.optional(),
  ...focusable,
  ...hinted,
  dispatch_action_config: dispatchConfig.optional(),
};

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: chars(LIMITS.plainTextInput, 0).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(LIMITS.plainTextInput).optional(),
    max_length: z.number().int().min(1).max(LIMITS.plainTextInput).optional(),
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? LIMITS.plainTextInput), {
    message: 'min_length must not exceed max_length',
    path: ['min_length'],
  });

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number, written as a string');
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: decimal.optional(),
    min_value: decimal.optional(),
    max_value: decimal.optional(),
  })
  .refine((input) => Number(input.min_value ?? '-Infinity') <= Number(input.max_value ?? 'Infinity'), {
    message: 'min_value must not exceed max_value',
    path: ['min_value'],
  });

const lineInput = <T extends 'email_text_input' | 'url_text_input'>(type: T) =>
  z.strictObject({ type: z.literal(type), ...typed, initial_value: z.string().optional() });

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id.optional(),
  filetypes: z.array(z.string()).optional(),
  max_files: z.number().int().min(1).max(LIMITS.fileInput).optional(),
});
const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: z.looseObject({ type: z.string() }).optional(),
  min_lines: z.number().int().optional(),
  max_lines: z.number().int().optional(),
});

export const image = z
  .strictObject({ type: z.literal('image'), ...imageSource })
  .refine(hasOneSource, { message: ONE_SOURCE });

const parameters = z.array(z.strictObject({ name: z.string(), value: z.string() })).optional();
const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  action_id: id.optional(),
  text: plainText(LIMITS.button.text),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: chars(LIMITS.button.accessibilityLabel).optional(),
  workflow: z.strictObject({
    trigger: z.strictObject({ url: httpUrl(3000), customizable_input_parameters: parameters }),
  }),
});

const feedbackButton = z.strictObject({
  text: plainText(LIMITS.button.text),
  value: chars(LIMITS.button.value),
  accessibility_label: chars(LIMITS.button.accessibilityLabel).optional(),
});
const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: id.optional(),
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...interactive,
  icon: z.string().min(1),
  text: plainText(LIMITS.button.text),
  value: chars(LIMITS.button.value).optional(),
  accessibility_label: chars(LIMITS.button.accessibilityLabel).optional(),
  visible_to_user_ids: z.array(z.string()).max(LIMITS.iconButtonUsers).optional(),
});

const pickers = [...SELECTS, checkboxes, radioButtons, datepicker, timepicker] as const;

/** Which elements may stand in which place; anything else is an unsupported type there. */
export const accessory = z.discriminatedUnion('type', [button, overflow, image, workflowButton, ...pickers]);
export const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  workflowButton,
  datetimepicker,
  richTextInput,
  ...pickers,
]);
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  lineInput('email_text_input'),
  lineInput('url_text_input'),
  datetimepicker,
  fileInput,
  richTextInput,
  ...pickers,
]);
export const contextElement = z.discriminatedUnion('type', [
  image,
  plainText(LIMITS.text),
  mrkdwn(LIMITS.text),
]);
export const contextAction = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
export const cardButton = button;
export const anySectionText = anyText(LIMITS.section.text);
