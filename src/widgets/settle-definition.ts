import {
  AGGREGATES,
  CHART_TYPES,
  DIMENSIONS,
  type Dimension,
  ENTITIES,
  FIELDS,
  WidgetDefinition,
} from './widget-definition.ts';

/** The part of a definition whose choices depend on each other. */
export interface Shape {
  readonly entity: WidgetDefinition['entity'];
  readonly chart: WidgetDefinition['chart'];
  readonly field: (typeof FIELDS)[number];
  readonly aggregate: (typeof AGGREGATES)[number];
  readonly groupBy: Dimension;
  readonly breakDownBy: Dimension | '';
}
export type ShapeField = keyof Shape;

const VALUES: { readonly [K in ShapeField]: readonly Shape[K][] } = {
  entity: ENTITIES,
  chart: CHART_TYPES,
  field: FIELDS,
  aggregate: AGGREGATES,
  groupBy: DIMENSIONS,
  breakDownBy: ['', ...DIMENSIONS],
};
export const SHAPE_FIELDS = Object.keys(VALUES) as ShapeField[];

/** The schema itself is asked, so that what is offered and what is accepted can never differ. */
const fits = ({ field, aggregate, breakDownBy, ...rest }: Shape): boolean =>
  WidgetDefinition.safeParse({
    id: 'draft',
    title: 'Draft',
    ...rest,
    measure: { field, aggregate },
    ...(breakDownBy && { breakDownBy }),
  }).success;

/** What may follow when another choice was made; what a person sees most is changed last. */
const FOLLOW: readonly (readonly ShapeField[])[] = [
  [],
  ['breakDownBy'],
  ['aggregate'],
  ['chart'],
  ['groupBy'],
  ['field'],
  ['entity'],
  ['breakDownBy', 'aggregate'],
  ['chart', 'aggregate'],
  ['chart', 'breakDownBy'],
  ['field', 'aggregate'],
  ['groupBy', 'breakDownBy'],
  ['groupBy', 'field'],
  ['groupBy', 'field', 'aggregate'],
  ['groupBy', 'field', 'breakDownBy'],
];

/** A bar that gets a break-down becomes a stacked bar rather than a stacked column. */
function alternatives<K extends ShapeField>(field: K, now: Shape): readonly Shape[K][] {
  const all = VALUES[field];
  if (field !== 'chart') return all;
  const akin = (value: unknown): boolean => String(value).endsWith(now.chart);
  return [...all.filter(akin), ...all.filter((value) => !akin(value))];
}

function* variants(shape: Shape, fields: readonly ShapeField[]): Generator<Shape> {
  const [field, ...rest] = fields;
  if (field === undefined) yield shape;
  else
    for (const value of alternatives(field, shape))
      yield* variants({ ...shape, [field]: value } as Shape, rest);
}

/**
 * The nearest shape that the schema takes and that keeps what was just chosen; where several choices do not go together,
 * the last of them. The shape itself where none does.
 */
export function settle(shape: Shape, kept: readonly ShapeField[]): Shape {
  for (let from = 0; from < Math.max(1, kept.length); from++) {
    const stay = kept.slice(from);
    for (const follow of FOLLOW) {
      if (follow.some((field) => stay.includes(field))) continue;
      for (const variant of variants(shape, follow)) if (fits(variant)) return variant;
    }
  }
  return shape;
}

export interface Offer<K extends ShapeField> {
  readonly value: Shape[K];
  /** What else changes with this choice; empty where it goes with everything chosen. */
  readonly follows: readonly ShapeField[];
}

/** Every value of a field that can be had from here. */
export function offers<K extends ShapeField>(shape: Shape, field: K): readonly Offer<K>[] {
  return VALUES[field].flatMap((value) => {
    const wanted = { ...shape, [field]: value };
    const settled = settle(wanted, [field]);
    if (!fits(settled)) return [];
    return [{ value, follows: SHAPE_FIELDS.filter((each) => settled[each] !== wanted[each]) }];
  });
}
