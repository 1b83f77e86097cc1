import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line of the log tells while something is under way: the request it belongs to, the sync it belongs to. */
interface LogContext {
  readonly requestId?: string;
  readonly run?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

export const logContext = (): LogContext => contexts.getStore() ?? {};

/** Runs `work`, and all that it starts, with these facts in every line; those from around it stay. */
export const inLogContext = <T>(facts: LogContext, work: () => T): T =>
  contexts.run({ ...logContext(), ...facts }, work);
