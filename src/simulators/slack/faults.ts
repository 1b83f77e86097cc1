/** A way for one Web API method to go wrong. */
export type Fault = (
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  /** The call takes effect and is answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** No answer at all until the faults are cleared or the simulator closes. */
  | { readonly kind: 'timeout' }
) & {
  /** How many calls go wrong before the method heals; every one when left out. */
  readonly times?: number;
  /** The call takes effect and only its answer is lost: what a retry then does is the question. */
  readonly applied?: boolean;
};

export interface Faults {
  /** `method` is a Web API method, or `*` for all of them. */
  set(method: string, fault: Fault): void;
  clear(method?: string): void;
  take(method: string): Fault | undefined;
  answer(fault: Fault): Promise<Response>;
}

export function createFaults(): Faults {
  const active = new Map<string, { fault: Fault; left: number }>();
  let hung: (() => void)[] = [];
  const json = (body: object, status: number, headers: Record<string, string> = {}) =>
    Response.json(body, { status, headers });
  return {
    set: (method, fault) => void active.set(method, { fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear(method) {
      if (method === undefined) active.clear();
      else active.delete(method);
      for (const release of hung) release();
      hung = [];
    },
    take(method) {
      const key = active.has(method) ? method : '*';
      const found = active.get(key);
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) active.delete(key);
      return found.fault;
    },
    async answer(fault) {
      if (fault.kind === 'rate-limited')
        return json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(fault.retryAfter) });
      if (fault.kind === 'http') return new Response('simulated fault', { status: fault.status });
      if (fault.kind === 'error') return json({ ok: false, error: fault.error }, 200);
      if (fault.kind === 'slow') throw new Error('A slow call is answered by its method.');
      await new Promise<void>((release) => hung.push(release));
      return new Response('simulated timeout', { status: 504 });
    },
  };
}
