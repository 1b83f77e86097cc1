import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import manifest from '../../bot/manifest.json' with { type: 'json' };
import { appManifest } from '../../bot/slack/app-manifest.ts';

const SCHEMAS = new URL('../../../shared/specs/slack/manifest-schema/', import.meta.url);

test('one address serves commands, clicks, menus and events', () => {
  const { features, settings } = manifest;
  const [command] = features.slash_commands;
  const url = command?.url;
  expect(command?.command).toBe('/icb');
  expect(new URL(url ?? '').pathname).toBe('/slack/events');
  expect([
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
  ]).toEqual([url, url, url]);
});

test('asks for no scope that icb does not use', () => {
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([
    // Looks whether a summary whose posting was cut off stands in the channel.
    'channels:history',
    // Whether other companies see a channel too.
    'channels:read',
    'chat:write',
    'chat:write.public',
    'commands',
    // Reads the CSV files of usage that people share with it.
    'files:read',
    'files:write',
    'groups:history',
    'groups:read',
    // The same in the direct messages that icb sent.
    'im:history',
    'im:write',
    // Who has a role by a user group.
    'usergroups:read',
  ]);
});

test('the README explains each scope', () => {
  const readme = readFileSync(new URL('../../bot/README.md', import.meta.url), 'utf8');
  const [section = ''] = readme.split('## Scopes')[1]?.split('\n## ') ?? [];
  const rows = [...section.matchAll(/^\| (`[^|]+) \| .{20,} \| .+ \|$/gm)].map((match) => match[1] ?? '');
  const explained = rows.flatMap((cell) => [...cell.matchAll(/`([a-z:.]+)`/g)].map((match) => match[1]));
  expect(explained).toEqual(expect.arrayContaining(manifest.oauth_config.scopes.bot));
});

test.skipIf(!existsSync(SCHEMAS))(
  "Slack's own schema accepts it (skipped where the schema is not present)",
  () => {
    const load = (path: string) => JSON.parse(readFileSync(new URL(path, SCHEMAS), 'utf8'));
    const main = load('manifest.schema.json');
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    const remote = JSON.stringify(main).match(/https:[^"#]*schemas\/[^"#]+/g) ?? [];
    for (const url of new Set(remote)) {
      const schema = load(url.slice(url.indexOf('schemas/')));
      ajv.addSchema({ ...schema, $id: url });
    }
    const valid = ajv.compile({ ...main, $id: 'manifest' });
    const offices = [
      appManifest({ baseUrl: 'https://icb.northwind.test', socketMode: false }),
      appManifest({ baseUrl: '', socketMode: true }),
    ];
    for (const one of [manifest, ...offices]) expect(valid(one), JSON.stringify(valid.errors)).toBe(true);
  },
);
