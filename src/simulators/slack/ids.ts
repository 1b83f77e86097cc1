import { randomBytes } from 'node:crypto';

/** Makes ids that look like Slack's. Counted ones differ within a run; secret ones are random. */
export interface Ids {
  /** `V0…`, `M0…`: prefix, then nine capital letters and digits. */
  object(prefix: string): string;
  /** A block_id or action_id such as Slack makes up for those an app left out. */
  block(): string;
  trigger(): string;
  /** Unix seconds with six decimals, never twice the same. */
  ts(): string;
  hash(): string;
  secret(): string;
}

export function createIds(now: () => number): Ids {
  let count = 0;
  const next = (width: number) => (++count).toString(36).padStart(width, '0');
  const seconds = () => Math.floor(now() / 1000);
  return {
    object: (prefix) => `${prefix}${next(9).toUpperCase()}`,
    block: () => `b${next(4)}`,
    trigger: () => `${now()}.${String(++count).padStart(12, '0')}.${randomBytes(16).toString('hex')}`,
    // Starts high: the emulated Web API counts its own ts from .000001 within the same second.
    ts: () => `${seconds()}.${String(500_000 + (++count % 400_000)).padStart(6, '0')}`,
    hash: () => `${seconds()}.${randomBytes(4).toString('hex')}`,
    secret: () => randomBytes(16).toString('hex'),
  };
}
