import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS, startBoltApp } from './bolt-app.ts';

const ADMIN = 'U0ADMIN';

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (transport) => {
  let slack: SlackSimulator;
  let app: Awaited<ReturnType<typeof startBoltApp>>;
  beforeEach(async () => {
    slack = await startSlackSimulator(SECRETS);
    app = await startBoltApp(slack, transport);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it('is reached over that transport', () => expect(slack.transport()).toBe(transport));

  it('walks command, modal, options, errors, message and update', async () => {
    await slack.command(ADMIN, '/icb map');
    const { view } = await slack.waitFor(() => slack.views(ADMIN)[0]);
    const viewId = String(view.id);

    const held = await slack.submit(ADMIN, { viewId });
    expect(held.answer).toBeUndefined();
    expect(held.errors).toEqual({
      organization: 'Please complete this required field.',
      units: 'Please complete this required field.',
    });

    const loaded = await slack.options(ADMIN, { viewId, actionId: 'pick', query: 'gl' });
    expect(loaded.options.map((option) => option.value)).toEqual(['globex']);
    const refused = await slack.submit(ADMIN, { viewId, values: { pick: 'globex', units: '14' } });
    expect(refused.errors).toEqual({ organization: 'Globex is inactive.' });
    expect(refused.views).toHaveLength(1);

    await slack.options(ADMIN, { viewId, actionId: 'pick', query: '' });
    const accepted = await slack.submit(ADMIN, { viewId, values: { pick: 'daily-mail' } });
    expect(accepted.errors).toEqual({});
    expect(accepted.views).toHaveLength(0);
    const posted = await slack.waitFor(() => slack.messages('#billing')[0]);
    expect(posted.text).toBe('Daily Mail mapped by <@U0ADMIN>, 14 units');

    await slack.click('U0VIEW', { messageTs: posted.ts, actionId: 'undo' });
    const undone = await slack.waitFor(() =>
      slack.messages('#billing').find((it) => it.text.includes('Undone')),
    );
    expect(undone).toMatchObject({ ts: posted.ts, text: 'Undone by <@U0VIEW>', blocks: [] });

    const [submission] = slack.log.of('view_submission').slice(-1);
    expect(submission?.request).toMatchObject({
      view: {
        state: { values: { note: { note: { type: 'plain_text_input', value: 'from the contract' } } } },
      },
    });
  });

  it('answers ephemerally at once and in the channel later', async () => {
    const help = await slack.command(ADMIN, '/icb help');
    expect(help.answer).toMatchObject({ ok: true, body: { text: 'Commands: map, say' } });
    expect(slack.ephemerals(ADMIN).map((one) => one.text)).toEqual(['Commands: map, say']);
    expect(slack.ephemerals('U0VIEW')).toEqual([]);
    await slack.command(ADMIN, '/icb say');
    await slack.waitFor(() => slack.messages('billing').length === 2);
    expect(slack.messages('billing').map(({ user, text }) => [user, text])).toEqual([
      [ADMIN, '/icb say'],
      [slack.botUserId, 'Hello all'],
    ]);
  });

  it('hears of a closed modal and of an opened Home', async () => {
    await slack.command(ADMIN, '/icb map');
    await slack.waitFor(() => slack.views(ADMIN)[0]);
    await slack.closeView(ADMIN);
    expect(slack.views(ADMIN)).toEqual([]);
    const note = await slack.waitFor(() => slack.messages(ADMIN)[0]);
    expect(note.text).toBe('Nothing was mapped.');
    await slack.openHome(ADMIN);
    const home = await slack.waitFor(() => slack.homeOf(ADMIN));
    expect(home.view).toMatchObject({ type: 'home', blocks: [{ text: { text: 'Welcome' } }] });
  });
});
