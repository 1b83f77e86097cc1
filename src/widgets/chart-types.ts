/** What a chart can hold, told apart here so that a definition is refused in words before anything is drawn. */
interface ChartRule {
  /** Whether it shows a break-down: it must, it may, or it cannot. */
  readonly breakDown: 'needed' | 'possible' | 'none';
  /** Parts of a whole: only sums and counts add up to one. */
  readonly whole: boolean;
}

const rule = (breakDown: ChartRule['breakDown'], whole: boolean): ChartRule => ({ breakDown, whole });

export const CHART_RULES = {
  bar: rule('none', false),
  column: rule('none', false),
  'stacked-bar': rule('needed', true),
  'stacked-column': rule('needed', true),
  'grouped-bar': rule('needed', false),
  'grouped-column': rule('needed', false),
  'percent-bar': rule('needed', true),
  'percent-column': rule('needed', true),
  line: rule('possible', false),
  area: rule('possible', true),
  pie: rule('none', true),
  doughnut: rule('none', true),
  funnel: rule('none', true),
  table: rule('possible', false),
  number: rule('none', false),
  'needle-gauge': rule('none', false),
  'doughnut-gauge': rule('none', false),
} as const satisfies Record<string, ChartRule>;

export type ChartType = keyof typeof CHART_RULES;
export const CHART_TYPES = Object.keys(CHART_RULES) as [ChartType, ...ChartType[]];
