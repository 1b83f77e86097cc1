import { describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { OTHER } from '../../src/widgets/heading.ts';
import { colourOf, hasOwnColour } from '../../src/widgets/palette.ts';
import { THEMES, themes } from '../../src/widgets/theme.ts';
import { distance, VISION } from './colour-vision.ts';

const heading = (key: string) => ({ kind: 'value', key, label: key }) as const;

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('every module of the catalogue has a colour of its own', () => {
  expect(BUILT_IN.modules.filter((module) => !hasOwnColour(module.id))).toEqual([]);
  for (const theme of THEMES) {
    const colours = BUILT_IN.modules.map((module) => colourOf('module', heading(module.id), theme));
    expect(new Set([...colours, colourOf('module', OTHER, theme)]).size).toBe(BUILT_IN.modules.length + 1);
  }
});

test.each(THEMES)('colours stand out from the %s surface', (theme) => {
  for (const module of BUILT_IN.modules) {
    const colour = colourOf('module', heading(module.id), theme);
    expect(contrast(colour, themes[theme].surface), module.id).toBeGreaterThan(2.6);
  }
});

test('a module keeps its colour wherever it stands, an unknown one too', () => {
  expect(colourOf('module', heading('new-module'), 'light', 3)).toBe(
    colourOf('module', heading('new-module'), 'light', 9),
  );
});

/** Least distance of any two in OKLab; 0.02 is just seen side by side. */
const LEAST = { full: 0.08, deuteranopia: 0.04, protanopia: 0.04 };

describe.each(THEMES)('25 modules in %s', (theme) => {
  test.each(Object.entries(LEAST))(
    'can be told apart with %s colour vision, from "Other" as well',
    (vision, least) => {
      const colours = [
        ...BUILT_IN.modules.map((module) => colourOf('module', heading(module.id), theme)),
        colourOf('module', OTHER, theme),
      ];
      for (const [at, one] of colours.entries())
        for (const other of colours.slice(at + 1))
          expect(distance(one, other, VISION[vision] ?? []), `${one} ${other}`).toBeGreaterThan(least);
    },
  );
});
