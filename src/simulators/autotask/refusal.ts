/** An answer other than 200. Most of the vendor's are 500 with sentences, also where the caller is to blame. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly string[];
  /** Seconds, for the header Retry-After. */
  retryAfter?: number | undefined;

  constructor(status: number, ...errors: readonly string[]) {
    super(errors.join(' '));
    this.status = status;
    this.errors = errors;
  }
}
