import { HTTPError } from 'discord.js';

/**
 * Whether a request failed on the way, so that nobody knows whether it took effect: 5xx, aborted by the time limit,
 * connections that fail, and a client without a token after a 401.
 */
export function isOfTheNetwork(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    error instanceof HTTPError ||
    error.name === 'AbortError' ||
    /^(E[A-Z]+|UND_ERR_.*)$/.test(code) ||
    /fetch failed|other side closed|Expected token/.test(error.message)
  );
}
