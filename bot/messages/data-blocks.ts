import type { KnownBlock } from '@slack/types';
import { clip } from '../words/escape.ts';

/** A number is shown as `text` where given: money keeps its exact figure in words. */
export type Cell = string | { readonly value: number; readonly text?: string };

/** Slack takes 100 rows below the heading, and 20,000 characters a table; a message holds less than that in all. */
const ROWS = 100;
const CHARACTERS = 6_000;
const CELL = 80;
const PAGE = 10;

const raw = (cell: Cell) =>
  typeof cell === 'string'
    ? { type: 'raw_text' as const, text: clip(cell.replace(/\s+/g, ' ') || '–', CELL) }
    : {
        type: 'raw_number' as const,
        value: cell.value,
        ...(cell.text ? { text: clip(cell.text, CELL) } : {}),
      };

const lengthOf = (row: readonly Cell[]): number =>
  row.reduce((sum, cell) => sum + [...(raw(cell).text ?? '')].length, 0);

/**
 * A table that pages and sorts in Slack; its first column names the row for screen readers. Cells are plain text, which
 * Slack does not read as mrkdwn. `shown` tells how many rows found room. At least one row.
 */
export function dataTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): { readonly block: KnownBlock; readonly shown: number } {
  let left = CHARACTERS - lengthOf(head);
  const fitting = rows.slice(0, ROWS).filter((row, index) => {
    left -= lengthOf(row);
    return index === 0 || left >= 0;
  });
  return {
    shown: fitting.length,
    block: {
      type: 'data_table',
      caption,
      rows: [head, ...fitting].map((row) => row.map(raw)),
      page_size: PAGE,
      row_header_column_index: 0,
    } as KnownBlock,
  };
}

/** In Slack since June 2026, and not in its types yet. */
interface LineChart {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

/** How many points Slack draws in one series. */
export const CHART_POINTS = 20;

/** One line over labels that are all different; at most `CHART_POINTS` of them. */
export function lineChart(
  title: string,
  name: string,
  points: readonly { readonly label: string; readonly value: number }[],
): KnownBlock {
  const chart: LineChart = {
    type: 'data_visualization',
    title: clip(title, 50),
    chart: {
      type: 'line',
      series: [{ name: clip(name, 20), data: points.slice(-CHART_POINTS) }],
      axis_config: {
        categories: points.slice(-CHART_POINTS).map(({ label }) => label),
        y_label: clip(name, 50),
      },
    },
  };
  return chart as unknown as KnownBlock;
}
