import { THINNED_NAMES, type ThinnedKind } from '../domain/retention.ts';
import type { KeptRecords } from '../usecases/kept-records.ts';
import type { ThinnedRow } from '../usecases/thin.ts';
import type { Api } from './api.ts';
import type { Said } from './commands.ts';
import { table } from './print.ts';

const NEVER: Partial<Record<KeptRecords['kind'], string>> = {
  'billing-items': 'Billing items',
  audit: 'Audit log',
};

/** Takes out what retention no longer keeps; with `dryRun` says what would go, and changes nothing. */
export async function thin(api: Api, { dryRun = false }: { readonly dryRun?: boolean }): Promise<Said> {
  if (!dryRun) {
    const json = await api.send<{ readonly items: readonly ThinnedRow[] }>('POST', '/api/retention/thin', {});
    const gone = json.items.filter(({ removed, reduced }) => removed + reduced > 0);
    const lines = gone.map(
      ({ kind, removed, reduced }) =>
        `${THINNED_NAMES[kind]}: ${removed} ${removed === 1 ? 'record' : 'records'} removed${reduced > 0 ? `, ${reduced} reduced to what bills` : ''}.`,
    );
    return { json, text: lines.join('\n') || 'There was nothing to thin.' };
  }
  const json = await api.get<{
    readonly items: readonly ThinnedRow[];
    readonly kept: readonly KeptRecords[];
  }>('/api/retention');
  const kept = new Map(json.kept.map((each) => [each.kind, each]));
  const row = (kind: KeptRecords['kind'], name: string, howLong: string, goes: string) => {
    const { records, oldest } = kept.get(kind) ?? {};
    return [name, records ?? '', oldest ?? '–', howLong, goes];
  };
  const rows = [
    ...json.items.map((each) => row(each.kind, THINNED_NAMES[each.kind], keptFor(each), goes(each))),
    ...Object.entries(NEVER).map(([kind, name]) => row(kind as ThinnedKind, name, 'for ever', 'nothing')),
  ];
  return { json, text: table(['Kind', 'Records', 'Oldest', 'Kept', 'Would go'], rows) };
}

const keptFor = ({ months }: ThinnedRow): string => (months === null ? 'for ever' : `${months} months`);

const goes = ({ removed, reduced, through }: ThinnedRow): string => {
  if (removed + reduced === 0) return 'nothing';
  const until = through ? ` until ${through}` : '';
  return `${removed} removed${reduced > 0 ? `, ${reduced} reduced` : ''}${until}`;
};
