import { MONTHS, millionMonths, monthOfItems } from './million-items.ts';
import { STORE_ENGINES } from './store-engines.ts';

// A process of its own with one engine in it: fills a folder with a million billing items, or opens it, asks for a first
// widget and commits nights. Tells figures as a line of JSON.
const [name = '', dir = '', work = 'run'] = process.argv.slice(2);
const CHANGED = 30_000;
const NIGHTS = 5;
const months = millionMonths('2026-11-01');

const engine = STORE_ENGINES[name]?.(dir);
if (!engine) throw new Error(`There is no engine ${name}.`);

async function ms(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Peak resident memory of this process so far. */
const megabytes = (): number => process.resourceUsage().maxRSS / 1024;

if (work === 'fill') {
  await engine.open();
  if (name === 'lowdb') await engine.commit([...months.keys()].flatMap((at) => monthOfItems(months, at)));
  else for (const at of months.keys()) await engine.commit(monthOfItems(months, at));
  await engine.widget();
  await engine.idle();
  await engine.close();
} else {
  let sums: ReadonlyMap<string, number> = new Map();
  const startup = await ms(async () => {
    await engine.open();
    sums = await engine.widget();
  });
  const commits: number[] = [];
  const cpu: number[] = [];
  for (let night = 1; night <= NIGHTS; night++) {
    const newest = monthOfItems(months, MONTHS - 1, night);
    const before = monthOfItems(months, MONTHS - 2, night).slice(0, CHANGED - newest.length);
    // The plan of the night has read them.
    await engine.read(`${months[MONTHS - 2]}`.slice(0, 7));
    const used = process.cpuUsage();
    commits.push(await ms(() => engine.commit([...newest, ...before])));
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
    await engine.idle();
  }
  const afterwards = await ms(() => engine.widget());
  const memory = megabytes();
  const closing = await ms(() => engine.close());
  console.log(JSON.stringify({ startup, commits, cpu, afterwards, memory, closing, sums: [...sums].sort() }));
}
