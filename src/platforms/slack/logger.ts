import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.ts';

/**
 * Bolt's and its clients' log as ours. Their debug lines hold tokens and what people wrote, so these are never kept.
 */
export function boltLogger(log: Log): Logger {
  const said = (message: unknown[]) =>
    message.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => {},
    info: (...message) => log.debug({ by: 'bolt' }, said(message)),
    warn: (...message) => log.warn({ by: 'bolt' }, said(message)),
    error: (...message) => log.warn({ by: 'bolt' }, said(message)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}
