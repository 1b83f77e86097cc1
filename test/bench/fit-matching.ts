/**
 * Fits src/matching/weights.ts to labelled lists and prints its table:
 *
 *     node test/bench/fit-matching.ts FOLDER[:WEIGHT] …
 *
 * A folder holds left.csv (left_id,name), right.csv (right_id,name) and gold.csv (right_id,left_id; blank: nobody's).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { AcronymRarity } from '../../src/matching/acronym-rarity.ts';
import { PAIR_FEATURES, STANDING_FEATURES, standingFeatures } from '../../src/matching/features.ts';
import { NameIndex } from '../../src/matching/name-index.ts';
import { NEAREST } from '../../src/matching/organization-index.ts';
import { prepareName } from '../../src/matching/prepare-name.ts';
import { type ComparedName, compareOne, SAME_NAME_LOGIT, standingOf } from '../../src/matching/rank-names.ts';
import { WordRarity } from '../../src/matching/word-rarity.ts';
import { fitLogistic } from './logistic.ts';

const RIDGE = 1;

interface Compared extends ComparedName {
  readonly isTrue: boolean;
}
interface Rivals {
  readonly weight: number;
  readonly compared: readonly Compared[];
}

const rows = (folder: string, file: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, file), 'utf8'), {
    columns: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
  });

function readRivals(argument: string): Rivals[] {
  const [folder = '', weight = '1'] = argument.split(':');
  const index = new NameIndex();
  const statistics = { words: new WordRarity(), acronyms: new AcronymRarity() };
  const idOf = new Map<number, string>();
  for (const { left_id = '', name = '' } of rows(folder, 'left.csv')) {
    const prepared = prepareName(name);
    idOf.set(index.add(prepared), left_id);
    statistics.words.add(prepared, 'left');
    statistics.acronyms.add(prepared);
  }
  const rights = rows(folder, 'right.csv').map(({ right_id, name = '' }) => ({
    right_id,
    name: prepareName(name),
  }));
  for (const { name } of rights) statistics.words.add(name, 'right');
  const truth = new Map(rows(folder, 'gold.csv').map((row) => [row.right_id, row.left_id]));
  return rights.map(({ right_id, name }) => ({
    weight: Number(weight),
    compared: index.nearest(name, NEAREST).flatMap((slot): Compared[] => {
      const left = index.at(slot);
      const isTrue = truth.get(right_id) === idOf.get(slot);
      return left ? [{ ...compareOne(left, name, statistics), isTrue }] : [];
    }),
  }));
}

const rivals = process.argv.slice(2).flatMap(readRivals);
if (rivals.length === 0) throw new Error('Name the folders of labelled lists.');
const alone = fitLogistic(
  rivals.flatMap(({ compared }) =>
    compared.filter((one) => !one.isSameName).map((one) => ({ ...one, weight: 1 })),
  ),
  RIDGE,
);
const among = fitLogistic(
  rivals.flatMap(({ weight, compared }) => {
    const known = compared.map((one) => ({
      ...one,
      logit: one.isSameName ? SAME_NAME_LOGIT : dot(alone, one.features),
    }));
    return known.flatMap(({ isSameName, isTrue, features, evidence }, i) =>
      isSameName
        ? []
        : [{ isTrue, weight, features: [...features, ...standingFeatures(standingOf(known, i), evidence)] }],
    );
  }),
  RIDGE,
);
[...PAIR_FEATURES, ...STANDING_FEATURES].forEach((name, i) => {
  console.log(`  '${name}': [${Number((alone[i] ?? 0).toFixed(2))}, ${Number((among[i] ?? 0).toFixed(2))}],`);
});

function dot(weights: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, x, k) => sum + x * (weights[k] ?? 0), 0);
}
