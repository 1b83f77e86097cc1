import { randomUUID } from 'node:crypto';
import type { Log } from '../../src/usecases/core.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WidgetCard } from '../pages/widget-card.ts';
import { type Drawn, takesRow, type WidgetPictures } from './widget-pictures.ts';
import type { WidgetReader } from './widget-reader.ts';

const AS_TABLE: ReadonlySet<WidgetDefinition['chart']> = new Set(['table']);

export type CardReader = (parts: CardParts, definition: WidgetDefinition) => Promise<WidgetCard>;

export interface CardParts {
  readonly log: Log;
  readonly widgets: WidgetReader;
  readonly pictures: WidgetPictures;
  /** What an empty widget says besides. */
  readonly emptyWords?: ((definition: WidgetDefinition) => string) | undefined;
  /** Where the place says how wide a card is, not what it shows. */
  readonly size?: 'card' | 'row' | undefined;
}

/** Reads cards; one that fails shows what it last showed, or says so, and never takes the page down with it. */
export function createCardReader(): CardReader {
  const lastGood = new Map<string, WidgetCard>();
  return async function readCard(parts, definition) {
    // A tab's filter makes another widget of the same id.
    const key = JSON.stringify([definition, parts.size]);
    try {
      const card = await currentCard(parts, definition);
      lastGood.set(key, card);
      return card;
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      parts.log.error({ err: error, reference, widget: definition.id }, 'widget failed');
      const last = lastGood.get(key);
      return last
        ? {
            ...last,
            note: `This widget shows its last good figures: it failed just now (reference ${reference}).`,
          }
        : { definition, content: { kind: 'failed' }, note: `Reference ${reference}` };
    }
  };
}

async function currentCard(
  { widgets, pictures, size, emptyWords }: CardParts,
  definition: WidgetDefinition,
): Promise<WidgetCard> {
  const data = await widgets.read(definition);
  const { note } = data;
  if (data.state === 'never-synced') return { definition, note, content: { kind: 'never-synced' } };
  if (data.state !== 'ready')
    return {
      definition,
      note,
      content: {
        kind: 'empty',
        text: [EMPTY[definition.entity], emptyWords?.(definition)].filter(Boolean).join(' '),
      },
    };
  const { result } = data;
  if (AS_TABLE.has(definition.chart)) return { definition, note, content: { kind: 'figures', result } };
  const content = { kind: 'figures' as const, result, pictures: await bothSizes(pictures, data, size) };
  return { definition, note, content };
}

async function bothSizes(
  pictures: WidgetPictures,
  of: Drawn,
  size?: 'card' | 'row',
): Promise<{ wide: string; phone: string }> {
  const [wide, phone] = await Promise.all([
    pictures.inlineSvg(of, size ?? (takesRow(of.result.definition) ? 'row' : 'card')),
    pictures.inlineSvg(of, 'phone'),
  ]);
  return { wide: wide.svg, phone: phone.svg };
}

const EMPTY = {
  pending: 'No billing items are pending.',
  posted: 'No billing items have been posted in this time.',
  both: 'There are no billing items in this time.',
  leakage: 'Everything that is counted is billed.',
} as const;
