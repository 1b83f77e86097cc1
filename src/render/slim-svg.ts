/** What says nothing: the value an element has anyway. */
const DEFAULTS = / (?:opacity|fill-opacity|stroke-opacity)="1"| stroke-dasharray=""/g;
/** Vega frames each group by two paths, also where it draws neither ground nor border; the root's fill is none. */
const UNSEEN = /<path class="(?:back|fore)ground"(?![^>]* (?:fill|stroke)=)[^>]*\/>/g;
const EMPTY_LINE = /<tspan[^>]*\/>/g;
/** The first line of a text stands where the text does. */
const FIRST_LINE = /<tspan>([^<]*)<\/tspan>/g;
const LONG_NUMBERS = /( (?:d|transform)=")([^"]*)"/g;
const FONT = / font-family="([^"]*)"/g;
/** A group of marks without groups or links inside. */
const MARKS = /(<g class="mark-[^>]*)>((?:<(?!\/?g[ >]|a )[^>]*>|[^<])*)<\/g>/g;
const MARK_TAG = /<(?:path|line|text)[ >][^>]*/g;
/** Inherited, so that a group may say it for all in it. */
const SHARED = ['stroke', 'stroke-width', 'fill', 'font-size', 'font-weight', 'text-anchor'] as const;

const rounded = (numbers: string): string =>
  numbers.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));

/** Moves what all marks of a group have in common to the group. */
function share(open: string, marks: string): string {
  const tags = marks.match(MARK_TAG) ?? [];
  const valueIn = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[0];
  const common = SHARED.flatMap((name) => {
    const value = valueIn(tags[0] ?? '', name);
    const all = value !== undefined && tags.length > 1 && tags.every((tag) => tag.includes(value));
    return all && !open.includes(` ${name}=`) ? [value] : [];
  });
  const without = marks.replace(MARK_TAG, (tag) =>
    common.reduce((rest, attribute) => rest.replace(attribute, ''), tag),
  );
  return `${open}${common.join('')}>${without}</g>`;
}

/**
 * The same picture in half the characters: a tab holds two dozen, and the browser reads every one before the last is
 * painted. Coordinates keep a hundredth of a pixel.
 */
export function slimSvg(svg: string): string {
  const fonts = new Set([...svg.matchAll(FONT)].map(([, family]) => family));
  const [font] = fonts;
  const slim = svg
    .replace(DEFAULTS, '')
    .replace(UNSEEN, '')
    .replace(EMPTY_LINE, '')
    .replace(FIRST_LINE, '$1')
    .replace(LONG_NUMBERS, (_all, name: string, value: string) => `${name}${rounded(value)}"`)
    .replace(MARKS, (_all, open: string, marks: string) => share(open, marks));
  if (fonts.size !== 1 || font === undefined) return slim;
  return slim.replace(FONT, '').replace(/^<svg/, `<svg font-family="${font}"`);
}
