import type { Api } from './api.ts';
import { all, type Said } from './commands.ts';
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
  readonly reason: { readonly text: string };
}

/** What a run would do now; what is held stands first, with the ids that `release` and `exclude` take. */
export async function plan(
  api: Api,
  filter: { readonly action?: string; readonly module?: string; readonly organization?: string } = {},
): Promise<Said> {
  const { action, module, organization } = filter;
  const items = await all<Line>(api, '/api/plan', { action, module, organization });
  const held = items.filter((line) => line.action === 'held');
  const others = items.filter((line) => line.action !== 'held');
  const parts = [...(held.length > 0 ? [heldText(held)] : []), ...(others.length > 0 ? [lines(others)] : [])];
  const filtered = Object.values({ action, module, organization }).some((value) => value !== undefined);
  const nothing = filtered ? 'No lines match.' : 'Nothing is mapped to a service yet.';
  return { json: { items }, text: parts.join('\n\n') || nothing };
}

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
    ['Action', 'Organization', 'Service', 'Units', 'From', 'Amount', 'Why'],
    others.map((line) => [
      line.action,
      line.organization,
      line.service,
      units(line),
      line.effectiveDate,
      `${line.amount} ${line.currency}`,
      line.reason.text,
    ]),
  );

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
