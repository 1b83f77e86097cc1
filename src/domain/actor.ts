import { z } from 'zod';

/** Who did it: a person in Slack, a bearer of the API token, the command line, or icb itself at night. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slack'), userId: z.string().min(1), name: z.string().min(1) }),
  z.object({ kind: z.literal('api'), name: z.string().min(1).default('API token') }),
  z.object({ kind: z.literal('cli'), name: z.string().min(1).default('command line') }),
  z.object({ kind: z.literal('system'), name: z.string().min(1).default('icb') }),
]);
export type Actor = z.infer<typeof Actor>;

export const SYSTEM: Actor = { kind: 'system', name: 'icb' };
export const API_TOKEN: Actor = { kind: 'api', name: 'API token' };
