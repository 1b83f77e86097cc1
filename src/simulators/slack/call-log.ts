/** One thing that crossed the border between Slack and the app, with its answer. */
export interface LogEntry {
  readonly kind: 'api' | 'delivery' | 'response_url';
  /** The method (`chat.postMessage`), delivery (`slash_commands`, `block_actions`) or url. */
  readonly name: string;
  readonly request: unknown;
  readonly answer: unknown;
  readonly at: number;
  readonly tookMs: number;
}

export interface CallLog {
  readonly entries: LogEntry[];
  /** The entries of one method or delivery, oldest first. */
  of(name: string): LogEntry[];
  /** Runs `work` and records what came out of it. */
  record<T>(kind: LogEntry['kind'], name: string, request: unknown, work: () => Promise<T>): Promise<T>;
}

/** A demo may run for days; only the newest entries are of use. */
const KEPT = 2000;

export function createCallLog(now: () => number): CallLog {
  const entries: LogEntry[] = [];
  return {
    entries,
    of: (name) => entries.filter((entry) => entry.name === name),
    async record(kind, name, request, work) {
      const at = now();
      const started = performance.now();
      const answer = await work();
      entries.push({ kind, name, request, answer, at, tookMs: performance.now() - started });
      if (entries.length > KEPT) entries.splice(0, entries.length - KEPT);
      return answer;
    },
  };
}
