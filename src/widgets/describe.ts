import { markLabel, markText } from './mark-links.ts';
import { overallLabel } from './measure.ts';
import type { WidgetResult } from './query.ts';

const MOST_NAMED = 5;

/** Breaks at spaces; what does not fit in three lines is left to the description. */
function wrap(text: string, characters: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line && line.length + word.length >= characters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.slice(0, 3);
}

/** What stands under a title, in lines: the description, the totals, and what is left out of sight. */
export function subtitle(result: WidgetResult, characters: number, locale?: string): string[] {
  const { definition, panels, withoutCost } = result;
  const totals = panels.map((panel) => markText(panel.total, locale));
  const cut = panels.find((panel) => panel.groups.length < panel.groupCount && !definition.showOther);
  const facts = [
    totals.length > 0 &&
      definition.chart !== 'number' &&
      definition.total !== false &&
      `${overallLabel(definition.measure)} ${totals.join(' and ')}`,
    cut && `top ${cut.groups.length} of ${cut.groupCount} shown`,
    withoutCost > 0 &&
      `${withoutCost} without a ${definition.entity === 'leakage' ? 'price' : 'cost'} left out`,
  ].filter(Boolean);
  const whole = [definition.description, ...facts].filter(Boolean).join(' · ');
  if (whole.length < characters) return [whole];
  return [definition.description ?? '', facts.join(' · ')]
    .filter(Boolean)
    .flatMap((text) => wrap(text, characters));
}

/** The picture in a sentence or two, for people who do not see it; the table beside it holds every figure. */
export function describe(result: WidgetResult, locale?: string): string {
  const { definition, panels } = result;
  if (panels.length === 0)
    return `${definition.title}: ${definition.entity === 'leakage' ? 'nothing leaks' : 'no billing items to show yet'}.`;
  const parts = panels.map((panel) => {
    const marks = panel.groupTotals.length > 0 ? panel.groupTotals : panel.cells;
    const named = marks.slice(0, MOST_NAMED).map((mark) => markLabel(mark, locale));
    const rest = marks.length - named.length;
    const more = rest > 0 ? `; and ${rest} more` : '';
    return `${overallLabel(definition.measure)} ${markText(panel.total, locale)}. ${named.join('; ')}${more}.`;
  });
  return `${definition.title}. ${parts.join(' ')}`;
}
