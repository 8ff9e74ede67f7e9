import type { SlackFaults } from './types.ts';
import type { Workspace } from './workspace.ts';

export type Fault =
  | { kind: 'rate'; method: string; times: number; retryAfter: number }
  | { kind: 'error'; method: string; times: number; error: string }
  | { kind: 'http'; method: string; times: number; http: number }
  | { kind: 'lose'; method: string; times: number };

export interface FaultBook extends SlackFaults {
  /** The fault that strikes this call, counted down; undefined when none does. */
  strike(method: string): Fault | undefined;
  /** Whether this acknowledgement gets lost. */
  losesAck(): boolean;
}

/** Keeps what shall go wrong. `dropConnection` is given by the Socket Mode side. */
export function faultBook(ws: Workspace, dropConnection: () => void): FaultBook {
  const faults: Fault[] = [];
  let lostAcks = 0;
  let down = false;
  const user = (userId: string) => {
    const found = ws.users.get(userId);
    if (!found) throw new Error(`nobody here has the id ${userId}`);
    return found;
  };
  return {
    closeDms(userId, error = 'cannot_dm_bot') {
      user(userId).dmsClosed = error;
    },
    openDms(userId) {
      delete user(userId).dmsClosed;
    },
    rateLimit({ method, times = 1, retryAfter = 1 }) {
      faults.push({ kind: 'rate', method, times, retryAfter });
    },
    fail({ method, times = 1, error, http = 500 }) {
      faults.push(error ? { kind: 'error', method, times, error } : { kind: 'http', method, times, http });
    },
    loseAnswer({ method, times = 1 }) {
      faults.push({ kind: 'lose', method, times });
    },
    loseAck(times = 1) {
      lostAcks += times;
    },
    dropConnection,
    outage(lasts) {
      down = lasts;
      if (lasts) dropConnection();
    },
    clear() {
      faults.length = 0;
      lostAcks = 0;
      down = false;
    },
    strike(method) {
      if (down) return { kind: 'http', method, times: 1, http: 503 };
      const fault = faults.find((f) => f.times > 0 && (f.method === '*' || f.method === method));
      if (fault) fault.times -= 1;
      return fault;
    },
    losesAck() {
      if (lostAcks <= 0) return false;
      lostAcks -= 1;
      return true;
    },
  };
}
