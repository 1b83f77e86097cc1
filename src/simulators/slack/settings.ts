import { z } from 'zod';
import type { Person } from './workspace.ts';

const userSchema = z.object({
  id: z.string().regex(/^[UW][A-Z0-9]+$/, 'looks like U0ADMIN'),
  name: z.string().min(1),
  realName: z.string().min(1),
  isAdmin: z.boolean().default(false),
  tz: z.string().default('Etc/UTC'),
});

const channelSchema = z.object({
  id: z.string().regex(/^[CG][A-Z0-9]+$/, 'looks like C0BILLING'),
  name: z.string().regex(/^[a-z0-9_-]+$/, 'lower case, without #'),
  isPrivate: z.boolean().default(false),
  /** Another company sees it too (Slack Connect). */
  isShared: z.boolean().default(false),
});

const settingsSchema = z.object({
  port: z.number().int().min(0).default(0),
  host: z.string().default('127.0.0.1'),
  signingSecret: z.string().min(1).default('demo-signing-secret'),
  botToken: z.string().min(1).default('xoxb-demo'),
  /** Socket mode is offered to an app that presents this token. */
  appToken: z.string().min(1).default('xapp-demo'),
  requestUrl: z.url().optional(),
  users: z
    .array(userSchema)
    .min(1)
    .default([
      { id: 'U0ADMIN', name: 'alex', realName: 'Alex Admin', isAdmin: true, tz: 'Etc/UTC' },
      { id: 'U0VIEW', name: 'vera', realName: 'Vera Viewer', isAdmin: false, tz: 'Etc/UTC' },
    ]),
  channels: z
    .array(channelSchema)
    .min(1)
    .default([{ id: 'C0BILLING', name: 'billing', isPrivate: false, isShared: false }]),
  userGroups: z
    .array(z.object({ id: z.string().startsWith('S'), handle: z.string(), users: z.array(z.string()) }))
    .default([]),
  /** Scopes the bot token was granted, named with every answer as Slack does; unnamed when left out. */
  scopes: z.array(z.string()).optional(),
  botName: z.string().min(1).default('icb'),
  /** Commands the app's manifest registers; others get Slackbot's "not a valid command". */
  commands: z.array(z.string().startsWith('/')).min(1).default(['/icb']),
  /** The shortcuts of the app's manifest. */
  shortcuts: z
    .array(
      z.object({
        name: z.string().min(1).max(24),
        type: z.enum(['global', 'message']),
        callback_id: z.string().min(1),
        description: z.string().min(1).max(150),
      }),
    )
    .default([]),
  /** The manifest's `should_escape`: users and channels in commands arrive as `<@U…|name>`. */
  shouldEscape: z.boolean().default(false),
  /** How long the app has to answer a delivery. Slack: 3 s. */
  deliveryTimeoutMs: z.number().int().positive().default(3000),
  teamName: z.string().default('Demo MSP'),
});

export type SlackSimulatorOptions = z.input<typeof settingsSchema> & {
  /** Milliseconds since 1970; governs triggers, response urls, hashes and signatures. */
  readonly now?: () => number;
};

export interface Settings extends z.output<typeof settingsSchema> {
  readonly people: readonly Person[];
  readonly now: () => number;
}

/** Fills in what was left out. Throws a ZodError that names every unusable option. */
export function readSettings({ now = Date.now, ...options }: SlackSimulatorOptions): Settings {
  const settings = settingsSchema.parse(options);
  return { ...settings, people: settings.users, now };
}
