import { type Logger, pino } from 'pino';

/** Structured log: `log.warn({ requestId }, 'what happened')`. Never put what people wrote, or secrets, into it. */
export type Log = Logger;

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** A log of JSON lines on standard error, so that standard output stays what a command was asked to print. */
export const createLog = (level: (typeof logLevels)[number]): Log =>
  pino({ level, base: null }, pino.destination(2));
