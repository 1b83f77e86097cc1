import { shortFigure } from '../format-figure.ts';
import { measureLabel } from '../measure.ts';
import { colourOf } from '../palette.ts';
import { type ChartInput, type ChartView, datum, type Json, tooltip } from './chart-input.ts';
import { goalNumber, goalText } from './goal.ts';

const HEIGHT = 220;
/** Half a circle from left to right, in radians from the top. */
const FROM = -Math.PI / 2;
const TO = Math.PI / 2;

/** The next of 1, 2, 2.5, 5, 10 … so that the end of a gauge without a goal is a figure one can read. */
function niceEnd(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Where a dial stands in its plot: signals of the plot, or figures where Vega's signals are those of a whole stack. */
interface Place {
  readonly width: string;
  readonly height: string;
}

const placeOf = ({ stackedBy, width }: ChartInput, height: number): Place =>
  stackedBy === undefined
    ? { width: 'width', height: 'height' }
    : { width: String(width), height: String(height - stackedBy) };

interface Gauge {
  readonly end: number;
  /** From 0 to 1, however far below or beyond the ends the figure lies. */
  readonly share: number;
  readonly goalShare: number | undefined;
}

function gaugeOf(input: ChartInput): Gauge {
  const value = input.panel.total.number;
  const goal = goalNumber(input);
  const end = goal !== undefined && goal > 0 ? Math.max(goal, niceEnd(value)) : niceEnd(value);
  return {
    end,
    share: Math.min(1, Math.max(0, value / end)),
    goalShare: goal !== undefined && goal > 0 ? goal / end : undefined,
  };
}

const angle = (share: number): number => FROM + (TO - FROM) * share;

const arc = (
  input: ChartInput,
  from: number,
  to: number,
  color: string,
  radius: number,
  inner: number,
  place: Place,
): Json => ({
  data: { values: [{ ...datum(input, input.panel.total), from, to }] },
  mark: {
    type: 'arc',
    outerRadius: radius,
    innerRadius: inner,
    color,
    x: middle(place),
    y: { expr: `${place.height} - 54` },
  },
  encoding: {
    theta: { field: 'from', type: 'quantitative', scale: null, stack: null },
    theta2: { field: 'to' },
    tooltip,
  },
});

const middle = ({ width }: Place): Json => ({ expr: `${width} / 2` });

const words = (value: string, down: number, place: Place, extra: Json): Json => ({
  data: { values: [{ words: value }] },
  mark: {
    type: 'text',
    baseline: 'middle',
    x: middle(place),
    y: { expr: `${place.height} - ${54 - down}` },
    ...extra,
  },
  encoding: { text: { field: 'words', type: 'nominal' } },
});

/** A needle or a tick: an arc too thin to be anything else. A rule has no place on a dial, only on axes. */
function stroke(
  input: ChartInput,
  share: number,
  [from, to]: readonly [number, number],
  width: number,
  place: Place,
): Json {
  const half = width / 2 / Math.max(1, to);
  return arc(input, angle(share) - half, angle(share) + half, input.theme.text, to, from, place);
}

function dial(input: ChartInput, kind: 'needle' | 'doughnut'): ChartView {
  const { panel, theme, themeName, locale, result } = input;
  const height = Math.max(input.height ?? HEIGHT, 160);
  const place = placeOf(input, height);
  const radius = Math.max(50, Math.min(height - (input.stackedBy ?? 0) - 80, input.width / 2 - 40));
  const inner = radius * (kind === 'needle' ? 0.82 : 0.66);
  const { end, share, goalShare } = gaugeOf(input);
  const accent = colourOf('service', { kind: 'value', key: '', label: '' }, themeName);
  const figure = String(datum(input, panel.total).text);
  const caption = [measureLabel(result.definition.measure), goalText(input)].filter(Boolean).join(' · ');
  const ends = (text: string, at: 0 | 1): Json =>
    words(text, 14, place, {
      x: { expr: `${place.width} / 2 + ${((at === 0 ? -1 : 1) * (radius + inner)) / 2}` },
      fontSize: 11,
      color: theme.muted,
    });
  return {
    height,
    sideways: 0,
    below: 0,
    view: {
      layer: [
        arc(input, angle(0), angle(1), theme.grid, radius, inner, place),
        arc(input, angle(0), angle(share), accent, radius, inner, place),
        ...(goalShare === undefined ? [] : [stroke(input, goalShare, [inner - 4, radius + 6], 3, place)]),
        ...(kind === 'needle' ? [stroke(input, share, [0, radius * 0.78], 4, place)] : []),
        ends(shortFigure(0, panel.currency, locale), 0),
        ends(shortFigure(end, panel.currency, locale), 1),
        words(figure, kind === 'needle' ? 22 : -14, place, {
          fontSize: 24,
          fontWeight: 'bold',
          color: theme.text,
        }),
        words(caption, 44, place, { fontSize: 12, color: theme.muted, limit: input.width }),
      ],
    },
  };
}

/** The total on a half circle that ends at the goal, or at the next round figure. */
export const needleGauge = (input: ChartInput): ChartView => dial(input, 'needle');
export const doughnutGauge = (input: ChartInput): ChartView => dial(input, 'doughnut');
