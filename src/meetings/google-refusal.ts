/**
 * What Google's client library throws, read by its shape: it ships several copies of its error class.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export interface Refusal {
  /** HTTP status; undefined when no answer came. */
  status: number | undefined;
  /** Machine-readable reason, such as "rateLimitExceeded" (Calendar) or "invalid_grant" (token endpoint). */
  reason: string;
  message: string;
  fromTokenEndpoint: boolean;
  retryAfterMs: number | undefined;
  /** Why no answer came: the system's code, such as "ECONNREFUSED", or the name of the abort at the timeout. */
  code: string | undefined;
}

/** HTTP status of the answer that made Google's client throw `error`, if there was one. */
export const statusOf = (error: unknown): number | undefined => readRefusal(error)?.status;

/** Whether Google no longer takes the access token, so that a fresh one may help. */
export function isStaleToken(error: unknown): boolean {
  const refusal = readRefusal(error);
  return refusal?.status === 401 && !refusal.fromTokenEndpoint;
}

/** What the two fetches (Node's, node-fetch) call a request that ran into its timeout. Nothing else aborts one. */
export const ABORTED = new Set(['TimeoutError', 'AbortError', 'ABORT_ERR']);

/** @returns undefined for what is not Google's */
export function readRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('config' in error)) return undefined;
  const { response } = error as Error & { response?: AnsweredBy };
  const body = response?.data;
  const said = typeof body === 'object' ? body?.error : undefined;
  return {
    status: response?.status,
    reason: typeof said === 'string' ? said : reasonOf(said),
    message: (typeof said === 'string' ? body?.error_description : said?.message) ?? error.message,
    fromTokenEndpoint: typeof said === 'string',
    retryAfterMs: readRetryAfter(response?.headers?.get('retry-after')),
    code: codeOf(error),
  };
}

/** Calendar names its reasons in `errors`, the newer APIs theirs in `details`. https://google.aip.dev/193 */
const reasonOf = (said: Said | undefined): string =>
  said?.errors?.[0]?.reason ?? said?.details?.find(({ reason }) => reason)?.reason ?? said?.status ?? '';

interface Said {
  message?: string;
  status?: string;
  errors?: { reason?: string }[];
  details?: { reason?: string }[];
}

interface AnsweredBy {
  status: number;
  headers?: Headers;
  data?: {
    error?: string | Said;
    error_description?: string;
  };
}

/** A failed connection hides its reason (ECONNREFUSED …) a few causes down. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return ABORTED.has(error.name) ? error.name : codeOf(error.cause);
}

/** Milliseconds that a Retry-After header (seconds, or a date) asks to wait. */
function readRetryAfter(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
