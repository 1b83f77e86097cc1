import { pick } from './seeded.ts';

const FIRST = [
  'Amber',
  'Birch',
  'Cedar',
  'Delta',
  'Elm',
  'Falcon',
  'Granite',
  'Harbor',
  'Iron',
  'Juniper',
] as const;
const SECOND = [
  'Dental',
  'Legal',
  'Logistics',
  'Bakery',
  'Clinic',
  'Motors',
  'Schools',
  'Media',
  'Farms',
] as const;
const FORM = ['Ltd', 'LLC', 'GmbH', 'Inc', 'Group', '& Sons'] as const;

/** Believable names of customers, each once, the same for the same random numbers. */
export const companyNames = (random: () => number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => `${pick(random, FIRST)} ${pick(random, SECOND)} ${pick(random, FORM)} ${i + 1}`,
  );
