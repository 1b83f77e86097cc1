import type { Heading } from './heading.ts';
import type { ThemeName } from './theme.ts';
import type { Dimension } from './widget-definition.ts';

type Colour = Readonly<Record<ThemeName, string>>;
const colour = (light: string, dark: string): Colour => ({ light, dark });

/**
 * A module keeps its colour in every widget, whatever else is shown. Chosen far apart in OKLab, also as seen with
 * deuteranopia and protanopia; the most used modules got the ones furthest apart.
 */
const MODULE_COLOURS: Readonly<Record<string, Colour>> = {
  'datto-rmm': colour('#296cd8', '#6aa2fe'),
  'datto-bcdr': colour('#f07a24', '#ffab73'),
  'saas-protection': colour('#148a6d', '#45c4a2'),
  rocketcyber: colour('#b3200f', '#ec6a57'),
  'datto-edr': colour('#812794', '#c07bd0'),
  'vsa-10': colour('#1e7ca1', '#63b5da'),
  'datto-av': colour('#c964df', '#eda9fb'),
  'dark-web-id': colour('#4a41b8', '#8f8df2'),
  'bullphish-id': colour('#e25273', '#ff99a9'),
  'datto-endpoint-backup-pcs': colour('#b3861b', '#dcb55f'),
  'datto-endpoint-backup-servers': colour('#8a5a2b', '#c99a6b'),
  'datto-endpoint-backup-azure': colour('#9a9c45', '#d4d791'),
  'datto-networking': colour('#428252', '#79b385'),
  'datto-saas-defense': colour('#8d73f0', '#baaeff'),
  'datto-file-protection': colour('#9f0c54', '#d8628d'),
  graphus: colour('#6b81c4', '#a4b9f6'),
  'spanning-o365': colour('#985984', '#c98cb4'),
  'spanning-google': colour('#37652d', '#74a369'),
  'network-detective-pro': colour('#7260bd', '#a295e8'),
  vulscan: colour('#be728a', '#eca3b8'),
  'cyber-hawk': colour('#774272', '#b17dac'),
  'compliance-manager': colour('#f0609a', '#fdbccf'),
  traverse: colour('#7d8d47', '#b3c482'),
  workplace: colour('#7e98f2', '#c0d0fc'),
};

const SEQUENCE: readonly Colour[] = Object.values(MODULE_COLOURS);
const STATUS_COLOURS: Readonly<Record<string, Colour>> = {
  pending: colour('#c8741d', '#f3a869'),
  posted: colour('#148a6d', '#45c4a2'),
};
const OTHER_COLOUR = colour('#98a2b0', '#7b8796');
const NONE_COLOUR = colour('#bcae97', '#9c907c');
const ACCENT = colour('#296cd8', '#6aa2fe');

/** The same colour for the same unknown module on every machine (FNV-1a). */
function hashed(key: string): Colour {
  let hash = 0x811c9dc5;
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return SEQUENCE[hash % SEQUENCE.length] ?? ACCENT;
}

function pick(dimension: Dimension, heading: Heading, position: number | undefined): Colour {
  if (heading.kind === 'other') return OTHER_COLOUR;
  if (heading.kind === 'none') return NONE_COLOUR;
  if (dimension === 'module') return MODULE_COLOURS[heading.key] ?? hashed(heading.key);
  if (dimension === 'status') return STATUS_COLOURS[heading.key] ?? ACCENT;
  return position === undefined ? ACCENT : (SEQUENCE[position % SEQUENCE.length] ?? ACCENT);
}

/**
 * Modules and statuses have colours of their own. Everything else takes the accent where bars stand side by side
 * (no `position`), or the next of the sequence where colour alone tells them apart.
 */
export const colourOf = (
  dimension: Dimension,
  heading: Heading,
  theme: ThemeName,
  position?: number,
): string => pick(dimension, heading, position)[theme];

export const hasOwnColour = (moduleId: string): boolean => moduleId in MODULE_COLOURS;
