import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/**
 * For how long statements of the work that runs may stay without an answer, in milliseconds; `Infinity`: for as long as
 * they take.
 */
export const answerWithin = new AsyncLocalStorage<number>();

const GOODBYE_MS = 2_000;

/**
 * pg's client, which gives a connection up that swallows what is sent: a firewall or a machine that is gone sends nothing
 * back, and TCP goes on trying for a quarter of an hour. pg's own `query_timeout` leaves the connection in use, with the
 * answer still to come; here the connection is closed, so that the statement fails as on any lost connection.
 * @param usualMs where `answerWithin` says nothing
 */
export function watchedClient(usualMs: number): typeof pg.Client {
  return class WatchedClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      const ask = this.query as (...given: unknown[]) => unknown;
      const watched = (...given: unknown[]): unknown => {
        const answer = ask.apply(this, given);
        const ms = answerWithin.getStore() ?? usualMs;
        if (answer instanceof Promise && Number.isFinite(ms)) this.#cutUnlessDone(answer, ms);
        return answer;
      };
      this.query = watched as typeof this.query;
      const end = this.end as (...given: unknown[]) => unknown;
      const parting = (...given: unknown[]): unknown => {
        // A goodbye that is swallowed must not keep a lease's holder or a stop waiting.
        const timer = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MS).unref();
        this.once('end', () => clearTimeout(timer));
        return end.apply(this, given);
      };
      this.end = parting as typeof this.end;
    }

    #cutUnlessDone(answer: Promise<unknown>, ms: number): void {
      const timer = setTimeout(() => this.connection.stream.destroy(new NoAnswer()), ms);
      const done = () => clearTimeout(timer);
      answer.then(done, done);
    }
  };
}

/** Reads as a lost connection does; see `connectionLost`. */
class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('PostgreSQL gave no answer in time');
  }
}
