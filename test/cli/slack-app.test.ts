import { expect, test } from 'vitest';
import { slackApp } from '../../src/cli/slack-app.ts';

const linked = (said: { json: unknown }) => {
  const { link } = said.json as { link: string };
  return JSON.parse(new URL(link).searchParams.get('manifest_json') ?? '');
};

test('the link holds the manifest with the office’s own address everywhere', () => {
  const manifest = linked(slackApp({ url: 'https://billing.northwind.test/' }, {}));
  expect(JSON.stringify(manifest)).not.toContain('icb.example.com');
  expect(manifest.features.slash_commands[0].url).toBe('https://billing.northwind.test/slack/events');
  expect(manifest.settings.interactivity.message_menu_options_url).toBe(
    'https://billing.northwind.test/slack/events',
  );
  expect(linked(slackApp({}, { ICB_BASE_URL: 'https://billing.northwind.test' }))).toEqual(manifest);
});

test('over socket mode nothing has an address', () => {
  for (const said of [slackApp({ socket: true }, {}), slackApp({}, { SLACK_APP_TOKEN: 'xapp-1' })]) {
    const manifest = linked(said);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('https://');
    expect(said.text).toContain('SLACK_APP_TOKEN');
  }
});

test.each([[{}], [{ url: 'http://localhost:3000' }]])(
  'without an address over https it says so: %o',
  (options) => {
    expect(() => slackApp(options, {})).toThrow('--url https://icb.example.com');
  },
);
