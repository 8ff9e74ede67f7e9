import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { WireEntry } from '../../src/sandbox/person.ts';

const folder = process.env.WIRE_LOG_DIR;

/**
 * Notes a request that a bot under test sent out: with WIRE_LOG_DIR, as a line of JSON in that folder, in a file of
 * this process. Hand it to the stand-ins as their `record`; not to those that a test calls by itself.
 */
export function wireLog({ to, method, path: where, body, status }: WireEntry): void {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const line = JSON.stringify({ to, method, path: where, body, status });
  appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${line}\n`);
}
