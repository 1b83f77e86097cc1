import type { Heading } from '../../src/widgets/heading.ts';
import { colourOf } from '../../src/widgets/palette.ts';
import { type ThemeName, themes } from '../../src/widgets/theme.ts';
import { DIMENSIONS } from '../../src/widgets/widget-definition.ts';

const heading = (kind: Heading['kind'], key: string): Heading => ({ kind, key, label: key });

/** More than the palette holds, so that its whole sequence is walked. */
const POSITIONS = 100;

function* coloursIn(theme: ThemeName, modules: readonly string[]): Generator<string> {
  yield* Object.values(themes[theme]);
  for (const id of modules) yield colourOf('module', heading('value', id), theme);
  for (const status of ['pending', 'posted']) yield colourOf('status', heading('value', status), theme);
  for (const dimension of DIMENSIONS) {
    for (const kind of ['value', 'none', 'other'] as const)
      yield colourOf(dimension, heading(kind, ''), theme);
  }
  for (let at = 0; at < POSITIONS; at++) yield colourOf('service', heading('value', ''), theme, at);
}

/**
 * Turns charts drawn for light ground into dark ones on a dark display: each light colour has exactly one dark
 * counterpart. Rules of a stylesheet beat an SVG's own colour attributes, so that one picture serves both.
 * @param within what holds the charts to be turned
 */
export function chartCss(modules: readonly string[], within = '.chart'): string {
  const light = [...coloursIn('light', modules)];
  const dark = [...coloursIn('dark', modules)];
  const pairs = new Map(light.map((colour, at) => [colour, dark[at]]));
  const rules = [...pairs].flatMap(([from, to]) => [
    `${within} [fill="${from}"]{fill:${to}}`,
    `${within} [stroke="${from}"]{stroke:${to}}`,
  ]);
  return `@media screen and (prefers-color-scheme: dark){\n${rules.join('\n')}\n}\n`;
}
