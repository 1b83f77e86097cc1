/**
 * No answer after every retry. Carries no request, header or cause: those hold tokens, and loggers print causes.
 */
export class HttpUnreachable extends Error {
  override readonly name = 'HttpUnreachable';
  readonly reason: 'timeout' | 'network';
  /** The system's word for it, such as ECONNREFUSED; empty when it gave none. */
  readonly code: string;

  constructor(reason: 'timeout' | 'network', code: string) {
    super(code === '' ? reason : `${reason} (${code})`);
    this.reason = reason;
    this.code = code;
  }
}

/** The first error code in a chain of causes: undici hides ECONNREFUSED two causes deep. */
export function systemErrorCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = 'code' in at ? at.code : undefined;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors.length > 0) return systemErrorCode(at.errors[0]);
  }
  return '';
}
