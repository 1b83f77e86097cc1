import { expect } from 'vitest';
import { reader, type ScriptedSlack } from './scripted-slack.ts';

/**
 * The original's example from beginning to end, as one administrator lives it: enable, map with suggestions, map
 * services, sync, read the summary, and follow the link into the rows behind it.
 */
export async function conversation(slack: ScriptedSlack): Promise<void> {
  const alex = await firstSync(slack);
  await alex.type('/icb map');
  await alex.modalSays('Sure: *Daily Mail*');
  await alex.choose('Approve Daily Mail');
  await alex.submit();
  await alex.modalSays('1 mapping to save');
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  await alex.close();

  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  await alex.choose('Desktop Monitoring · $12.50', 'AllDevicesMetric');
  await alex.choose('Ignore the rest');
  await alex.submit();
  await alex.modalSays('2 × $12.50 = $25.00 a period');
  await alex.submit();
  await alex.modalSays('saved for Daily Mail');
  await alex.close();

  await alex.type('/icb sync now');
  await alex.told('*Pending: $25.00*');
  await alex.told('Largest changes', 'Daily Mail: Desktop Monitoring 0 → 2');

  await alex.type('/icb dashboard');
  await followDrillLink(await alex.linkOf('Open dashboard'));
}

/** Enables Datto RMM and counts it for the first time. */
export async function firstSync(slack: ScriptedSlack) {
  const alex = reader(slack);
  await alex.type('/icb enable Datto RMM');
  await alex.told('Datto RMM');
  await alex.type('/icb sync now');
  await alex.told('This was the first sync');
  return alex;
}

/** Signs in through the link and drills into the pending items of the module. */
async function followDrillLink(link: string): Promise<void> {
  const { origin } = new URL(link);
  expect((await fetch(link)).status).toBe(200);
  const signedIn = await fetch(link, {
    method: 'POST',
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  });
  expect(signedIn.status).toBe(303);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const rows = await fetch(`${origin}/dashboard/items?status=pending&module=datto-rmm`, {
    headers: { cookie },
  });
  const page = await rows.text();
  expect(rows.status).toBe(200);
  for (const text of ['Daily Mail', 'Desktop Monitoring', '25.00']) expect(page).toContain(text);
}
