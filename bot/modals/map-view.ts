import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import { ACTIONS, MapMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, divider, plain, section } from '../blocks.ts';
import { pageButtons } from '../page-buttons.ts';
import { searchBlockId } from '../screens/map-choices.ts';
import { type MapPage, type MapRow, ROWS_ON_A_PAGE, type Targets } from '../screens/map-rows.ts';
import { escapeName } from '../words/escape.ts';
import { counted } from '../words/wording.ts';
import { mapRowBlocks } from './map-row.ts';

export interface MapViewInput extends MapPage {
  readonly targets: Targets;
  /** Organization or module the list is narrowed to, by name. */
  readonly filter?: string;
  readonly meta: MapMeta;
}

/** Module organizations with their suggestions, page by page. Nothing is ticked that nobody ticked. */
export function mapView({ rows, total, page, targets, filter, meta }: MapViewInput): ModalView {
  const pages = Math.max(1, Math.ceil(total / ROWS_ON_A_PAGE));
  return {
    type: 'modal',
    callback_id: VIEWS.map,
    private_metadata: write(MapMeta, { ...meta, page }),
    title: plain('Map organizations', 24),
    submit: plain('Review', 24),
    close: plain('Cancel', 24),
    blocks: [
      searchInput(meta),
      ...summary(total, pages, page, meta, filter),
      ...toolbar(rows, meta, filter),
      divider(),
      ...rows.flatMap((row) => mapRowBlocks(row, meta, targets)),
      ...(total === 0 ? [section(nothingHere(meta, filter))] : []),
      ...(pages > 1 ? [actions(pageButtons(ACTIONS.map.page, page, pages))] : []),
    ],
  };
}

const searchInput = (meta: MapMeta): KnownBlock => ({
  type: 'input',
  block_id: searchBlockId(meta.generation),
  optional: true,
  dispatch_action: true,
  label: plain('Search by name'),
  hint: plain('Press Enter to search.', 150),
  element: {
    type: 'plain_text_input',
    action_id: ACTIONS.map.search,
    max_length: 150,
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    ...(meta.search ? { initial_value: meta.search } : {}),
  },
});

function summary(
  total: number,
  pages: number,
  page: number,
  meta: MapMeta,
  filter: string | undefined,
): KnownBlock[] {
  const what = counted(total, meta.mapped ? 'decided module organization' : 'unmapped module organization');
  return [
    section(`*${what}*${filter ? ` for *${escapeName(filter)}*` : ''}`),
    context(
      [
        ...(pages > 1 ? [`Page ${page + 1} of ${pages}`] : []),
        `${meta.choices.size} chosen so far`,
        'nothing is saved before you press Review and then Save',
      ].join(' · '),
    ),
  ];
}

function toolbar(shown: readonly MapRow[], meta: MapMeta, filter: string | undefined): KnownBlock[] {
  const anySure = shown.some((row) => row.state.kind === 'unmapped' && row.state.class === 'sure');
  const elements: ActionsBlockElement[] = [
    ...(anySure ? [button(ACTIONS.map.selectSure, 'Select all sure on this page')] : []),
    button(ACTIONS.map.mapped, meta.mapped ? 'Show unmapped' : 'Show mapped', {
      value: meta.mapped ? 'off' : 'on',
    }),
    ...(meta.mapped
      ? []
      : [
          button(
            ACTIONS.map.suggestions,
            meta.suggested ? 'Hide suggested mappings' : 'Show suggested mappings',
            { value: meta.suggested ? 'off' : 'on' },
          ),
        ]),
    ...(filter || meta.search ? [button(ACTIONS.map.showAll, 'Show all')] : []),
  ];
  return [actions(elements)];
}

function nothingHere(meta: MapMeta, filter: string | undefined): string {
  if (meta.search) return `Nothing here is called “${escapeName(meta.search)}”.`;
  if (meta.mapped) return 'Nothing is mapped or ignored here yet.';
  if (filter)
    return `Nothing unmapped looks like *${escapeName(filter)}*. Press *Show all* to pick it by hand, or *Show mapped*.`;
  return 'Everything is decided. New module organizations appear here after a sync; `/icb enable` starts one.';
}
