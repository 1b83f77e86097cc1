/** A trigger lives three seconds and opens one view. */
export const TRIGGER_LIFE_MS = 3000;

interface Trigger {
  readonly userId: string;
  readonly viewId: string | undefined;
  readonly issuedAt: number;
  used: boolean;
}

export type Exchange =
  | { readonly ok: true; readonly userId: string; readonly viewId: string | undefined }
  | { readonly ok: false; readonly error: `${'invalid' | 'expired' | 'exchanged'}_trigger_id` };

export interface Triggers {
  /** `viewId` is the modal the interaction came from: only such a trigger can push onto it. */
  issue(userId: string, viewId?: string): string;
  exchange(id: unknown): Exchange;
}

export function createTriggers(now: () => number, nextId: () => string): Triggers {
  const issued = new Map<string, Trigger>();
  return {
    issue(userId, viewId) {
      const id = nextId();
      issued.set(id, { userId, viewId, issuedAt: now(), used: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(String(id));
      if (!trigger) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
      if (now() - trigger.issuedAt > TRIGGER_LIFE_MS) return { ok: false, error: 'expired_trigger_id' };
      trigger.used = true;
      return { ok: true, userId: trigger.userId, viewId: trigger.viewId };
    },
  };
}
