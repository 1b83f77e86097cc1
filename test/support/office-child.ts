import { createInterface } from 'node:readline';
import { officeProcess } from './office-process.ts';

/** A process of icb that a test can kill: does a night for each line of its input, an instant, and says so. */
const [url = '', name = ''] = process.argv.slice(2);
let now = Temporal.Instant.from('2026-01-31T09:00:00Z');
const office = await officeProcess({ url, name, now: () => now });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const [what, instant = ''] = line.split(' ');
  now = Temporal.Instant.from(instant);
  if (what === 'night') await office.night(now);
  else await office.look();
  process.stdout.write('done\n');
}
await office.close();
