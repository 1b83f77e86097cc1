import type { Heading } from '../heading.ts';
import type { ChartInput, Json } from './chart-input.ts';

/** A phone, or a card of about that width: names stand above their bars. */
const NARROW = 520;
export const isNarrow = (input: ChartInput): boolean => input.width < NARROW;

/** Average pixels of a character at 12 px in the widest font used. */
const CHARACTER = 6.7;

/** About how wide the longest of these is. Only layout depends on it; Vega measures with the font itself. */
export const textWidth = (texts: readonly string[], most: number): number =>
  Math.min(most, Math.max(0, ...texts.map((text) => text.length)) * CHARACTER);

export const labels = (headings: readonly Heading[]): string[] => headings.map((heading) => heading.label);

const LEGEND_ROW = 22;
const SYMBOL = 24;
const LEGEND_LABEL = 280;

interface Legend {
  /** Null where the definition wants none. */
  readonly legend: Json | null;
  /** Pixels it takes beside the plot, or under it. */
  readonly beside: number;
  readonly below: number;
  /** The least height of the whole, so that a legend beside the plot fits. */
  readonly least: number;
}

/** Narrower than this per group, month names run into each other. */
const BAND = 33;
const NARROWEST_PLOT = 220;

/** The colour legend: right of the plot, or under it where the plot would become too narrow. */
export function legendOf(input: ChartInput, headings: readonly Heading[], bands = 0): Legend {
  if (input.result.definition.legend === false) return { legend: null, beside: 0, below: 0, least: 0 };
  const width = textWidth(labels(headings), LEGEND_LABEL) + SYMBOL;
  const base = {
    title: null,
    labelColor: input.theme.text,
    symbolType: 'square',
    symbolSize: 110,
    labelLimit: Math.min(LEGEND_LABEL, input.width - SYMBOL),
  };
  const plot = input.width - width - 80;
  if (plot >= Math.max(NARROWEST_PLOT, bands * BAND))
    return {
      legend: { ...base, orient: 'right', offset: 16, rowPadding: 6 },
      beside: width + 16,
      below: 0,
      least: headings.length * 24 + 8,
    };
  const columns = Math.max(1, Math.floor(input.width / (width + 8)));
  return {
    legend: { ...base, orient: 'bottom', offset: 14, columns, columnPadding: 8, rowPadding: 4 },
    beside: 0,
    below: Math.ceil(headings.length / columns) * LEGEND_ROW + 14,
    least: 0,
  };
}
