import { z } from 'zod';

/** The parts of Slack's payloads icb reads. Slack adds fields at will, so unknown ones are let through. */
const Person = z
  .object({ id: z.string(), name: z.string().optional(), username: z.string().optional() })
  .transform((user) => ({ id: user.id, name: user.name ?? user.username ?? user.id }));

const Choice = z.object({ value: z.string() });
const ElementState = z.object({
  selected_option: Choice.nullish(),
  selected_options: z.array(Choice).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
  value: z.string().nullish(),
});
export type ElementState = z.infer<typeof ElementState>;

/** A block as Slack gives it back. */
export const ShownBlock = z.looseObject({ type: z.string(), block_id: z.string().optional() });
export type ShownBlock = z.infer<typeof ShownBlock>;

export const View = z.object({
  id: z.string(),
  type: z.string(),
  hash: z.string().optional(),
  blocks: z.array(ShownBlock).default([]),
  callback_id: z.string().default(''),
  title: z.object({ text: z.string() }).nullish(),
  private_metadata: z.string().default(''),
  state: z
    .object({ values: z.record(z.string(), z.record(z.string(), ElementState)).default({}) })
    .default({ values: {} }),
});
export type View = z.infer<typeof View>;

const Action = z.object({
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().nullish(),
  selected_option: Choice.nullish(),
  /** The words on a button. */
  text: z.object({ text: z.string() }).nullish().catch(undefined),
});
export type Action = z.infer<typeof Action>;

export const CommandBody = z.object({
  text: z.string().default(''),
  user_id: z.string(),
  user_name: z.string().optional(),
  channel_id: z.string().optional(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
});

/** The message that was clicked; Slack leaves it out where only one person saw it. */
const ShownMessage = z.object({
  ts: z.string(),
  text: z.string().default(''),
  blocks: z.array(ShownBlock).default([]),
});
export type ShownMessage = z.infer<typeof ShownMessage>;

export const ActionBody = z.object({
  user: Person,
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  message: ShownMessage.nullish(),
  view: View.nullish(),
  actions: z.array(Action).min(1),
});

/** A shortcut from Slack's own menus: a global one, or one on a message. */
export const ShortcutBody = z.object({
  user: Person,
  callback_id: z.string(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z
    .object({
      text: z.string().nullish(),
      blocks: z.array(z.unknown()).nullish(),
      files: z.array(z.object({ id: z.string() })).nullish(),
    })
    .nullish(),
});
export type ShortcutBody = z.infer<typeof ShortcutBody>;

export const ViewBody = z.object({ user: Person, trigger_id: z.string().optional(), view: View });

export const OptionsBody = z.object({
  user: Person,
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().nullish(),
  view: View.nullish(),
});

/** A file was shared where icb is: in its direct messages or a channel it is a member of. */
export const FileShared = z.object({ file_id: z.string(), user_id: z.string(), channel_id: z.string() });
export type FileShared = z.infer<typeof FileShared>;

export const HomeOpened = z.object({ user: z.string(), tab: z.string().default('home') });
