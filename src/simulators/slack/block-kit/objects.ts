import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** A string of `min` to `max` characters, counted as code points. */
export const chars = (max: number, min = 1) =>
  z
    .string()
    .refine((value) => [...value].length <= max, `must be less than ${max + 1} characters`)
    .refine((value) => [...value].length >= min, `must be more than ${min - 1} characters`);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: chars(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: chars(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

export const id = chars(LIMITS.id);
export const httpUrl = (max: number) =>
  chars(max).refine((value) => /^https?:\/\//.test(value), 'must be a valid http(s) URL');

export const confirm = z.strictObject({
  title: plainText(LIMITS.confirm.title),
  text: anyText(LIMITS.confirm.text),
  confirm: plainText(LIMITS.confirm.button),
  deny: plainText(LIMITS.confirm.button),
  style: z.enum(['primary', 'danger']).optional(),
});

const optionShape = {
  value: chars(LIMITS.option.value),
  description: anyText(LIMITS.option.description).optional(),
};
/** Selects and overflows show plain text only; checkboxes and radio buttons take mrkdwn too. */
export const selectOption = z.strictObject({ text: plainText(LIMITS.option.text), ...optionShape });
export const choiceOption = z.strictObject({ text: anyText(LIMITS.option.text), ...optionShape });
export const overflowOption = z.strictObject({
  text: plainText(LIMITS.option.text),
  ...optionShape,
  url: chars(LIMITS.option.url).optional(),
});

export const optionList = z.array(selectOption).min(1).max(LIMITS.select.options);
export const groupList = z
  .array(z.strictObject({ label: plainText(LIMITS.select.label), options: optionList }))
  .min(1)
  .max(LIMITS.select.groups);

export const dispatchConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .optional(),
});

export const conversationFilter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});

const slackFile = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ url: httpUrl(3000) }),
]);

export const imageSource = {
  image_url: httpUrl(LIMITS.image.url).optional(),
  slack_file: slackFile.optional(),
  alt_text: chars(LIMITS.image.altText),
};
/** Slack wants one source, never both. */
export const hasOneSource = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
export const ONE_SOURCE = 'must provide exactly one of image_url, slack_file';
