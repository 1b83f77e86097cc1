import { measureLabel } from '../measure.ts';
import { type ChartInput, type ChartView, datum } from './chart-input.ts';

const HEIGHT = 90;

/** The total, large. */
export function number(input: ChartInput): ChartView {
  const { panel, result, theme } = input;
  const value = datum(input, panel.total);
  // Twelve characters fill the width at the largest size.
  const fontSize = Math.min(44, (input.width - 24) / (String(value.text).length * 0.72));
  return {
    height: input.height ?? HEIGHT,
    sideways: 0,
    below: 0,
    view: {
      data: { values: [{ ...value, caption: measureLabel(result.definition.measure) }] },
      layer: [
        {
          mark: {
            type: 'text',
            align: 'left',
            baseline: 'middle',
            x: 0,
            y: 26,
            fontSize,
            fontWeight: 'bold',
            color: theme.text,
          },
          encoding: {
            text: { field: 'text', type: 'nominal' },
            tooltip: { field: 'label', type: 'nominal' },
          },
        },
        {
          mark: {
            type: 'text',
            align: 'left',
            baseline: 'middle',
            x: 0,
            y: 64,
            fontSize: 13,
            color: theme.muted,
          },
          encoding: { text: { field: 'caption', type: 'nominal' } },
        },
      ],
    },
  };
}
