import type { KnownBlock } from '@slack/types';
import type { SummaryNeed } from '../../src/usecases/summary-needs.ts';
import type { SyncSummary } from '../../src/usecases/sync-summary.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { type RunButton, runRows } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { amounts, counted, day, listed, when, who } from '../words/wording.ts';
import { approveAllBlocks, heldLineBlocks } from './hold-blocks.ts';
import { leakageLine } from './leakage-message.ts';
import { changeTable, ROWS_AS_TEXT, trendBlocks } from './summary-data-blocks.ts';
import { changeLine, moneyLines, moved } from './summary-money-lines.ts';
import { unmappedBlocks } from './unmapped-blocks.ts';

const HELD_SHOWN = 5;
const MODULES_SHOWN = 24;

/**
 * What a run came to: the verdict first, then money with its picture, changes, and what needs a person. At most 50
 * blocks. `dataBlocks`: with Slack's table and chart, which not every workspace takes.
 */
export function syncSummaryMessage(
  summary: SyncSummary,
  picture?: KnownBlock,
  { dataBlocks = false }: { readonly dataBlocks?: boolean } = {},
): Message {
  const text = verdict(summary);
  if (isQuiet(summary)) return quiet(summary, text);
  return {
    text: `${text} (${day(summary.run.date)})`,
    blocks: [
      header(text),
      context(howItRan(summary)),
      ...(summary.first ? [section(WELCOME)] : []),
      ...sectionsOf(moneyLines(summary)),
      ...(picture ? [picture] : []),
      ...(dataBlocks ? trendBlocks(summary.trend ?? []) : []),
      ...moduleBlocks(summary),
      ...(dataBlocks && summary.changes.length > ROWS_AS_TEXT
        ? changeTable(summary.changes)
        : changeBlocks(summary)),
      ...needBlocks(summary),
      ...heldBlocks(summary),
      ...unmappedBlocks(summary.unmapped),
      ...leakageBlocks(summary),
      ...runRows(buttons(summary)),
    ],
  };
}

/** Nothing changed, no period began, and nothing waits for anybody. */
export const isQuiet = ({ run, changes, needsPerson, first }: SyncSummary): boolean =>
  run.state === 'done' &&
  changes.length + run.items.created + run.items.changed + run.items.removed === 0 &&
  needsPerson.length === 0 &&
  !first;

function quiet(summary: SyncSummary, text: string): Message {
  const { money, leakage } = summary;
  const month = money.map(({ currency, month: amount }) => ({ currency, amount }));
  const parts = [
    `*${text}*`,
    howItRan(summary),
    ...(month.length > 0 ? [`${amounts(month)} this month`] : []),
    ...(leakage ? [`${leakageLine(leakage)}`] : []),
  ];
  return { text: `${text} (${day(summary.run.date)})`, blocks: [section(parts.join(' · '))] };
}

const WELCOME =
  'This was the first sync. Each night icb now counts what every organization uses, puts the counts on the contract services you choose, and tells you here what changed.';

function verdict({ run, changes, needsPerson, modules }: SyncSummary): string {
  const done = modules.filter((module) => module.state === 'done').length;
  if (modules.length > 0 && done === 0)
    return run.state === 'running'
      ? 'Nothing could be counted yet; trying again'
      : 'Sync failed: nothing could be counted';
  if (run.state === 'failed') return 'Sync failed: nothing was changed';
  const needs = needsPerson.length;
  const made = run.items.created > 0 ? `, ${counted(run.items.created, 'new billing item')}` : '';
  const changed = changes.length > 0 ? counted(changes.length, 'change') : `no changes${made}`;
  if (needs > 0) return `${needs === 1 ? '1 thing needs' : `${needs} things need`} you, ${changed}`;
  return changes.length > 0 ? `${changed}, all in order` : `No changes${made}, all in order`;
}

function howItRan({ run, modules }: SyncSummary): string {
  const done = modules.filter((module) => module.state === 'done').length;
  const how =
    run.trigger === 'night'
      ? 'nightly sync'
      : run.trigger === 'catch-up'
        ? 'sync for a missed night'
        : `sync started by ${who(run.by)}`;
  const missed = run.missedNights?.filter((night) => night < run.date) ?? [];
  return [
    day(run.date),
    how,
    `${done} of ${counted(modules.length, 'module')} counted`,
    when(run.finishedAt ?? run.startedAt),
    ...(missed.length > 0
      ? [`counts of ${counted(missed.length, 'missed night')} are unknown, and were not made up`]
      : []),
    ...(run.resumed ? ['went on after icb was stopped'] : []),
  ].join(' · ');
}

function moduleBlocks({ modules }: SyncSummary): KnownBlock[] {
  const lines = modules
    .filter((module) => module.state === 'done' && module.up + module.down > 0)
    .slice(0, MODULES_SHOWN)
    .map((module) => {
      const moves = [
        ...(module.up > 0 ? [`${module.up} up`] : []),
        ...(module.down > 0 ? [`${module.down} down`] : []),
      ];
      const money = module.moved.length > 0 ? `: ${moved(module.moved)}` : '';
      return `• ${escapeName(module.name)}${money} · ${listed(moves)}`;
    });
  return lines.length > 0 ? sectionsOf(['*Changes by module*', ...lines]) : [];
}

function changeBlocks({ changes }: SyncSummary): KnownBlock[] {
  if (changes.length === 0) return [];
  const hidden = changes.length - ROWS_AS_TEXT;
  return [
    ...sectionsOf([
      '*Largest changes*',
      ...changes.slice(0, ROWS_AS_TEXT).map((change) => `• ${changeLine(change)}`),
    ]),
    ...(hidden > 0 ? [context(`… and ${hidden} more in the thread below.`)] : []),
  ];
}

/** Said with their own buttons further down. */
const SHOWN_BELOW: ReadonlySet<SummaryNeed['kind']> = new Set(['held']);

function needBlocks({ needsPerson, modules }: SyncSummary): KnownBlock[] {
  const again = modules.flatMap(({ name, retryAt }) =>
    retryAt ? [`• ${escapeName(name)} is tried again ${when(retryAt)}.`] : [],
  );
  const needs = needsPerson.filter(({ kind }) => !SHOWN_BELOW.has(kind));
  const lines = [...needs.map((need) => `• ${escapeText(clip(need.text, 400))}`), ...again];
  return lines.length === 0 ? [] : sectionsOf(['*Needs you*', ...lines]).slice(0, 4);
}

function heldBlocks({ held, names, run }: SyncSummary): KnownBlock[] {
  if (held.length === 0) return [];
  const options = { today: run.date };
  const hidden = held.length - HELD_SHOWN;
  return [
    section(`*Held: ${counted(held.length, 'line')} for you to decide*, ${moved(held)}`),
    ...held.slice(0, HELD_SHOWN).flatMap((line) => heldLineBlocks(line, names, options)),
    ...(hidden > 0 ? [context(`… and ${hidden} more held; the thread below has them all.`)] : []),
    ...approveAllBlocks(held, names),
  ];
}

const leakageBlocks = ({ leakage }: SyncSummary): KnownBlock[] =>
  leakage ? [section(`*Leakage:* ${leakageLine(leakage)}`)] : [];

function buttons({ needsPerson, pending, leakage }: SyncSummary): RunButton[] {
  const needs = new Set(needsPerson.map((need) => need.kind));
  return [
    ...(needs.has('unmapped-organization')
      ? [{ label: 'Map now', command: 'map', style: 'primary' as const }]
      : []),
    ...(needs.has('unmapped-billing-types') ? [{ label: 'Services', command: 'services' }] : []),
    ...(needs.has('failed-module') ? [{ label: 'Sync again', command: 'sync now' }] : []),
    { label: 'Preview plan', command: 'plan' },
    ...(leakage ? [{ label: 'Leakage', command: 'plan leakage' }] : []),
    { label: 'Open dashboard', command: 'dashboard' },
    ...(pending.length > 0 ? [{ label: 'Approve and post…', command: 'post' }] : []),
  ];
}
