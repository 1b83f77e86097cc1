/** Every way icb says no on purpose. The edge shows the sentence; anything else hides behind a reference id. */
export const ERROR_CODES = [
  'bad-input',
  'unauthorized',
  'forbidden',
  'not-found',
  'unknown-module',
  'unknown-organization',
  'unknown-contract',
  'not-connected',
  'not-enabled',
  'not-mappable',
  'contract-not-billable',
  'double-mapping',
  'share-mismatch',
  'second-person',
  'already-posted',
  'not-postable',
  'link-expired',
  'rate-limited',
  'psa-unavailable',
  'psa-refused',
  'psa-sandbox',
  'source-unavailable',
  'source-refused',
  'source-malformed',
  'store-locked',
  'store-damaged',
  'store-unavailable',
  'taken-over',
  'conflict',
  'config',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A known error: `message` is one sentence for people that says what is wrong and what to do. Never holds a secret. */
export class IcbError extends Error {
  override readonly name = 'IcbError';
  readonly code: ErrorCode;
  /** One entry per bad row or field, for edges that list them. */
  readonly details: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? [];
  }
}

export const isIcbError = (error: unknown): error is IcbError => error instanceof IcbError;
