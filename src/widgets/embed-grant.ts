import { z } from 'zod';
import { Currency } from '../domain/money.ts';
import { isLocale } from './format-figure.ts';
import { filtersLeakage } from './leakage-filter.ts';
import { type Dimension, TELLS_COST, type WidgetDefinition } from './widget-definition.ts';
import { WidgetFilters } from './widget-filters.ts';

const Flags = z.strictObject({
  /** Cost and margin: what the MSP itself pays. */
  cost: z.boolean().default(false),
  /** Grouping and breaking down by Kaseya module. */
  modules: z.boolean().default(true),
  csv: z.boolean().default(true),
  /** SVG and PNG. */
  pictures: z.boolean().default(true),
  /** The Vega-Lite JSON. */
  spec: z.boolean().default(true),
  /** Usage that bills nowhere: what the MSP has not noticed, which is no customer's business. */
  leakage: z.boolean().default(false),
  /** Charts that answer to pointer and keys, drawn in the viewer's browser after the picture. */
  interactive: z.boolean().default(false),
});
export type Capabilities = z.infer<typeof Flags>;

/** `["cost"]` allows that besides what is allowed anyway; `{"csv": false}` takes away. */
const Capabilities = z.preprocess(
  (given) => (Array.isArray(given) ? Object.fromEntries(given.map((name) => [String(name), true])) : given),
  Flags,
);

/**
 * A source of the Content-Security-Policy. Nothing else may stand there: a semicolon would end the directive and begin
 * another.
 */
export const FrameAncestor = z
  .string()
  .max(200)
  .regex(
    /^(?:'self'|'none'|https?:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?)$/i,
    "an address such as https://portal.example.com or https://*.example.com, or 'self'",
  );

const isTimeZone = (text: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
};

export const EMBED_THEMES = ['light', 'dark', 'auto', 'transparent'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

const Id = z.string().min(1).max(80);

const shape = {
  widget: Id.optional(),
  tab: Id.optional(),
  /** Locked: joined by AND to the widget's own; the viewer can only narrow further. */
  filters: WidgetFilters.default({}),
  capabilities: Capabilities.default(() => Flags.parse({})),
  /** What viewers may filter by themselves; never what `filters` locks. */
  viewerFilters: z
    .array(z.enum(['module', 'organization', 'billingType', 'service', 'months']))
    .max(5)
    .default([]),
  frameAncestors: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(/[\s,]+/).filter(Boolean) : given),
      z.array(FrameAncestor).min(1).max(20),
    )
    .optional(),
  /** Absent: as each widget's definition says, else as the viewer's display is. */
  theme: z.enum(EMBED_THEMES).optional(),
  locale: z.string().max(35).refine(isLocale, 'a language such as en-US or de-DE').optional(),
  currency: Currency.optional(),
  timeZone: z.string().max(60).refine(isTimeZone, 'a time zone such as Europe/Berlin').optional(),
};

const onlyOne = ({ widget, tab }: { widget?: string | undefined; tab?: string | undefined }): boolean =>
  (widget === undefined) !== (tab === undefined);
const ONE = { message: 'either a widget or a tab', path: ['widget'] };

/** What whoever holds a link or token may see. Closed: what is not understood is refused, never ignored. */
export const EmbedGrant = z.strictObject(shape).refine(onlyOne, ONE);
export type EmbedGrant = z.infer<typeof EmbedGrant>;

/** What `POST /api/embed-links` takes. */
export const EmbedRequest = z
  .strictObject({
    ...shape,
    kind: z.enum(['link', 'token']).default('link'),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(onlyOne, ONE);
export type EmbedRequest = z.infer<typeof EmbedRequest>;

/** A signed token's body: a grant, when it ends (seconds since 1970), and an id by which it can be revoked. */
export const EmbedClaims = z
  .strictObject({ ...shape, exp: z.number().int(), jti: z.string().min(1).max(80).optional() })
  .refine(onlyOne, ONE);

/** Filters of a request may only narrow, so they are joined to the locked ones. */
export const scopeOf = ({ filters, currency }: EmbedGrant): WidgetFilters[] => [
  filters,
  ...(currency ? [{ currency }] : []),
];

const byModule = (dimension: Dimension | undefined): boolean => dimension === 'module';

/** Why a grant does not show a widget; undefined where it does. */
export function hiddenBecause(
  { capabilities, filters }: EmbedGrant,
  { measure, groupBy, breakDownBy, entity }: WidgetDefinition,
): string | undefined {
  if (!capabilities.cost && TELLS_COST.has(measure.field)) return 'This link does not show cost or margin.';
  if (!capabilities.modules && (byModule(groupBy) || byModule(breakDownBy)))
    return 'This link does not show modules.';
  if (entity !== 'leakage') return undefined;
  if (!capabilities.leakage) return 'This link does not show leakage.';
  return filtersLeakage(filters) ? undefined : 'What this link is locked to does not apply to leakage.';
}
