import type { SyncRun } from '../domain/sync-run.ts';
import type { Api } from './api.ts';
import { all, query, type Said, sync } from './commands.ts';
import { table } from './print.ts';

interface Line {
  readonly id: string;
  readonly action: string;
  readonly organization: string;
  readonly service: string;
  readonly billingTypeLabel: string;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly effectiveDate: string;
  readonly heldSince?: string;
  readonly amount: string;
  readonly monthlyAmount: string;
  readonly currency: string;
  readonly unitRule?: string;
  readonly dropRule?: string;
  readonly reason: { readonly text: string };
}

interface Group {
  readonly label: string;
  readonly lines: number;
  readonly units: number;
  readonly currency: string;
  readonly amount: string;
  readonly monthlyAmount: string;
}

interface PlanAnswer {
  readonly id: string;
  readonly items: readonly Line[];
  readonly groups: { readonly module: readonly Group[]; readonly organization: readonly Group[] };
}

/** What a run would do now; what is held stands first, with the ids that `release` and `exclude` take. */
export async function plan(
  api: Api,
  filter: { readonly action?: string; readonly module?: string; readonly organization?: string } = {},
): Promise<Said> {
  const { action, module, organization } = filter;
  const filtered = Object.values({ action, module, organization }).some((value) => value !== undefined);
  const nothing = filtered ? 'No lines match.' : 'Nothing is mapped to a service yet.';
  return planAt(api, '/api/plan', { action, module, organization }, nothing);
}

/** Counts and plans without changing anything, and says what a sync would do, line by line. */
export async function rehearse(
  api: Api,
  request: { readonly module?: string; readonly organization?: string },
  onProgress: (text: string) => void,
): Promise<Said> {
  const run = await sync(api, { ...request, dryRun: true }, onProgress);
  const { id, state } = run.json as SyncRun;
  if (state === 'failed') return run;
  const path = `/api/syncs/${encodeURIComponent(id)}/plan`;
  const { json, text } = await planAt(api, path, {}, 'Nothing is mapped to a service yet.');
  return { json: { ...(run.json as SyncRun), plan: json }, text: `${run.text}\n\n${text}` };
}

async function planAt(
  api: Api,
  path: string,
  filter: Record<string, string | undefined>,
  nothing: string,
): Promise<Said> {
  const items = await all<Line>(api, path, filter);
  const { id, groups } = await api.get<PlanAnswer>(`${path}${query({ ...filter, limit: '1' })}`);
  const held = items.filter((line) => line.action === 'held');
  const others = items.filter((line) => line.action !== 'held');
  const parts = [
    ...(held.length > 0 ? [heldText(held)] : []),
    ...(others.length > 0 ? [lines(others)] : []),
    ...groupText('Module', groups.module),
    ...groupText('Organization', groups.organization),
  ];
  return {
    json: { id, items, groups },
    text: parts.length > 0 ? `${parts.join('\n\n')}\n\nThis is plan ${id}.` : nothing,
  };
}

/** What changes in each, in money of now and of a month from then on. */
const groupText = (title: string, groups: readonly Group[]): string[] =>
  groups.length === 0
    ? []
    : [
        table(
          [title, 'Lines', 'Units', 'Now', 'A month'],
          groups.map((group) => [
            group.label,
            group.lines,
            group.units,
            `${group.amount} ${group.currency}`,
            `${group.monthlyAmount} ${group.currency}`,
          ]),
        ),
      ];

const units = ({ oldUnits, newUnits }: Line): string => `${oldUnits} → ${newUnits}`;

const heldText = (held: readonly Line[]): string =>
  [
    `${held.length === 1 ? '1 count is' : `${held.length} counts are`} held: icb plan release ID, or icb plan exclude ID --until DATE --reason TEXT`,
    table(
      ['Id', 'Organization', 'Service', 'Billing type', 'Units', 'Since', 'Amount', 'A month', 'Why'],
      held.map((line) => [
        line.id,
        line.organization,
        line.service,
        line.billingTypeLabel,
        units(line),
        line.heldSince ?? line.effectiveDate,
        `${line.amount} ${line.currency}`,
        `${line.monthlyAmount} ${line.currency}`,
        line.reason.text,
      ]),
    ),
  ].join('\n');

const lines = (others: readonly Line[]): string =>
  table(
    [
      'Action',
      'Organization',
      'Service',
      'Billing type',
      'Units',
      'From',
      'Amount',
      'A month',
      'Rule',
      'Why',
    ],
    others.map((line) => [
      line.action,
      line.organization,
      line.service,
      line.billingTypeLabel,
      units(line),
      line.effectiveDate,
      `${line.amount} ${line.currency}`,
      `${line.monthlyAmount} ${line.currency}`,
      rule(line),
      line.reason.text,
    ]),
  );

const rule = ({ unitRule = '–', dropRule }: Line): string =>
  dropRule ? `${unitRule}, drops ${dropRule}` : unitRule;

const NEXT = 'Units change with the next sync.';

/** Approves the held counts of one line. */
export async function release(api: Api, id: string, { reason }: { readonly reason?: string }): Promise<Said> {
  const line = await decide(api, id, 'release', { ...(reason ? { reason } : {}) });
  return { json: line, text: `Approved ${about(line)}: ${units(line)}. ${NEXT}` };
}

/** Takes counts of one line out until a day. */
export async function exclude(
  api: Api,
  id: string,
  exclusion: { readonly until: string; readonly reason: string; readonly units?: number },
): Promise<Said> {
  const line = await decide(api, id, 'exclude', exclusion);
  const what = exclusion.units === undefined ? 'counts' : `${exclusion.units} units`;
  return { json: line, text: `Excluded ${what} of ${about(line)} until ${exclusion.until}. ${NEXT}` };
}

const about = ({ organization, service, billingTypeLabel }: Line): string =>
  `${organization}: ${service}, ${billingTypeLabel}`;

const decide = (api: Api, id: string, verb: string, body: object): Promise<Line> =>
  api.send('POST', `/api/plan/lines/${encodeURIComponent(id)}/${verb}`, body);

/** Approves every held count, or those of one module. */
export async function releaseAll(
  api: Api,
  { module, reason }: { readonly module?: string; readonly reason?: string },
): Promise<Said> {
  const done: { items: Line[]; text: string } = await api.send('POST', '/api/plan/release', {
    ...(module ? { module } : {}),
    ...(reason ? { reason } : {}),
  });
  const lineTexts = done.items.map((line) => `  ${about(line)}: ${units(line)}`);
  const after = done.items.length > 0 ? `. ${NEXT}` : '';
  return { json: done, text: [`${done.text}${after}`, ...lineTexts].join('\n') };
}
