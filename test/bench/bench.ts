import { parseArgs } from 'node:util';
import { autotaskRows } from './autotask.ts';
import type { BenchRow } from './bench-row.ts';
import { dattoRmmRows } from './datto-rmm.ts';
import { embedRows } from './embed.ts';
import { largeMatchingRows, smallMatchingRows } from './matching.ts';
import { planRows } from './plan.ts';
import { queryRow, storeQueryRow } from './query.ts';
import { slackRows } from './slack.ts';
import { storeRows } from './store.ts';
import { widgetRows } from './widgets.ts';

/** Suites by the prefix of their rows' names. */
const SUITES: readonly (readonly [string, () => Promise<BenchRow[]>])[] = [
  ['sync.datto-rmm.', dattoRmmRows],
  ['autotask.', autotaskRows],
  ['plan.', planRows],
  ['matching.10k-50k', largeMatchingRows],
  ['matching.1k-5k', smallMatchingRows],
  ['slack.', slackRows],
  ['widget.', widgetRows],
  ['embed.', embedRows],
  ['query.1m', queryRow],
  ['store.query-1m', storeQueryRow],
  ['store.', storeRows],
];

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
});

const figure = (value: number): string => String(Number(value.toPrecision(4)));

function line({ name, ours, peers, ratio, unit, note }: BenchRow): string {
  const beside = Object.entries(peers).map(([peer, value]) => `${peer} ${figure(value)}`);
  return [
    name.padEnd(26),
    `${figure(ours)} ${unit}`.padEnd(18),
    beside.join(', ').padEnd(24),
    (ratio === undefined ? '' : `ratio ${figure(ratio)}`).padEnd(14),
    note,
  ]
    .join(' ')
    .trimEnd();
}

const wanted = ([prefix]: (typeof SUITES)[number]): boolean =>
  prefix.startsWith(values.only) || values.only.startsWith(prefix);

let found = false;
for (const [, rows] of SUITES.filter(wanted)) {
  for (const row of (await rows()).filter((each) => each.name.startsWith(values.only))) {
    found = true;
    console.log(values.json ? JSON.stringify(row) : line(row));
  }
}
if (!found) {
  console.error(
    `No row begins with "${values.only}". Suites: ${SUITES.map(([prefix]) => prefix).join(', ')}`,
  );
  process.exitCode = 1;
}
