import { formatMoney } from '../../src/domain/money.ts';
import type { SyncSummary } from '../../src/usecases/sync-summary.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { type RunButton, runRows } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { amounts, counted, day, listed, when, who } from '../words/wording.ts';
import { leakageLine } from './leakage-message.ts';

const CHANGES_SHOWN = 10;
const MODULES_SHOWN = 24;

/** What a run came to: the verdict first, then money, changes, and what needs a person. */
export function syncSummaryMessage(summary: SyncSummary): Message {
  const text = verdict(summary);
  return {
    text: `${text} (${day(summary.run.date)})`,
    blocks: [
      header(text),
      context(howItRan(summary)),
      ...(summary.first ? [section(WELCOME)] : []),
      ...pendingBlocks(summary),
      ...moduleBlocks(summary),
      ...changeBlocks(summary),
      ...needBlocks(summary),
      ...leakageBlocks(summary),
      ...runRows(buttons(summary)),
    ],
  };
}

const WELCOME =
  'This was the first sync. Each night icb now counts what every organization uses, puts the counts on the contract services you choose, and tells you here what changed.';

function verdict({ run, changes, needsPerson, modules }: SyncSummary): string {
  const done = modules.filter((module) => module.state === 'done').length;
  if (modules.length > 0 && done === 0) return 'Sync failed: nothing could be counted';
  if (run.state === 'failed') return 'Sync failed: nothing was changed';
  const needs = needsPerson.length;
  const changed = changes.length > 0 ? counted(changes.length, 'change') : 'no changes';
  if (needs > 0) return `${needs === 1 ? '1 thing needs' : `${needs} things need`} you, ${changed}`;
  return changes.length > 0 ? `${changed}, all in order` : 'No changes, all in order';
}

function howItRan({ run, modules }: SyncSummary): string {
  const done = modules.filter((module) => module.state === 'done').length;
  const how =
    run.trigger === 'night'
      ? 'nightly sync'
      : run.trigger === 'catch-up'
        ? 'sync for a missed night'
        : `sync started by ${who(run.by)}`;
  return `${day(run.date)} · ${how} · ${done} of ${counted(modules.length, 'module')} counted · ${when(run.finishedAt ?? run.startedAt)}`;
}

function pendingBlocks({ pending, pendingByModule }: SyncSummary) {
  if (pending.length === 0) return [section('*Pending:* nothing yet')];
  const items = pending.reduce((sum, total) => sum + total.count, 0);
  return sectionsOf([
    `*Pending: ${amounts(pending)}* in ${counted(items, 'item')}`,
    ...pendingByModule
      .slice(0, MODULES_SHOWN)
      .map((one) => `• ${escapeName(one.module)}: ${formatMoney(one.amount, one.currency)}`),
  ]);
}

function moduleBlocks({ modules }: SyncSummary) {
  const lines = modules
    .filter((module) => module.state === 'done' && module.up + module.down > 0)
    .slice(0, MODULES_SHOWN)
    .map((module) => {
      const moves = [
        ...(module.up > 0 ? [`${module.up} up`] : []),
        ...(module.down > 0 ? [`${module.down} down`] : []),
      ];
      return `• ${escapeName(module.name)}: ${listed(moves)}`;
    });
  return lines.length > 0 ? sectionsOf(['*Changes by module*', ...lines]) : [];
}

function changeBlocks({ changes }: SyncSummary) {
  if (changes.length === 0) return [];
  const hidden = changes.length - CHANGES_SHOWN;
  return [
    ...sectionsOf([
      '*Largest changes*',
      ...changes.slice(0, CHANGES_SHOWN).map((change) => `• ${escapeText(clip(change.text, 200))}`),
    ]),
    ...(hidden > 0 ? [context(`… and ${hidden} more; \`/icb log\` and the dashboard have them.`)] : []),
  ];
}

const needBlocks = ({ needsPerson }: SyncSummary) =>
  needsPerson.length === 0
    ? []
    : sectionsOf(['*Needs you*', ...needsPerson.map((need) => `• ${escapeText(clip(need.text, 400))}`)]);

const leakageBlocks = ({ leakage }: SyncSummary) =>
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
