import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../src/simulators/slack/block-kit/check-blocks.ts';
import { checkView, isViewTooLarge } from '../../../src/simulators/slack/block-kit/check-view.ts';
import { SURFACES } from '../../../src/simulators/slack/block-kit/limits.ts';
import { formatProblem } from '../../../src/simulators/slack/block-kit/problem.ts';
import { INVALID_BLOCKS, INVALID_VIEWS, modal, plain } from './block-fixtures.ts';

const surfaceOf = (type: unknown) => SURFACES[String(type)]?.[0] ?? 'message';
const inModal = new Set(['input', 'alert']);
const check = (block: Record<string, unknown>) =>
  checkBlocks([block], inModal.has(String(block.type)) ? 'modal' : surfaceOf(block.type));

/** Wrong in both rows, or wrong in itself and without a point for its category. */
const TWICE_WRONG = new Set([
  'data-table-too-few-columns',
  'data-table-too-many-columns',
  'data-series-empty',
  'axis-category-label-too-long',
]);

describe('what Slack refuses', () => {
  // One fault, one problem: each fixture is refused for its own reason.
  it.each(Object.entries(INVALID_BLOCKS))('%s', (id, block) =>
    expect(check(block)).toHaveLength(TWICE_WRONG.has(id) ? 2 : 1),
  );
  it.each(Object.entries(INVALID_VIEWS))('%s', (_, view) => expect(checkView(view, 'modal')).toHaveLength(1));

  const divider = { type: 'divider' };
  const button = (action_id: string) => ({ type: 'button', action_id, text: plain('Go') });
  const message: [string, unknown[], string][] = [
    ['51 blocks', Array(51).fill(divider), 'no more than 50 items allowed [json-pointer:/blocks]'],
    ['an unknown block', [{ type: 'wat' }], 'unsupported type: wat [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      [{ type: 'actions', elements: [{ type: 'slider' }] }],
      'unsupported type: slider [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'an unknown field',
      [{ type: 'divider', colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    ['a missing field', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'mrkdwn in a header',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      'Invalid input: expected "plain_text" [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a repeated block_id',
      [
        { ...divider, block_id: 'a' },
        { ...divider, block_id: 'a' },
      ],
      'block_id "a" is used more than once [json-pointer:/blocks]',
    ],
    [
      'a repeated action_id in one block',
      [{ type: 'actions', elements: [button('a'), button('a')] }],
      'action_id "a" is used more than once [json-pointer:/blocks/0]',
    ],
    [
      'an initial option that is not offered',
      [
        {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              options: [{ text: plain('A'), value: 'a' }],
              initial_option: { text: plain('B'), value: 'b' },
            },
          ],
        },
      ],
      'must match an option provided [json-pointer:/blocks/0/elements/0/initial_option]',
    ],
    [
      'an alert in a message',
      [{ type: 'alert', text: plain('x') }],
      'block type alert is not allowed in a message [json-pointer:/blocks/0]',
    ],
    [
      'a file input outside a modal',
      [{ type: 'input', label: plain('File'), element: { type: 'file_input' } }],
      'element type file_input is not allowed in a message [json-pointer:/blocks/0/element]',
    ],
    [
      'two tables',
      Array(2).fill({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }),
      'only_one_table_allowed [json-pointer:/blocks]',
    ],
  ];
  it.each(message)('%s in a message', (_, blocks, problem) =>
    expect(checkBlocks(blocks, 'message').map(formatProblem)).toContain(problem),
  );

  const text = { type: 'input', label: plain('Name'), element: { type: 'plain_text_input' } };
  const views: [string, Record<string, unknown>, string][] = [
    [
      '101 blocks',
      modal({ blocks: Array(101).fill(divider) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'inputs without submit',
      modal({ blocks: [text] }),
      'missing required field: submit (the view holds an input block) [json-pointer:/view]',
    ],
    [
      'a chart in a modal',
      modal({ blocks: [INVALID_BLOCKS['pie-chart-empty']] }),
      'block type data_visualization is not allowed in a modal [json-pointer:/view/blocks/0]',
    ],
    [
      'a modal without title',
      { type: 'modal', blocks: [divider] },
      'missing required field: title [json-pointer:/view]',
    ],
  ];
  it.each(views)('%s', (_, view, problem) =>
    expect(checkView(view, 'modal').map(formatProblem)).toContain(problem),
  );

  it('a Home where a modal is wanted', () =>
    expect(checkView({ type: 'home', blocks: [divider] }, 'modal')).not.toEqual([]));
  it('a view above 250 kB', () => {
    const view = modal({ blocks: Array(100).fill({ type: 'section', text: plain('x'.repeat(2600)) }) });
    expect(checkView(view, 'modal')).toEqual([]);
    expect(isViewTooLarge(view)).toBe(true);
  });
});

const spec = new URL('../../../../shared/specs/slack/block-kit-spec/fixtures/', import.meta.url);
const isHere = existsSync(spec);

describe.skipIf(!isHere)('the public conformance set (skipped where ../shared/specs is not present)', () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, spec), 'utf8'));
  const names = (folder: string) => (isHere ? readdirSync(new URL(`valid/${folder}/`, spec)) : []);

  it.each(names('blocks'))('accepts %s', (name) => expect(check(read(`valid/blocks/${name}`))).toEqual([]));
  it.each(names('views'))('accepts %s', (name) => {
    const view = read(`valid/views/${name}`);
    expect(checkView(view, view.type)).toEqual([]);
  });
  it('has no invalid case that is not refused here', () => {
    const ids: string[] = read('invalid/manifest.json').cases.map((one: { id: string }) => one.id);
    const covered = new Set([...Object.keys(INVALID_BLOCKS), ...Object.keys(INVALID_VIEWS)]);
    expect(ids.filter((id) => !covered.has(id))).toEqual([]);
  });
});
