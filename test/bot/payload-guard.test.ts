import { describe, expect, test } from 'vitest';
import { PayloadGuard } from '../support/payload-guard.ts';
import { HAS_SLACK_SCHEMA } from '../support/slack-schema.ts';
import { ADMIN, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

const nowhere = async () => Response.json({ ok: true });
const plain = (text: string) => ({ type: 'plain_text', text });
const view = (over: object = {}) => ({
  type: 'modal',
  title: plain('Map'),
  blocks: [{ type: 'divider' }],
  ...over,
});
const sends = async (method: string, args: Record<string, unknown>): Promise<string[]> => {
  const guard = new PayloadGuard();
  const fields = Object.entries(args).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  await guard.fetch(nowhere)(`https://slack.com/api/${method}`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
  });
  expect(guard.checked).toBe(1);
  return guard.problems;
};

describe('a payload that Slack would refuse is told', () => {
  test.each([
    [
      '51 blocks',
      'chat.postMessage',
      { text: 'x', blocks: Array(51).fill({ type: 'divider' }) },
      'no more than 50',
    ],
    ['no text', 'chat.postEphemeral', { blocks: [{ type: 'divider' }] }, 'no text for notifications'],
    ['a long text', 'chat.update', { text: 'x'.repeat(4001) }, 'keep to 4,000'],
    [
      'a block of another surface',
      'chat.postMessage',
      { text: 'x', blocks: [{ type: 'alert', text: plain('x') }] },
      'not allowed',
    ],
    ['a long title', 'views.open', { view: view({ title: plain('x'.repeat(25)) }) }, 'less than 25'],
    [
      'too much metadata',
      'views.push',
      { view: view({ private_metadata: 'x'.repeat(3001) }) },
      'less than 3001',
    ],
    [
      'a chart in App Home',
      'views.publish',
      { view: { type: 'home', blocks: [{ type: 'data_visualization' }] } },
      'not allowed',
    ],
    ['a view that is not JSON', 'views.update', { view: '{"type":' }, 'must provide an object'],
  ])('%s', async (_what, method, args, said) => {
    expect((await sends(method, args)).join('\n')).toContain(said);
  });

  test('also in an answer and in a reply', async () => {
    const guard = new PayloadGuard();
    guard.answer({ response_action: 'push', view: view({ blocks: [{ type: 'wat' }] }) });
    guard.answer({ options: [{ text: plain('x'.repeat(76)), value: 'v' }] });
    await guard.fetch(nowhere)('https://hooks.example.com/response/1', {
      body: '{"blocks":[{"type":"wat"}]}',
    });
    expect(guard.checked).toBe(3);
    expect(guard.problems.join('\n')).toMatch(/ack: .*wat.*options: .*76.*response\/1: .*wat/s);
    expect(() => guard.assertClean()).toThrow('Slack would refuse');
  });

  test.skipIf(!HAS_SLACK_SCHEMA)(
    'by the schema of Slack’s types too (skipped where the schema is not present)',
    async () => {
      const problems = await sends('chat.postMessage', {
        text: 'x',
        blocks: [{ type: 'section', text: plain('x'), colour: 'red' }],
      });
      expect(problems.join('\n')).toContain('schema of block 0 (section)');
    },
  );
});

test('what is right passes', async () => {
  expect(await sends('chat.postMessage', { text: 'x', blocks: [{ type: 'divider' }] })).toEqual([]);
  expect(await sends('views.open', { view: view() })).toEqual([]);
});

test('the bot of the tests stands behind the guard', async () => {
  const world = await startBotWorld();
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.modalSays('Datto RMM');
  await world.slack.openHome(ADMIN);
  expect(world.guard.checked).toBeGreaterThan(2);
  await world.close();
});
