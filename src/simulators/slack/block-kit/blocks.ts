import { z } from 'zod';
import { dataTable, dataVisualization, table } from './data-blocks.ts';
import {
  accessory,
  actionElement,
  anySectionText,
  cardButton,
  contextAction,
  contextElement,
  image as imageElement,
  inputElement,
} from './elements.ts';
import { LIMITS } from './limits.ts';
import { anyText, chars, hasOneSource, httpUrl, id, imageSource, ONE_SOURCE, plainText } from './objects.ts';
import { richTextParts } from './rich-text.ts';

const block_id = id.optional();

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anySectionText.optional(),
    fields: z.array(anyText(LIMITS.section.field)).min(1).max(LIMITS.section.fields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((it) => it.text !== undefined || it.fields !== undefined, {
    message: 'must provide at least one of text, fields',
  });

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(LIMITS.input.label),
  element: inputElement,
  dispatch_action: z.boolean().optional(),
  hint: plainText(LIMITS.input.hint).optional(),
  optional: z.boolean().optional(),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    block_id,
    ...imageSource,
    title: plainText(LIMITS.image.title).optional(),
  })
  .refine(hasOneSource, { message: ONE_SOURCE });

const richText = z.strictObject({ type: z.literal('rich_text'), block_id, elements: richTextParts });

const card = z.strictObject({
  type: z.literal('card'),
  block_id,
  hero_image: imageElement.optional(),
  icon: imageElement.optional(),
  slack_icon: z.looseObject({ type: z.literal('icon'), name: z.string() }).optional(),
  title: anyText(LIMITS.card.title).optional(),
  subtitle: anyText(LIMITS.card.subtitle).optional(),
  body: anyText(LIMITS.card.body).optional(),
  subtext: anyText(LIMITS.card.subtext).optional(),
  actions: z.array(cardButton).max(LIMITS.card.actions).optional(),
});

const task = {
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']).optional(),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: chars(3000), text: z.string() })).optional(),
};

const video = z.strictObject({
  type: z.literal('video'),
  block_id,
  alt_text: chars(LIMITS.video.altText),
  title: plainText(LIMITS.video.title),
  video_url: httpUrl(3000),
  thumbnail_url: httpUrl(3000),
  title_url: httpUrl(3000).optional(),
  author_name: chars(LIMITS.video.author).optional(),
  description: plainText(LIMITS.video.description).optional(),
  provider_name: chars(LIMITS.video.provider).optional(),
  provider_icon_url: httpUrl(3000).optional(),
});

const simpleBlocks = [
  section,
  input,
  image,
  richText,
  card,
  video,
  table,
  dataTable,
  dataVisualization,
  z.strictObject({
    type: z.literal('actions'),
    block_id,
    elements: z.array(actionElement).min(1).max(LIMITS.actions),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id,
    elements: z.array(contextElement).min(1).max(LIMITS.context),
  }),
  z.strictObject({
    type: z.literal('context_actions'),
    block_id,
    elements: z.array(contextAction).min(1).max(LIMITS.contextActions),
  }),
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({
    type: z.literal('header'),
    block_id,
    text: plainText(LIMITS.header),
    level: z.number().int().min(1).max(4).optional(),
  }),
  z.strictObject({ type: z.literal('markdown'), block_id, text: chars(LIMITS.markdown) }),
  z.strictObject({ type: z.literal('file'), block_id, external_id: id, source: z.literal('remote') }),
  z.strictObject({
    type: z.literal('alert'),
    block_id,
    text: anyText(LIMITS.alert),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
  z.strictObject({
    type: z.literal('carousel'),
    block_id,
    elements: z.array(card).min(1).max(LIMITS.carousel),
  }),
  z.strictObject({ type: z.literal('task_card'), block_id, ...task }),
  z.strictObject({
    type: z.literal('plan'),
    block_id,
    title: z.string().min(1),
    tasks: z.array(z.strictObject({ type: z.literal('task_card').optional(), block_id, ...task })).optional(),
  }),
] as const;

const child = z.discriminatedUnion('type', [...simpleBlocks]);
const container = z.strictObject({
  type: z.literal('container'),
  block_id,
  title: plainText(LIMITS.container.title),
  subtitle: anyText(LIMITS.container.subtitle).optional(),
  icon: z.looseObject({}).optional(),
  child_blocks: z.array(child).min(1).max(LIMITS.container.children),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
});

/** Any one block with the structure and lengths Slack accepts, whatever surface it stands on. */
export const block = z.discriminatedUnion('type', [...simpleBlocks, container]);
