import { monthNames, numberForm } from '../format-figure.ts';
import type { ChartInput, Json } from './chart-input.ts';

/**
 * Tick labels in short form, `$1.2k`. The affixes are the locale's own, never a user's text; d3's SI form is not
 * used because it writes half a dollar as `$500m`.
 */
function shortLabels(input: ChartInput): string {
  const { prefix, suffix } = numberForm(input.panel.currency, input.locale);
  const before = JSON.stringify(prefix);
  const form = (divisor: number, unit: string): string =>
    `${before} + format(abs(datum.value) / ${divisor}, ',.2~f') + ${JSON.stringify(unit + suffix)}`;
  const sign = `(datum.value < 0 ? '-' : '')`;
  return `${sign} + (abs(datum.value) >= 1e6 ? ${form(1e6, 'M')} : abs(datum.value) >= 1e3 ? ${form(1e3, 'k')} : ${form(1, '')})`;
}

export function valueAxis(input: ChartInput, tickCount: number): Json {
  const { theme } = input;
  return {
    title: null,
    domain: false,
    ticks: false,
    tickCount,
    labelExpr: shortLabels(input),
    labelColor: theme.muted,
    labelPadding: 6,
    gridColor: { condition: { test: 'datum.value === 0', value: theme.zero }, value: theme.grid },
    labelOverlap: true,
    // Units and counts are whole: no tick at half a unit.
    ...(input.panel.currency === undefined && { tickMinStep: 1 }),
  };
}

/** January says its year, and so does the first month unless January follows at once. */
const saysYear = (month: string, i: number, all: readonly string[]): boolean =>
  month.endsWith('-01') || (i === 0 && !all[1]?.endsWith('-01'));

/** Month keys read as `Nov`, now and then with the year below; no temporal axis, so no time zone. */
export function groupAxis(input: ChartInput): Json {
  const { theme, result, locale, panel } = input;
  const base = { title: null, domain: false, ticks: false, labelPadding: 8, labelColor: theme.text };
  if (result.definition.groupBy !== 'month') return base;
  const names = JSON.stringify(monthNames(locale));
  const dated = JSON.stringify(panel.groups.map((group) => group.key).filter(saysYear));
  const month = `${names}[toNumber(slice(datum.value, 5)) - 1]`;
  const year = `(indexof(${dated}, datum.value) >= 0 ? slice(datum.value, 0, 4) : '')`;
  return {
    ...base,
    labelExpr: `[${month}, ${year}]`,
    labelAngle: 0,
    labelLineHeight: 14,
    labelOverlap: true,
  };
}

/** Where values go from and to; at each end that has bars, labels get `room`, a share of the whole. */
export function valueDomain(low: number, high: number, room: number): [number, number] {
  const from = Math.min(0, low);
  const to = Math.max(0, high);
  const ends = (from < 0 ? 1 : 0) + (to > 0 ? 1 : 0);
  const span = (to - from || 1) / (1 - Math.max(1, ends) * Math.min(room, 0.35));
  const pad = span * Math.min(room, 0.35);
  return [from < 0 ? from - pad : 0, to > 0 || from === 0 ? to + pad : 0];
}
