import { foldAccents, foldCase } from './fold-letters.ts';
import { nameWords } from './name-words.ts';
import type { NormalisedName } from './normalise-name.ts';

/** Two names whose keys are equal, and how: the more that had to be left out, the lower the confidence. */
export interface SameName {
  readonly confidence: number;
  readonly reason: string;
}

export interface ReadableName extends NormalisedName {
  readonly name: string;
}

const asWritten = (name: string): string => name.trim().replace(/\s+/gu, ' ');
const ampersandsOut = (name: string): string => name.replace(/\s*&\s*/gu, ' and ');
const words = (name: string): string =>
  nameWords(name)
    .map((word) => word.text)
    .join(' ');

/** From the strictest comparison to the loosest; the first under which both names agree is the reason. */
const COMPARISONS: readonly (SameName & { readonly read: (name: string) => string })[] = [
  { read: asWritten, confidence: 0.98, reason: 'same name' },
  { read: (name) => foldCase(asWritten(name)), confidence: 0.98, reason: 'same name apart from capitals' },
  {
    read: (name) => foldAccents(foldCase(asWritten(name))),
    confidence: 0.97,
    reason: 'same name apart from accents',
  },
  {
    read: (name) => foldCase(ampersandsOut(asWritten(name))),
    confidence: 0.97,
    reason: 'same name, “&” written as “and”',
  },
  { read: words, confidence: 0.97, reason: 'same name apart from punctuation' },
];

/** Why two names of equal key count as the same, in words a person can check in a second. */
export function sameNameReason(a: ReadableName, b: ReadableName): SameName {
  const strict = COMPARISONS.find(({ read }) => read(a.name) === read(b.name));
  if (strict) return { confidence: strict.confidence, reason: strict.reason };
  const leftOut = [
    ...(a.the === b.the ? [] : ['The']),
    ...new Set([a.legalForm, b.legalForm].filter((form) => form !== undefined)),
  ];
  if (leftOut.length === 0) return { confidence: 0.95, reason: 'same name, “Company” written as “Co”' };
  const listed = leftOut.map((text) => `“${text}”`).join(' and ');
  return { confidence: 0.95, reason: `same name without ${listed}` };
}
