import { dataTable, dataVisualization, table } from './data-blocks.js';
import { freshId, h, link } from './dom.js';
import { control } from './elements.js';
import { imageOf } from './images.js';
import { markdown } from './markdown.js';
import { textNodes } from './mrkdwn.js';
import { richText } from './rich-text.js';

function section(context, block) {
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-text' },
      block.text ? h('div', { class: 'text' }, textNodes(block.text)) : null,
      block.fields
        ? h(
            'div',
            { class: 'fields' },
            block.fields.map((field) => h('div', { class: 'text' }, textNodes(field))),
          )
        : null,
    ),
    block.accessory ? h('div', { class: 'accessory' }, control(context, block, block.accessory)) : null,
  );
}

function input(context, block) {
  const labelId = freshId('label');
  const error = context.errors?.[block.block_id];
  const errorId = error ? freshId('error') : undefined;
  const hintId = block.hint ? freshId('hint') : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  const drawn = control(context, block, block.element, { isInput: true, labelId, describedBy });
  if (error)
    (drawn.matches('input,textarea,[role]') ? drawn : drawn.querySelector('input'))?.setAttribute(
      'aria-invalid',
      'true',
    );
  const label = h('span', { class: 'label', id: labelId }, textNodes(block.label));
  return h(
    'div',
    { class: `input${error ? ' invalid' : ''}` },
    h(
      'div',
      { class: 'label-row' },
      label,
      block.optional ? h('span', { class: 'optional' }, ' (optional)') : null,
    ),
    drawn,
    error ? h('p', { class: 'error', id: errorId, role: 'alert' }, error) : null,
    block.hint ? h('p', { class: 'hint', id: hintId }, textNodes(block.hint)) : null,
  );
}

function image(context, block) {
  return h(
    'figure',
    { class: 'image' },
    block.title ? h('figcaption', {}, textNodes(block.title)) : null,
    imageOf(context, block),
  );
}

function contextLine(context, block) {
  return h(
    'div',
    { class: 'context' },
    block.elements.map((element) =>
      element.type === 'image' ? imageOf(context, element) : h('span', {}, textNodes(element)),
    ),
  );
}

function card(context, block) {
  return h(
    'article',
    { class: 'card' },
    block.hero_image ? imageOf(context, block.hero_image) : null,
    block.title ? h('strong', {}, textNodes(block.title)) : null,
    block.subtitle ? h('div', { class: 'hint' }, textNodes(block.subtitle)) : null,
    block.body ? h('div', {}, textNodes(block.body)) : null,
    block.subtext ? h('small', {}, textNodes(block.subtext)) : null,
    block.actions
      ? h(
          'div',
          { class: 'actions' },
          block.actions.map((one) => control(context, block, one)),
        )
      : null,
  );
}

const STATUS = {
  pending: '○ Pending',
  in_progress: '◐ In progress',
  complete: '● Complete',
  error: '✕ Failed',
};
const task = (it) =>
  h(
    'div',
    { class: 'task' },
    h('span', {}, it.title),
    h('span', { class: 'hint' }, STATUS[it.status] ?? ''),
    it.details ? richText(it.details.elements) : null,
    it.output ? richText(it.output.elements) : null,
    (it.sources ?? []).map((source) => link(source.url, source.text)),
  );

const BLOCKS = {
  section,
  input,
  image,
  context: contextLine,
  card,
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  divider: () => h('hr'),
  // Below the channel's h1, or below a modal's h2.
  header: (context, block) => h(context.isModal ? 'h3' : 'h2', { class: 'header' }, textNodes(block.text)),
  actions: (context, block) =>
    h(
      'div',
      { class: 'actions' },
      block.elements.map((one) => control(context, block, one)),
    ),
  context_actions: (context, block) =>
    h(
      'div',
      { class: 'actions' },
      block.elements.map((one) => control(context, block, one)),
    ),
  markdown: (_context, block) => h('div', { class: 'text markdown' }, markdown(block.text)),
  rich_text: (_context, block) => h('div', { class: 'text' }, richText(block.elements)),
  alert: (_context, block) =>
    h('div', { class: `alert ${block.level ?? ''}`, role: 'note' }, textNodes(block.text)),
  carousel: (context, block) =>
    h(
      'div',
      { class: 'carousel' },
      block.elements.map((one) => card(context, one)),
    ),
  container: (context, block) =>
    h(
      'section',
      { class: 'card' },
      h('strong', {}, textNodes(block.title)),
      block.subtitle ? h('div', { class: 'hint' }, textNodes(block.subtitle)) : null,
      drawBlocks(context, block.child_blocks),
    ),
  plan: (_context, block) =>
    h('div', { class: 'card' }, h('strong', {}, block.title), (block.tasks ?? []).map(task)),
  task_card: (_context, block) => h('div', { class: 'card' }, task(block)),
  video: (_context, block) => h('p', {}, link(block.video_url, textNodes(block.title))),
  file: (_context, block) => h('p', { class: 'hint' }, `Remote file ${block.external_id}`),
};

/** Blocks as nodes. `context`: the place, its blocks, state and errors. */
export function drawBlocks(context, blocks) {
  return blocks.map((block) => {
    const node = BLOCKS[block.type]?.(context, block) ?? h('p', {}, `[${block.type}]`);
    return h('div', { class: `block ${block.type}`, 'data-block-id': block.block_id }, node);
  });
}
