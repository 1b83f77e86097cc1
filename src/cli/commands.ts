import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { IcbError } from '../domain/errors.ts';
import type { PlanMove, SyncRun } from '../domain/sync-run.ts';
import type { Api } from './api.ts';
import { table } from './print.ts';

/** What a command has to say: for programs with `--json`, and for people. */
export interface Said {
  readonly json: unknown;
  readonly text: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

export const query = (values: Record<string, string | undefined>): string => {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

/** Every item of a list, page after page. */
export async function all<T>(
  api: Api,
  path: string,
  values: Record<string, string | undefined> = {},
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await api.get(`${path}${query({ ...values, limit: '500', cursor })}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

interface ModuleRow {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly connected: boolean;
  readonly lastSync?: string;
  readonly problem?: string;
}

export async function modules(api: Api): Promise<Said> {
  const items = await all<ModuleRow>(api, '/api/modules');
  const rows = items.map((each) => [
    each.name,
    each.enabled ? 'enabled' : 'off',
    each.connected ? 'connected' : 'not connected',
    each.lastSync ?? '–',
    each.problem ?? '',
  ]);
  return { json: { items }, text: table(['Module', 'State', 'Connection', 'Last sync', 'Problem'], rows) };
}

export async function switchModule(api: Api, module: string, on: boolean): Promise<Said> {
  const view: ModuleRow = await api.send(
    'POST',
    `/api/modules/${encodeURIComponent(module)}/${on ? 'enable' : 'disable'}`,
    {},
  );
  return { json: view, text: `${view.name} is ${view.enabled ? 'enabled' : 'off'}.` };
}

const POLL_MS = 300;

/** Starts a sync and waits for its end, telling how far it is to a person who watches. */
export async function sync(
  api: Api,
  request: { readonly module?: string; readonly organization?: string; readonly dryRun?: boolean },
  onProgress: (text: string) => void,
): Promise<Said> {
  const { id } = await api.send<{ id: string }>('POST', '/api/syncs', request);
  let run = await api.get<SyncRun>(`/api/syncs/${id}`);
  while (run.state === 'running') {
    onProgress(run.modules.map((each) => `${each.id}: ${each.state}, ${each.requests} requests`).join(' · '));
    await wait(POLL_MS);
    run = await api.get<SyncRun>(`/api/syncs/${id}`);
  }
  onProgress('');
  const { create, change, none, held, blocked } = run.lines;
  const rows = run.modules.map((each) => [
    each.id,
    each.state,
    each.counts,
    each.requests,
    each.problem ?? '',
  ]);
  const lines = `Lines: ${create} created, ${change} changed, ${none} the same, ${held} held, ${blocked} blocked.`;
  const head = `Sync ${run.id}: ${run.state}${run.dryRun ? ' (dry run, nothing was changed)' : ''}`;
  return {
    json: run,
    text: [
      head,
      ...(run.problem ? [run.problem] : []),
      table(['Module', 'State', 'Counts', 'Requests', 'Problem'], rows),
      lines,
      ...(run.dryRun ? [] : sincePreview(run)),
    ].join('\n'),
  };
}

function sincePreview({ previewed }: SyncRun): string[] {
  if (!previewed) return [];
  const { planId, moved, moves } = previewed;
  if (moved === 0) return [`It did exactly what plan ${planId} said.`];
  const fate = (one: PlanMove['before']) =>
    one ? `${one.action} ${one.oldUnits} → ${one.newUnits}, ${one.amount}` : 'none';
  return [
    `${moved === 1 ? '1 line' : `${moved} lines`} moved since plan ${planId} was looked at:`,
    table(
      ['Contract service', 'Module', 'Billing type', 'In the plan', 'In the sync'],
      moves.map((one) => [
        one.contractServiceId,
        one.module,
        one.billingType,
        fate(one.before),
        fate(one.after),
      ]),
    ),
  ];
}

interface Item {
  readonly id: string;
  readonly status: string;
  readonly organization: string;
  readonly service: string;
  readonly module: string | null;
  readonly itemDate: string;
  readonly units: number;
  readonly amount: string;
  readonly currency: string;
}

export async function items(api: Api, filter: Record<string, string | undefined>): Promise<Said> {
  const found = await all<Item>(api, '/api/billing-items', filter);
  const rows = found.map((item) => [
    item.id,
    item.status,
    item.organization,
    item.service,
    item.module ?? '–',
    item.itemDate,
    item.units,
    `${item.amount} ${item.currency}`,
  ]);
  const text =
    rows.length === 0
      ? 'No billing items match.'
      : table(['Id', 'Status', 'Organization', 'Service', 'Module', 'From', 'Units', 'Amount'], rows);
  return { json: { items: found }, text };
}

export async function mappings(api: Api, module: string | undefined): Promise<Said> {
  const found = await all<{
    name: string;
    module: string;
    mapping: { status: string; organization?: string; reason?: string };
  }>(api, '/api/module-organizations', { module });
  const rows = found.map(({ name, module: of, mapping }) => [
    of,
    name,
    mapping.status,
    mapping.organization ?? mapping.reason ?? '',
  ]);
  const text =
    rows.length === 0
      ? 'No module organizations yet; enable a module and sync.'
      : table(['Module', 'Module organization', 'Status', 'Organization'], rows);
  return { json: { items: found }, text };
}

export async function suggestions(api: Api, module: string | undefined): Promise<Said> {
  const found = await all<{
    name: string;
    class: string;
    candidates: { name: string; confidence: number; reason: string }[];
  }>(api, '/api/organization-mappings/suggestions', { module });
  const rows = found.map((each) => {
    const best = each.candidates[0];
    return [
      each.name,
      each.class,
      best?.name ?? '',
      best ? best.confidence.toFixed(2) : '',
      best?.reason ?? '',
    ];
  });
  const text =
    rows.length === 0
      ? 'Nothing is left to map.'
      : table(['Module organization', 'Class', 'Best candidate', 'Confidence', 'Reason'], rows);
  return { json: { items: found }, text };
}

const KINDS = ['organizations', 'contracts', 'contractServices'];

/** Imports one JSON file of the whole book, or one CSV file of one kind. */
export async function importFile(api: Api, file: string, kind: string | undefined): Promise<Said> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new IcbError('bad-input', `The file ${file} cannot be read.`);
  });
  const isCsv = extname(file).toLowerCase() === '.csv';
  if (isCsv && !KINDS.includes(kind ?? ''))
    throw new IcbError('bad-input', `Say what the CSV file holds: --kind ${KINDS.join(' | ')}`);
  const result: Record<string, number> = isCsv
    ? await api.send('POST', `/api/import${query({ kind })}`, text)
    : await api.send('POST', '/api/import', json(text, file));
  const parts = KINDS.map(
    (each) => `${result[each] ?? 0} ${each === 'contractServices' ? 'contract services' : each}`,
  );
  return { json: result, text: `Imported ${parts.join(', ')}.` };
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IcbError(
      'bad-input',
      `${file} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}. Nothing was imported.`,
    );
  }
}
