import { toChartNumber } from '../../domain/money.ts';
import { formatFigure } from '../format-figure.ts';
import { isMoneyMeasure } from '../measure.ts';
import type { ChartInput, Json } from './chart-input.ts';

/** The goal as a number for pixels; undefined without one. */
export function goalNumber({ result }: ChartInput): number | undefined {
  const { goal } = result.definition;
  return goal && toChartNumber(goal.value);
}

export function goalText({ result, panel, locale }: ChartInput): string {
  const { goal, measure } = result.definition;
  if (!goal) return '';
  const figure = isMoneyMeasure(measure) ? goal.value : toChartNumber(goal.value);
  return `${goal.label}: ${formatFigure(figure, panel.currency, locale)}`;
}

/** The ends of the axis, the goal among them. */
export const withGoal = (input: ChartInput, numbers: readonly number[]): readonly number[] => {
  const goal = goalNumber(input);
  return goal === undefined ? numbers : [...numbers, goal];
};

/** A dashed line across the plot with its name at the end. `y` for columns and lines, `x` for bars. */
export function goalLayers(input: ChartInput, channel: 'x' | 'y', value: Json): Json[] {
  const goal = goalNumber(input);
  if (goal === undefined) return [];
  const data = { values: [{ goal, name: goalText(input) }] };
  // The names of the groups would otherwise place the line at one of them.
  const at = { [channel]: { ...value, field: 'goal', stack: null } };
  const place =
    channel === 'y'
      ? { align: 'right', baseline: 'bottom', dy: -4, x: { expr: 'width' } }
      : { align: 'center', baseline: 'bottom', y: -4 };
  const name = (extra: Json): Json => ({
    data,
    mark: { type: 'text', fontSize: 11, fontWeight: 'bold', ...place, ...extra },
    encoding: { ...at, text: { field: 'name', type: 'nominal' } },
  });
  return [
    {
      data,
      mark: { type: 'rule', strokeDash: [6, 4], strokeWidth: 1.5, color: input.theme.text },
      encoding: at,
    },
    // A rim of the ground keeps the name readable over columns.
    name({ stroke: input.theme.surface, strokeWidth: 4, strokeJoin: 'round', color: input.theme.surface }),
    name({ color: input.theme.text }),
  ];
}
