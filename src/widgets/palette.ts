import type { Heading } from './heading.ts';
import type { ThemeName } from './theme.ts';
import type { Dimension } from './widget-definition.ts';

type Colour = Readonly<Record<ThemeName, string>>;
const colour = (light: string, dark: string): Colour => ({ light, dark });

/**
 * A module keeps its colour in every widget, whatever else is shown. Chosen far apart in OKLab, also as seen with
 * deuteranopia and protanopia; `palette.test.ts` holds the least distance.
 */
const MODULE_COLOURS: Readonly<Record<string, Colour>> = {
  'datto-rmm': colour('#4d61e3', '#6c93ed'),
  'datto-bcdr': colour('#c2560e', '#fdde89'),
  'saas-protection': colour('#188e70', '#3dc194'),
  rocketcyber: colour('#b80000', '#ed4831'),
  'datto-edr': colour('#6a0070', '#bf40b0'),
  'vsa-10': colour('#0080a5', '#54b7db'),
  'datto-av': colour('#d773df', '#d7ddff'),
  'dark-web-id': colour('#2720dc', '#626fc7'),
  'bullphish-id': colour('#e34764', '#ff84d9'),
  'datto-endpoint-backup-pcs': colour('#b6811a', '#fba80e'),
  'datto-endpoint-backup-servers': colour('#772a24', '#b5a11a'),
  'datto-endpoint-backup-azure': colour('#88aa51', '#acffca'),
  'datto-networking': colour('#5c5b24', '#80cf56'),
  'datto-saas-defense': colour('#ab63ff', '#cca2fb'),
  'datto-file-protection': colour('#98034d', '#c9275c'),
  graphus: colour('#249fd1', '#b98eb7'),
  'spanning-o365': colour('#935381', '#d9976f'),
  'spanning-google': colour('#18534c', '#499303'),
  'network-detective-pro': colour('#7e46bf', '#996af9'),
  vulscan: colour('#dd3fab', '#eda2b7'),
  'cyber-hawk': colour('#64436f', '#8e5b88'),
  'compliance-manager': colour('#d4858e', '#ffc7bd'),
  traverse: colour('#827447', '#b9d195'),
  workplace: colour('#8595ff', '#8ad2fe'),
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
