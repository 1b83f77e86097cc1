import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadFile, isSlacks } from '../../bot/slack/download-file.ts';
import { addModule } from '../../src/usecases/added-modules.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listUsageDrafts } from '../../src/usecases/usage-drafts.ts';
import { ADMIN, type BotWorld, startBotWorld, VIEWER } from './bot-world.ts';
import { controls, plainOf, textsIn } from './person.ts';

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
  await addModule(world.core, {
    by: { kind: 'cli', name: 'test' },
    module: { name: 'Huntress', billingTypes: [{ name: 'Agents', unit: 'count' }] },
  });
});
afterEach(() => world.close());

const FILE = 'Customer,Agents\nDaily Mail,21\nEvening Post,4\n';
const share = (user: string, text: string, name: string, channel?: string) =>
  world.slack.shareFile(user, { name, bytes: new TextEncoder().encode(text) }, channel ? { channel } : {});

const replies = (channel: string, thread: string) =>
  world.slack
    .messages(channel)
    .filter(({ threadTs, user }) => threadTs === thread && user === world.slack.botUserId);

/** Waits until the app's newest reply in the thread says this. */
const says = (channel: string, thread: string, text: string | RegExp) =>
  world.slack.waitFor(() => {
    const message = replies(channel, thread).at(-1);
    const said = message && textsIn(message.blocks);
    return message && said && (typeof text === 'string' ? said.includes(text) : text.test(said))
      ? { message, said }
      : undefined;
  });

async function press(user: string, channel: string, thread: string, label: string): Promise<void> {
  const message = replies(channel, thread).at(-1);
  const control = controls(message?.blocks ?? []).find(({ element }) => plainOf(element.text) === label);
  if (!message || !control) throw new Error(`no button ${label} in ${textsIn(message?.blocks)}`);
  await world.slack.click(user, {
    messageTs: message.ts,
    channel,
    actionId: control.actionId,
    blockId: control.blockId,
  });
}

const reports = async () => (await world.core.store.snapshot()).list('usageReports');

describe('a CSV file shared with icb', () => {
  test.each([
    ['in a channel', 'C0BILLING'],
    ['in its direct message', ADMIN],
  ])('%s is answered in its thread, saved with who, and undone', async (_, channel) => {
    const { ts } = await share(ADMIN, FILE, 'huntress-november.csv', channel);
    const { said, message } = await says(channel, ts, 'huntress-november.csv: 2 counts, 2 new or changed');
    expect(said).toContain(
      '*Huntress* · organization: _Customer_ · counts: _Agents_ · all of 10 Nov 2026 · read as UTF-8',
    );
    expect(said).toContain('New, to be mapped: Daily Mail and Evening Post.');
    expect(said).toContain('Huntress is not enabled');
    expect(JSON.stringify(message.blocks)).toContain('https://icb.example.com/dashboard/usage/files/draft_');
    expect(await reports()).toEqual([]);
    await press(ADMIN, message.channel, ts, 'Save');
    await says(channel, ts, '2 counts of Huntress taken in from huntress-november.csv; 2 new or changed');
    expect((await reports())[0]?.counts).toEqual({
      'Daily Mail': { Agents: 21 },
      'Evening Post': { Agents: 4 },
    });
    expect((await listAudit(world.core)).items[0]).toMatchObject({
      action: 'import-usage',
      by: { kind: 'slack', userId: ADMIN, name: 'alex' },
    });
    await press(ADMIN, message.channel, ts, 'Undo');
    await says(channel, ts, 'Undone: 2 counts are as before huntress-november.csv');
    expect(await reports()).toEqual([]);
  });

  test('of an unknown module asks which', async () => {
    const { ts } = await share(ADMIN, 'Who,Foo\nDaily Mail,3\n', 'export.csv');
    const { message } = await says('C0BILLING', ts, 'Which module is this usage of?');
    const [select] = controls(message.blocks).filter(({ element }) => element.type === 'static_select');
    await world.slack.click(ADMIN, {
      messageTs: message.ts,
      channel: 'C0BILLING',
      actionId: select?.actionId ?? '',
      blockId: select?.blockId ?? '',
      value: 'huntress',
    });
    const { said } = await says('C0BILLING', ts, 'something is still to be chosen');
    expect(said).toContain('Choose the billing type of at least one column.');
    await press(ADMIN, 'C0BILLING', ts, 'Cancel');
    await says('C0BILLING', ts, 'export.csv was cancelled; nothing was taken in');
    expect(await listUsageDrafts(world.core)).toEqual([]);
  });

  test('with wrong rows tells them, and offers no Save', async () => {
    const { ts } = await share(ADMIN, 'Customer,Agents\n<!channel>,1.5\n', 'huntress.csv');
    const { said, message } = await says('C0BILLING', ts, '1 of 1 row wrong');
    expect(said).toContain('Line 2, _Agents_: "1.5" is not whole');
    expect(controls(message.blocks).map(({ element }) => plainOf(element.text))).not.toContain('Save');
  });

  test('by somebody who may only look is refused in words, and so is their click', async () => {
    // In a channel it is not said to be for icb: a lunch list is nobody's business here.
    await share(VIEWER, FILE, 'lunch.csv');
    await world.bot.idle();
    expect(world.slack.ephemerals(VIEWER)).toEqual([]);
    await share(VIEWER, FILE, 'huntress.csv', VIEWER);
    await world.slack.waitFor(() =>
      JSON.stringify([world.slack.ephemerals(VIEWER), world.slack.messages(VIEWER)]).includes(
        'This needs the role',
      ),
    );
    expect(await listUsageDrafts(world.core)).toEqual([]);
    const refused = world.slack.ephemerals(VIEWER).length;
    const { ts } = await share(ADMIN, FILE, 'huntress.csv');
    await says('C0BILLING', ts, 'Save');
    await press(VIEWER, 'C0BILLING', ts, 'Save');
    await world.slack.waitFor(() => world.slack.ephemerals(VIEWER).length === refused + 1);
    expect(await reports()).toEqual([]);
  });

  test('that cannot be read says what to do', async () => {
    await share(ADMIN, 'x', 'huntress.csv');
    await world.slack.waitFor(() =>
      world.slack.ephemerals(ADMIN).some(({ text }) => text.includes('a title line only')),
    );
  });

  test('sent by Slack twice is answered once; other files in a channel are nobody’s business', async () => {
    const { ts } = await share(ADMIN, FILE, 'huntress.csv');
    await says('C0BILLING', ts, 'Save');
    const [file] = world.slack.messages('C0BILLING').find((one) => one.ts === ts)?.files ?? [];
    const again = { type: 'file_shared', file_id: String(file?.id), user_id: ADMIN, channel_id: 'C0BILLING' };
    await world.slack.sendEvent(again);
    const notes = await share(ADMIN, 'hello', 'notes.txt');
    await share(ADMIN, 'hello', 'notes.txt', ADMIN);
    await world.slack.waitFor(() =>
      world.slack.ephemerals(ADMIN).some(({ text }) => text.includes('This file is not CSV')),
    );
    expect(replies('C0BILLING', ts)).toHaveLength(1);
    expect(replies('C0BILLING', notes.ts)).toEqual([]);
  });
});

describe('a download', () => {
  test.each([
    ['https://files.slack.com/files-pri/T1-F1/x.csv', true],
    ['https://slack.com/x', true],
    ['http://files.slack.com/x', false],
    ['https://files.slack.com.evil.example/x', false],
    ['https://evilslack.com/x', false],
    ['https://files.slack.com:8443/x', false],
    ['http://127.0.0.1:9/x', true],
    ['http://127.0.0.1:10/x', false],
    ['nonsense', false],
  ])('%s gets the token: %s', (url, yes) => {
    expect(isSlacks(url, 'http://127.0.0.1:9/api/')).toBe(yes);
  });
  test('answered by a sign-in page names the missing scope', async () => {
    const fetch = async () =>
      new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
    await expect(
      downloadFile({ botToken: 'xoxb-secret', fetch: fetch as never }, 'https://files.slack.com/x'),
    ).rejects.toThrow(/files:read/);
  });
  test('of more than 5 MB ends early', async () => {
    const fetch = async () => new Response(new Uint8Array(5 * 1024 * 1024 + 1));
    await expect(
      downloadFile({ botToken: 'x', fetch: fetch as never }, 'https://files.slack.com/x'),
    ).rejects.toThrow(/larger than 5 MB/);
  });
});
