import { expect, test } from 'vitest';
import { logMessage } from '../../bot/messages/log-message.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { textsIn } from './person.ts';

const by = { kind: 'cli', name: 'test' } as const;
const log = (entry: Partial<AuditEntry>): string =>
  textsIn(
    logMessage(
      [{ id: 'au_1', at: '2026-11-10T08:00:00Z', by, action: 'x', text: 'x', ...entry } as never],
      [],
    ).blocks[1],
  );
const people = [{ userId: 'U0VIEW', role: 'operator' }];

test.each([
  [
    'people and channels of settings have their names',
    {
      action: 'set-settings',
      text: 'Channel: as set up → C0PARTNERS; Role of U0VIEW: none → operator',
      before: { people: [] },
      after: { people, channel: 'C0PARTNERS' },
    },
    'Channel: as set up → <#C0PARTNERS>; Role of <@U0VIEW>: none → operator',
  ],
  [
    'a role given',
    { action: 'grant-role', subject: 'U0VIEW', text: 'Role of U0VIEW: viewer → operator' },
    'Role of <@U0VIEW>: viewer → operator',
  ],
  [
    'who was asked, and nobody else whom the question or a customer is called',
    {
      action: 'ask-about-line',
      subject: 'sm_1',
      text: 'Asked U0BOSS about U0VIEW: 14 → 0: C0PARTNERS <@U0VIEW>',
      after: { userId: 'U0BOSS', question: 'C0PARTNERS' },
    },
    'Asked <@U0BOSS> about U0VIEW: 14 → 0: C0PARTNERS &lt;@U0VIEW&gt;',
  ],
  [
    'a channel setting that is no id',
    { action: 'set-settings', text: 'Channel: as set up → !channel', after: { channel: '!channel' } },
    'as set up → !channel',
  ],
  [
    'a customer called like a person',
    { action: 'confirm-mappings', subject: 'U0VIEW', text: 'U0VIEW → U0BOSS', after: [{ userId: 'U0BOSS' }] },
    'U0VIEW → U0BOSS',
  ],
  [
    'an id cut in half is no one’s',
    {
      action: 'grant-role',
      subject: 'U0VIEW',
      text: `${'x'.repeat(244)} U0VIEW: viewer`,
    },
    ' U0VI…',
  ],
])('%s', (_, entry, said) => {
  expect(log(entry)).toContain(said);
});
