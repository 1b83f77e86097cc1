import { LIMITS } from '../../../src/simulators/slack/block-kit/limits.ts';

type Json = Record<string, unknown>;

const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
export const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const option = (at: number | string): Json => ({ text: plain(`Option ${at}`), value: `v${at}` });
const button = (more: Json = {}): Json => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const section = (more: Json): Json => ({ type: 'section', text: mrkdwn('hello'), ...more });
const input = (element: Json, more: Json = {}): Json => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const select = (more: Json): Json => actions({ type: 'static_select', ...more });
const image = (more: Json): Json => ({
  type: 'image',
  image_url: 'https://example.com/a.png',
  alt_text: 'a',
  ...more,
});
const video = (more: Json): Json => ({
  type: 'video',
  alt_text: 'alt',
  title: plain('Title'),
  video_url: 'https://example.com/v',
  thumbnail_url: 'https://example.com/t.png',
  ...more,
});
const confirm = (more: Json): Json =>
  actions(
    button({
      confirm: { title: plain('t'), text: plain('x'), confirm: plain('y'), deny: plain('n'), ...more },
    }),
  );
const card = (more: Json): Json => ({ type: 'card', title: plain('Card'), ...more });
const container = (more: Json): Json => ({
  type: 'container',
  title: plain('Box'),
  child_blocks: [{ type: 'divider' }],
  ...more,
});
const feedback = (more: Json): Json => ({
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      positive_button: { text: plain('Good'), value: 'g', ...more },
      negative_button: { text: plain('Bad'), value: 'b' },
    },
  ],
});
const icon = (more: Json = {}): Json => ({
  type: 'icon_button',
  icon: 'trash',
  text: plain('Delete'),
  ...more,
});
const cell = (text = 'c'): Json => ({ type: 'raw_text', text });
const dataTable = (more: Json): Json => ({
  type: 'data_table',
  caption: 'c',
  rows: [[cell()], [cell()]],
  ...more,
});
const chart = (own: Json, more: Json = {}): Json => ({
  type: 'data_visualization',
  title: 'T',
  chart: own,
  ...more,
});
const pie = (segments: Json[]): Json => chart({ type: 'pie', segments });
const bar = (more: Json): Json =>
  chart({
    type: 'bar',
    series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
    axis_config: { categories: ['a'] },
    ...more,
  });
const series = (more: Json): Json => ({ name: 's', data: [{ label: 'a', value: 1 }], ...more });
const axis = (more: Json): Json => ({ categories: ['a'], ...more });
const source = (url: string): Json => ({
  type: 'task_card',
  task_id: 't',
  title: 'T',
  sources: [{ type: 'url', url, text: 's' }],
});

export const modal = (more: Json = {}): Json => ({
  type: 'modal',
  title: plain('Title'),
  blocks: [{ type: 'divider' }],
  ...more,
});

/** Case → a block that must be refused. Names are those of the public conformance set. */
export const INVALID_BLOCKS: Readonly<Record<string, Json>> = {
  'text-empty': section({ text: mrkdwn('') }),
  'text-too-long': section({ text: mrkdwn(x(3001)) }),
  'button-action-id-too-long': actions(button({ action_id: x(256) })),
  'button-text-too-long': actions(button({ text: plain(x(76)) })),
  'button-url-too-long': actions(button({ url: `https://${x(3000)}` })),
  'button-value-too-long': actions(button({ value: x(2001) })),
  'button-accessibility-label-too-long': actions(button({ accessibility_label: x(76) })),
  'confirmation-title-too-long': confirm({ title: plain(x(101)) }),
  'confirmation-text-too-long': confirm({ text: plain(x(301)) }),
  'confirmation-confirm-too-long': confirm({ confirm: plain(x(31)) }),
  'confirmation-deny-too-long': confirm({ deny: plain(x(31)) }),
  'option-text-too-long': select({ options: [{ text: plain(x(76)), value: 'v' }] }),
  'option-value-too-long': select({ options: [{ text: plain('t'), value: x(151) }] }),
  'option-url-too-long': actions({ type: 'overflow', options: [{ ...option(1), url: '😀'.repeat(3001) }] }),
  'option-description-too-long': select({ options: [{ ...option(1), description: plain(x(76)) }] }),
  'option-group-label-too-long': select({ option_groups: [{ label: plain(x(76)), options: [option(1)] }] }),
  'option-group-empty': select({ option_groups: [{ label: plain('l'), options: [] }] }),
  'option-group-too-many-options': select({
    option_groups: [{ label: plain('l'), options: many(101, option) }],
  }),
  'select-placeholder-too-long': select({ placeholder: plain(x(151)), options: [option(1)] }),
  'select-too-many-options': select({ options: many(101, option) }),
  'select-too-many-option-groups': select({
    option_groups: many(101, (at) => ({ label: plain(`l${at}`), options: [option(at)] })),
  }),
  'static-select-options-and-groups': select({
    options: [option(1)],
    option_groups: [{ label: plain('l'), options: [option(1)] }],
  }),
  'overflow-empty': actions({ type: 'overflow', options: [] }),
  'overflow-too-many-options': actions({ type: 'overflow', options: many(6, option) }),
  'checkboxes-empty': actions({ type: 'checkboxes', options: [] }),
  'checkboxes-too-many-options': actions({ type: 'checkboxes', options: many(11, option) }),
  'radio-buttons-empty': actions({ type: 'radio_buttons', options: [] }),
  'radio-buttons-too-many-options': actions({ type: 'radio_buttons', options: many(11, option) }),
  'url-source-url-empty': source(''),
  'url-source-url-too-long': source(`https://${x(3000)}`),
  'table-too-many-rows': { type: 'table', rows: many(101, () => [cell()]) },
  'table-ragged-rows': { type: 'table', rows: [[cell()], [cell(), cell()]] },
  'table-column-settings-mismatch': { type: 'table', rows: [[cell()]], column_settings: [{}, {}] },
  'file-input-max-files-too-small': input({ type: 'file_input', max_files: 0 }),
  'file-input-max-files-too-large': input({ type: 'file_input', max_files: 11 }),
  'plain-text-input-max-length-too-large': input({ type: 'plain_text_input', max_length: 3001 }),
  'number-input-inverted-range': input({
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: '5',
    max_value: '4',
  }),
  'actions-too-many-elements': actions(...many(26, (at) => button({ action_id: `a${at}` }))),
  'context-too-many-elements': { type: 'context', elements: many(11, () => mrkdwn('t')) },
  'context-invalid-element': { type: 'context', elements: [button()] },
  'input-invalid-element': input(button()),
  'header-text-too-long': { type: 'header', text: plain(x(151)) },
  'image-url-too-long': image({ image_url: `https://${x(3000)}` }),
  'image-alt-text-too-long': image({ alt_text: x(2001) }),
  'image-url-and-slack-file': image({ slack_file: { id: 'F1' } }),
  'input-label-too-long': input({ type: 'plain_text_input' }, { label: plain(x(2001)) }),
  'input-hint-too-long': input({ type: 'plain_text_input' }, { hint: plain(x(2001)) }),
  'markdown-empty': { type: 'markdown', text: '' },
  'markdown-too-long': { type: 'markdown', text: x(12_001) },
  'section-text-too-long': section({ text: plain(x(3001)) }),
  'section-too-many-fields': section({ fields: many(11, () => mrkdwn('f')) }),
  'section-field-too-long': section({ fields: [mrkdwn(x(2001))] }),
  'section-missing-content': { type: 'section' },
  'block-id-too-long': { type: 'divider', block_id: x(256) },
  'video-alt-text-empty': video({ alt_text: '' }),
  'video-alt-text-too-long': video({ alt_text: x(201) }),
  'video-title-too-long': video({ title: plain(x(201)) }),
  'video-author-name-too-long': video({ author_name: x(51) }),
  'video-description-too-long': video({ description: plain(x(201)) }),
  'video-provider-name-too-long': video({ provider_name: x(51) }),
  'alert-text-too-long': { type: 'alert', text: plain(x(201)) },
  'card-title-too-long': card({ title: plain(x(151)) }),
  'card-subtitle-too-long': card({ subtitle: plain(x(151)) }),
  'card-body-too-long': card({ body: plain(x(201)) }),
  'card-subtext-too-long': card({ subtext: plain(x(201)) }),
  'card-too-many-actions': card({ actions: many(4, (at) => button({ action_id: `a${at}` })) }),
  'carousel-empty': { type: 'carousel', elements: [] },
  'carousel-too-many-cards': { type: 'carousel', elements: many(11, () => card({})) },
  'container-title-too-long': container({ title: plain(x(151)) }),
  'container-subtitle-too-long': container({ subtitle: plain(x(151)) }),
  'container-too-many-child-blocks': container({ child_blocks: many(11, () => ({ type: 'divider' })) }),
  'context-actions-too-many-elements': { type: 'context_actions', elements: many(6, () => icon()) },
  'feedback-button-text-too-long': feedback({ text: plain(x(76)) }),
  'feedback-button-value-too-long': feedback({ value: x(2001) }),
  'feedback-button-accessibility-label-too-long': feedback({ accessibility_label: x(76) }),
  'icon-button-too-many-visible-users': {
    type: 'context_actions',
    elements: [icon({ visible_to_user_ids: many(11, (at) => `U${at}`) })],
  },
  'data-table-too-few-rows': dataTable({ rows: [[cell()]] }),
  'data-table-too-many-rows': dataTable({ rows: many(102, () => [cell()]) }),
  'data-table-too-few-columns': dataTable({ rows: [[], []] }),
  'data-table-too-many-columns': dataTable({ rows: many(2, () => many(21, () => cell())) }),
  'data-table-page-size-too-small': dataTable({ page_size: 0 }),
  'data-table-page-size-too-large': dataTable({ page_size: 101 }),
  'data-table-cell-text-empty': dataTable({ rows: [[cell('')], [cell()]] }),
  'data-table-content-too-long': dataTable({ rows: [[cell(x(10_001))], [cell(x(10_000))]] }),
  'data-visualization-title-too-long': chart(
    { type: 'pie', segments: [{ label: 'a', value: 1 }] },
    { title: x(51) },
  ),
  'pie-chart-empty': pie([]),
  'pie-chart-too-many-segments': pie(many(LIMITS.chart.parts + 1, (at) => ({ label: `s${at}`, value: 1 }))),
  'chart-segment-label-too-long': pie([{ label: x(21), value: 1 }]),
  'chart-segment-value-not-positive': pie([{ label: 'a', value: 0 }]),
  'chart-series-empty': bar({ series: [] }),
  'chart-too-many-series': bar({ series: many(LIMITS.chart.parts + 1, (at) => series({ name: `s${at}` })) }),
  'data-series-name-too-long': bar({ series: [series({ name: x(21) })] }),
  'data-series-empty': bar({ series: [series({ data: [] })] }),
  'data-series-too-many-points': bar({
    series: [
      series({ data: [{ label: 'a', value: 1 }, ...many(20, (at) => ({ label: `p${at}`, value: 1 }))] }),
    ],
  }),
  'data-point-label-too-long': bar({
    series: [
      series({
        data: [
          { label: 'a', value: 1 },
          { label: x(21), value: 1 },
        ],
      }),
    ],
  }),
  'axis-categories-empty': bar({ axis_config: axis({ categories: [] }) }),
  'axis-too-many-categories': bar({
    series: [series({ data: many(20, (at) => ({ label: `p${at}`, value: 1 })) })],
    axis_config: axis({ categories: many(21, (at) => `p${at}`) }),
  }),
  'axis-category-label-too-long': bar({ axis_config: axis({ categories: [x(21)] }) }),
  'axis-label-too-long': bar({ axis_config: axis({ x_label: x(51) }) }),
};

/** Case → a modal that must be refused. */
export const INVALID_VIEWS: Readonly<Record<string, Json>> = {
  'view-missing-blocks': modal({ blocks: [] }),
  'view-too-many-blocks': modal({ blocks: many(101, () => ({ type: 'divider' })) }),
  'view-private-metadata-too-long': modal({ private_metadata: x(3001) }),
  'view-callback-id-too-long': modal({ callback_id: x(256) }),
  'view-title-too-long': modal({ title: plain(x(25)) }),
  'view-close-too-long': modal({ close: plain(x(25)) }),
  'view-submit-too-long': modal({ submit: plain(x(25)) }),
};
