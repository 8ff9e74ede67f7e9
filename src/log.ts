import { type DestinationStream, type Logger, pino } from 'pino';

/** Structured log: `log.warn({ requestId }, 'what happened')`. Never put what people wrote, or secrets, into it. */
export type Log = Logger;

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * A log of JSON lines on standard error, so that standard output stays what a command was asked to print.
 * @param to where else it goes, for tests
 */
export const createLog = (
  level: (typeof logLevels)[number],
  to: DestinationStream = pino.destination(2),
): Log => pino({ level, base: null, serializers: { err: outline } }, to);

/**
 * What of an error is for the log. Errors of HTTP clients carry the request that failed, with its tokens and with
 * what people wrote, so nothing but these is kept.
 */
function outline(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, stack, code, ...(cause === undefined ? {} : { cause: outline(cause) }) };
}
