import { type ReminderId, reminders } from '../../src/core/reminders.ts';
import type { Request } from '../../src/core/request.ts';
import { after, type Instant, MINUTE } from '../../src/core/time.ts';

/** What was told to whom, in a line that can be compared. */
export const line = (kind: string, memberId: string, about = ''): string =>
  `${memberId} ${kind} ${about}`.trim();
export const reminderLine = (memberId: string, reminder: string, startsAt: Instant): string =>
  line('session_reminder', memberId, `${reminder} of ${startsAt.toISOString()}`);

interface Plan {
  session: string;
  startsAt: Instant;
  endsAt: Instant;
  people: string[];
}

const planOf = ({ status, session, student, mentor }: Request): Plan | null =>
  status === 'SCHEDULED' && session?.status === 'SCHEDULED'
    ? {
        session: session.id,
        startsAt: session.startsAt,
        endsAt: after(session.startsAt, session.durationMinutes * MINUTE),
        people: [student.id, mentor?.id ?? ''],
      }
    : null;

/**
 * Keeps count of what people are owed, in words that know nothing of notices, keys or the outbox: whoever has a session
 * ahead is owed the reminders that they wanted when it got its time, or that they chose since; who hears of several at
 * once hears the last. When it moves both hear of it; a student hears that somebody claimed, or that nobody did.
 */
export class Ledger {
  readonly #plans = new Map<string, Plan | null>();
  readonly #statuses = new Map<string, Request['status']>();
  /** By request and member. */
  readonly #reminders = new Map<string, Map<ReminderId, Instant>>();
  readonly #moves = new Map<string, { requestId: string; memberId: string }>();
  readonly #claims: string[] = [];
  readonly #expiries = new Map<string, string>();
  readonly #wanted: (memberId: string) => readonly ReminderId[];

  constructor(wanted: (memberId: string) => readonly ReminderId[]) {
    this.#wanted = wanted;
  }

  /** A request as it is now, after whatever happened to it. */
  sees(request: Request, now: Instant): void {
    const [before, plan] = [this.#plans.get(request.id) ?? null, planOf(request)];
    this.#plans.set(request.id, plan);
    const sameSession = plan !== null && before?.session === plan.session;
    const sameTime = sameSession && before?.startsAt.getTime() === plan.startsAt.getTime();
    for (const memberId of new Set([...(before?.people ?? []), ...(plan?.people ?? [])])) {
      const key = `${request.id} ${memberId}`;
      const stays = sameSession && before?.people.includes(memberId) && plan.people.includes(memberId);
      if (!stays) this.#moves.delete(key);
      if (!plan?.people.includes(memberId)) this.#reminders.delete(key);
      else if (!(stays && sameTime)) this.#reminders.set(key, this.#ahead(memberId, plan, now));
      if (stays && !sameTime) this.#moves.set(key, { requestId: request.id, memberId });
    }
    this.#seesStatus(request);
  }

  #seesStatus({ id, status, student }: Request): void {
    const before = this.#statuses.get(id);
    this.#statuses.set(id, status);
    if (before === 'OPEN' && status === 'CLAIMED') this.#claims.push(line('request_claimed', student.id));
    if (before === 'OPEN' && status === 'EXPIRED')
      this.#expiries.set(id, line('request_expired', student.id));
    if (status !== 'EXPIRED') this.#expiries.delete(id);
  }

  /** Somebody wants other reminders from now on. */
  chose(memberId: string, now: Instant): void {
    const wanted = this.#wanted(memberId);
    for (const [requestId, plan] of this.#plans) {
      if (!plan?.people.includes(memberId)) continue;
      const key = `${requestId} ${memberId}`;
      const kept = [...(this.#reminders.get(key) ?? [])].filter(([id]) => wanted.includes(id));
      this.#reminders.set(key, new Map([...kept, ...this.#ahead(memberId, plan, now)]));
    }
  }

  #ahead(memberId: string, plan: Plan, now: Instant): Map<ReminderId, Instant> {
    const times = reminders.map(({ id, before }) => [id, after(plan.startsAt, -before)] as const);
    return new Map(times.filter(([id, due]) => this.#wanted(memberId).includes(id) && due > now));
  }

  /** What people must be told by now, and are owed no longer. */
  due(now: Instant): string[] {
    const told = [...this.#claims.splice(0), ...this.#expiries.values()];
    this.#expiries.clear();
    for (const { requestId, memberId } of this.#moves.values()) {
      if ((this.#plans.get(requestId)?.startsAt ?? now) > now) told.push(line('session_moved', memberId));
    }
    this.#moves.clear();
    for (const [key, owed] of this.#reminders) {
      const [requestId = '', memberId = ''] = key.split(' ');
      const plan = this.#plans.get(requestId);
      const due = [...owed].filter(([, at]) => at <= now);
      for (const [id] of due) owed.delete(id);
      const last = due.sort(([, a], [, b]) => a.getTime() - b.getTime()).at(-1);
      if (plan && last && now < plan.endsAt) told.push(reminderLine(memberId, last[0], plan.startsAt));
    }
    return told.sort();
  }
}
