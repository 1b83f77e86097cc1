import type { Evidence } from './compare-names.ts';

/** How a candidate stands among the others of the same module organization. */
export interface Standing {
  /** Logits between it and the best other, -3 to 6. */
  readonly gap: number;
  /** The best other's logit, from -4 (0) to 4 (1). */
  readonly best: number;
  /** How many others hold as much of the module organization's name, up to 3. */
  readonly holding: number;
  /** Another fits nearly as well in both directions. */
  readonly rival: boolean;
}

type Feature = readonly [name: string, read: (e: Evidence) => number];

const flag = (is: boolean): number => (is ? 1 : 0);
const above = (value: number, limit: number): number => Math.max(0, value - limit);
const below = (value: number, limit: number): number => Math.max(0, limit - value);

const PLAIN = [
  'coverLeft',
  'coverRight',
  'coverBoth',
  'strongLeft',
  'strongRight',
  'restLeft',
  'restRight',
  'restBoth',
  'contradiction',
  'looseRest',
  'agreed',
  'rarestAgreed',
  'genericOnly',
  'typo',
  'otherLetter',
  'short',
  'initials',
  'joined',
  'initial',
  'spelling',
  'rareShort',
  'rareOther',
  'rareTypo',
  'numbersDiffer',
  'numberMissing',
  'numberMissingRight',
  'opposed',
  'sameStart',
  'oneStart',
  'startIsRight',
  'outOfOrder',
  'alike',
  'sameLetters',
  'asideLeft',
  'asideRight',
  'acronym',
  'oneLeft',
  'oneWord',
  'shortWord',
  'shortName',
  'insideLeft',
] as const satisfies readonly (keyof Evidence)[];

/** Reasons for which a pair is never sure, whatever the sum: source, facts of real lists (README.md "Vetoes"). */
export const VETOES: Readonly<Record<string, (e: Evidence) => boolean>> = {
  'initials that fit by chance': (e) => e.acronym > 0 && e.acronym < 0.4,
  'other numbers': (e) => e.numbersDiffer > 0 || e.numberMissingRight > 0,
  'opposite words': (e) => e.opposed > 0,
  'one short word': (e) => e.shortWord > 0 && e.acronym === 0 && (e.coverLeft < 0.97 || e.coverRight < 0.97),
  'one word and more': (e) => e.oneWord > 0 && e.restRight > 0.36 && e.sameLetters === 0,
  'a short plural': (e) => e.shortSpelling > 0,
  'only common words': (e) => e.genericOnly > 0.1,
  'the rest differs': (e) => e.contradiction > 0.33,
  'the rarest word differs': (e) => e.rareShort > 0 || e.rareOther > 0,
};

const FLAGS: readonly Feature[] = [
  ['is:contradiction', (e) => flag(e.contradiction > 0.3)],
  ['is:oneWordContradiction', (e) => flag(e.oneWord > 0 && e.contradiction > 0.22)],
  ['is:generic', (e) => flag(e.genericOnly > 0.2)],
  ['is:weakAcronym', (e) => flag(e.acronym > 0 && e.acronym < 0.5)],
  ...Object.entries(VETOES).map(([name, is]): Feature => [`is:${name}`, (e) => flag(is(e))]),
];

const BENDS: readonly Feature[] = (['coverLeft', 'coverRight', 'strongLeft', 'strongRight'] as const).flatMap(
  (name) =>
    [0.5, 0.7, 0.85, 0.95].map((limit): Feature => [`${name}>${limit}`, (e) => above(e[name], limit)]),
);

const TOGETHER: readonly Feature[] = [
  ['restLeft>0.35', (e) => above(e.restLeft, 0.35)],
  ['restLeft>0.5', (e) => above(e.restLeft, 0.5)],
  ['restRight>0.35', (e) => above(e.restRight, 0.35)],
  ['restRight>0.5', (e) => above(e.restRight, 0.5)],
  ['contradiction>0.25', (e) => above(e.contradiction, 0.25)],
  ['contradiction>0.4', (e) => above(e.contradiction, 0.4)],
  ['rarestAgreed>0.8*coverLeft', (e) => above(e.rarestAgreed, 0.8) * 5 * e.coverLeft],
  ['restLeft*restRight', (e) => e.restLeft * e.restRight],
  ['agreed*coverBoth', (e) => e.agreed * e.coverBoth],
  ['coverLeft^4', (e) => e.coverLeft ** 4],
  ['coverRight^4', (e) => e.coverRight ** 4],
  ['strongLeft*strongRight', (e) => e.strongLeft * e.strongRight],
  ['strongLeft^4', (e) => e.strongLeft ** 4],
  ['strongRight^4', (e) => e.strongRight ** 4],
  ['oneWord*rarestAgreed', (e) => e.oneWord * e.rarestAgreed],
  ['oneWord*contradiction', (e) => e.oneWord * e.contradiction],
  ['oneWord*otherLetter', (e) => e.oneWord * e.otherLetter],
  ['oneWord*short', (e) => e.oneWord * e.short],
  ['oneStart*startIsRight', (e) => e.oneStart * e.startIsRight],
  ['oneStart*oneLeft', (e) => e.oneStart * e.oneLeft],
  ['oneStart*insideLeft', (e) => e.oneStart * e.insideLeft],
  ['oneLeft*insideLeft', (e) => e.oneLeft * e.insideLeft],
  ['oneLeft*insideLeft*sameStart', (e) => e.oneLeft * e.insideLeft * e.sameStart],
  ['oneLeft*startIsRight', (e) => e.oneLeft * e.startIsRight],
  ['oneLeft*strongRight*rarestAgreed', (e) => e.oneLeft * e.strongRight * e.rarestAgreed],
  ['oneLeft*strongRight^4*strongLeft^2', (e) => e.oneLeft * e.strongRight ** 4 * e.strongLeft ** 2],
  ['acronym<0.62', (e) => (e.acronym > 0 ? below(e.acronym, 0.62) : 0)],
  ['acronym<0.5', (e) => (e.acronym > 0 ? below(e.acronym, 0.5) : 0)],
];

const PAIR: readonly Feature[] = [
  ['constant', () => 1],
  ...PLAIN.map((name): Feature => [name, (e) => e[name]]),
  ...FLAGS,
  ...BENDS,
  ...TOGETHER,
];

const AMONG: readonly (readonly [name: string, read: (s: Standing, e: Evidence) => number])[] = [
  ['gap', (s) => s.gap / 6],
  ['gap>1', (s) => above(s.gap, 1) / 5],
  ['gap>2.5', (s) => above(s.gap, 2.5) / 3.5],
  ['gap<0', (s) => Math.min(0, s.gap) / 3],
  ['best', (s) => s.best],
  ['holding', (s) => s.holding / 3],
  ['holding*whole', (s, e) => flag(e.coverRight > 0.95 && s.holding > 0)],
  ['rival', (s) => flag(s.rival)],
  ['rival*whole', (s, e) => flag(s.rival && e.coverRight > 0.95)],
];

/** The names of what `pairFeatures` gives, in its order; `standingFeatures` come after them. */
export const PAIR_FEATURES: readonly string[] = PAIR.map(([name]) => name);
export const STANDING_FEATURES: readonly string[] = AMONG.map(([name]) => name);

export const pairFeatures = (e: Evidence): number[] => PAIR.map(([, read]) => read(e));
export const standingFeatures = (s: Standing, e: Evidence): number[] => AMONG.map(([, read]) => read(s, e));

/** Why the pair may not be taken for sure, in a few words; undefined where nothing speaks against it. */
export const vetoOf = (e: Evidence): string | undefined =>
  Object.entries(VETOES).find(([, is]) => is(e))?.[0];
