import type { Fault } from './faults.ts';

/** A way for the whole of Slack to misbehave until it is switched off, for people at the page. */
export interface FaultSwitch {
  readonly name: string;
  readonly label: string;
  /** What the app meets, in the words of Slack's errors. */
  readonly what: string;
}

interface Preset extends FaultSwitch {
  /** The methods it is about; every one of the bot's when left out. */
  readonly methods?: readonly string[];
  readonly fault: Fault;
}

const SLOW_MS = 2_000;

const PRESETS: readonly Preset[] = [
  {
    name: 'slow',
    label: 'Slow',
    what: `every answer takes ${SLOW_MS / 1000} s longer`,
    fault: { kind: 'slow', ms: SLOW_MS },
  },
  {
    name: 'rate-limited',
    label: 'Rate limit',
    what: 'every call is refused with 429, Retry-After 5 s',
    fault: { kind: 'rate-limited', retryAfter: 5 },
  },
  {
    name: 'hash-conflict',
    label: 'Hash conflict',
    what: 'views.update and views.publish answer hash_conflict',
    methods: ['views.update', 'views.publish'],
    fault: { kind: 'error', error: 'hash_conflict' },
  },
  {
    name: 'archived-channel',
    label: 'Archived channel',
    what: 'messages to channels answer is_archived',
    methods: ['chat.postMessage', 'chat.update', 'chat.postEphemeral'],
    fault: { kind: 'error', error: 'is_archived' },
  },
  {
    name: 'revoked-token',
    label: 'Revoked token',
    what: 'every call answers token_revoked',
    fault: { kind: 'error', error: 'token_revoked' },
  },
];

export interface SwitchedFaults {
  /** Every switch and whether it is on. */
  list(): readonly (FaultSwitch & { readonly on: boolean })[];
  /** Throws for a name that no switch has. */
  turn(name: string, on: boolean): void;
  reset(): void;
  /** What a call of this method meets; the gravest where several are on. `channel` as the app named it. */
  of(method: string, channel?: unknown): Fault | undefined;
}

export function createSwitchedFaults(changed: () => void): SwitchedFaults {
  const on = new Set<string>();
  const isMet = ({ name, methods }: Preset, method: string, channel: unknown): boolean =>
    on.has(name) &&
    (methods?.includes(method) ?? method !== 'apps.connections.open') &&
    // A direct message goes through where channels are archived.
    (name !== 'archived-channel' || /^[CG]/.test(String(channel)));
  return {
    list: () => PRESETS.map(({ name, label, what }) => ({ name, label, what, on: on.has(name) })),
    turn(name, isOn) {
      if (!PRESETS.some((preset) => preset.name === name)) throw new Error(`There is no fault "${name}".`);
      if (isOn) on.add(name);
      else on.delete(name);
      changed();
    },
    reset() {
      on.clear();
      changed();
    },
    of: (method, channel) => PRESETS.findLast((preset) => isMet(preset, method, channel))?.fault,
  };
}
