/**
 * The one exception of Aftercare: something that should not happen. Expected results
 * are outcome unions. It is mapped once for HTTP and once for jobs, and logged once.
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: string;
  /** Whether trying again later may help. */
  readonly retryable: boolean;
  /** Whether the message may be shown to a shopper or merchant. */
  readonly expose: boolean;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; expose?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.expose = options.expose ?? false;
  }
}

/** True for an AppError, also one from another copy of this module (server bundle, native module). */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}
