import type { SyncSummary } from '../../src/usecases/sync-summary.ts';
import { type Message, section } from '../blocks.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, day } from '../words/wording.ts';
import { heldLineText } from './hold-blocks.ts';
import { changeLine } from './summary-money-lines.ts';

/** Slack refuses a message whose blocks hold too much text together. */
const CHARACTERS = 10_000;
const MESSAGES = 10;

/** Every change and every held line, for the thread under a summary; no messages where there is neither. */
export function summaryDetails({ run, changes, held, names }: SyncSummary): Message[] {
  const byModule = Map.groupBy(changes, (change) => change.module);
  const lines = [
    ...[...byModule].flatMap(([module, own]) => [
      `*${escapeName(module)}: ${counted(own.length, 'change')}*`,
      ...own.map(
        (change) =>
          `• ${changeLine(change)} (${escapeName(change.billingType)}). ${escapeText(clip(change.reason, 200))}`,
      ),
    ]),
    ...(held.length > 0 ? [`*Held: ${counted(held.length, 'line')}*`] : []),
    ...held.map((line) => `• ${heldLineText(line, names, run.date).replace('\n', ' ')}`),
  ];
  const pages = pagesOf(lines);
  const title = `Details of the sync of ${day(run.date)}`;
  const messages = pages.slice(0, MESSAGES).map((page, index): Message => {
    const text = pages.length === 1 ? title : `${title}, ${index + 1} of ${pages.length}`;
    return { text, blocks: page.map((part) => section(part)) };
  });
  const rest = 'The rest is in the activity log of the dashboard.';
  return pages.length > MESSAGES ? [...messages, { text: rest, blocks: [section(rest)] }] : messages;
}

/** Lines packed into sections, and sections into messages. */
function pagesOf(lines: readonly string[]): string[][] {
  const pages: string[][] = [];
  let room = 0;
  for (const line of lines.map((one) => clip(one, 900))) {
    const page = pages.at(-1);
    const last = page?.at(-1);
    if (!page || line.length > room) {
      pages.push([line]);
      room = CHARACTERS;
    } else if (last !== undefined && last.length + line.length < 2900)
      page[page.length - 1] = `${last}\n${line}`;
    else page.push(line);
    room -= line.length + 1;
  }
  return pages;
}
