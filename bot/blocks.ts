import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  Checkboxes,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types';
import { clip } from './words/escape.ts';

/** A message as icb sends it: `text` is what notifications and screen readers say. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** The options that a select holds, or an answer to what was typed. */
export const IN_A_MENU = 100;

export const plain = (text: string, max = 75): PlainTextElement => ({
  type: 'plain_text',
  text: clip(text.replace(/\s+/g, ' ') || '–', max),
});

export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text: clip(text, 3000) });

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, 150) });

export const divider = (): DividerBlock => ({ type: 'divider' });

export const section = (
  text: string,
  more: { accessory?: SectionBlockAccessory; blockId?: string } = {},
): SectionBlock => ({
  type: 'section',
  text: mrkdwn(text),
  ...(more.blockId ? { block_id: more.blockId } : {}),
  ...(more.accessory ? { accessory: more.accessory } : {}),
});

export const context = (...texts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, 10).map((text) => mrkdwn(clip(text, 2000))),
});

export const actions = (elements: readonly ActionsBlockElement[], blockId?: string): ActionsBlock => ({
  type: 'actions',
  ...(blockId ? { block_id: blockId } : {}),
  elements: [...elements],
});

export const button = (
  id: string,
  text: string,
  more: {
    value?: string;
    url?: string;
    style?: 'primary' | 'danger';
    confirm?: ConfirmationDialog;
    /** What a screen reader says, where the text alone does not tell which row it belongs to. */
    label?: string;
  } = {},
): Button => ({
  type: 'button',
  action_id: id,
  text: plain(text),
  ...(more.value === undefined ? {} : { value: more.value }),
  ...(more.url ? { url: more.url } : {}),
  ...(more.style ? { style: more.style } : {}),
  ...(more.confirm ? { confirm: more.confirm } : {}),
  ...(more.label ? { accessibility_label: clip(more.label, 75) } : {}),
});

export const confirmation = (title: string, text: string, yes: string): ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(yes, 30),
  deny: plain('Cancel', 30),
});

export const option = (text: string, value: string, description?: string): PlainTextOption => ({
  text: plain(text),
  value,
  ...(description ? { description: plain(description) } : {}),
});

/** One tick box. */
export const tick = (id: string, choice: PlainTextOption, ticked = false): Checkboxes => ({
  type: 'checkboxes',
  action_id: id,
  options: [choice],
  ...(ticked ? { initial_options: [choice] } : {}),
});

/** Several tick boxes, of which at most one is ticked to begin with. */
export function ticks(id: string, options: PlainTextOption[], ticked?: string): Checkboxes {
  const initial = options.filter((one) => one.value === ticked);
  return {
    type: 'checkboxes',
    action_id: id,
    options,
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}

/** Lines packed into as few sections as Slack's 3,000 characters allow. */
export function sectionsOf(lines: readonly string[]): SectionBlock[] {
  const packed: string[] = [];
  for (const line of lines.map((one) => clip(one, 2900))) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + line.length < 2900)
      packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line);
  }
  return packed.map((text) => section(text));
}
