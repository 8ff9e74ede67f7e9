import { type CommunitySettings, usualSettings } from '../../src/core/community.ts';
import { UserError } from '../../src/core/errors.ts';
import { type Notice, sessionReminders, waitingKinds } from '../../src/core/notices.ts';
import type { Actor, Person } from '../../src/core/people.ts';
import type { RequestStore } from '../../src/core/ports.ts';
import { usualPreferences } from '../../src/core/preferences.ts';
import type { ReminderId } from '../../src/core/reminders.ts';
import type { Change, Request } from '../../src/core/request.ts';
import { endOf, type Session } from '../../src/core/session.ts';
import type { Context } from '../../src/core/use-case.ts';
import { sweeps } from '../../src/core/use-cases/sweep.ts';
import { cardFor, isWorded } from '../../src/messages/index.ts';
import type { Cast, Stage } from '../support/histories.ts';
import { line, reminderLine } from '../support/ledger.ts';
import { memoryAvailability, memoryCommunity, memoryProfile, memorySpace } from './memory-store.ts';
import { acting, ada, grace, linus, now as noon, onlyGoogle, tim } from './samples.ts';

const [eve, carol] = [
  { ...ada, id: 'eeeeeeee-0000-4000-8000-000000000005', name: 'Eve' },
  { ...ada, id: 'ffffffff-0000-4000-8000-000000000006', name: 'Carol' },
];
const people = [ada, tim, grace, linus, eve, carol];

interface Row extends Notice {
  state: 'PENDING' | 'WITHDRAWN' | 'DONE';
}

/**
 * A whole programme in memory: what the store and the courier promise the core, as simply as it can be said, so that
 * thousands of histories can be played. `test/worker/histories.test.ts` plays the same on the real ones.
 */
export function memoryWorld(): Stage {
  let now = noon;
  let settings: CommunitySettings = usualSettings;
  const chosen = new Map<string, ReminderId[] | null>();
  const requests = new Map<string, Request>();
  const sessions = new Map<string, { session: Session; mentor: Person | null }>();
  const outbox = new Map<string, Row>();
  /** Holds until somebody prefers something else. */
  let asRead = new Map<Request, Request>();
  let ids = 0;

  const cast: Cast = {
    students: [acting(ada, false), acting(tim, false)],
    mentors: [acting(grace, true), acting(linus, true), acting(eve as Person, true)],
    coordinator: { ...acting(carol as Person, false), isCoordinator: true },
  };

  const personOf = (id: string): Person => {
    const found = people.find((one) => one.id === id);
    if (!found) throw new Error(`Nobody is ${id}.`);
    return { ...found, reminders: chosen.get(id) ?? null };
  };
  const fresh = (person: Person) => personOf(person.id);

  /** As it is read: with what people prefer by now, and without a session that was called off. */
  function read(request: Request): Request {
    const known = asRead.get(request);
    if (known) return known;
    const made: Request = {
      ...request,
      settings,
      student: fresh(request.student),
      mentor: request.mentor && fresh(request.mentor),
      offer: request.offer && { ...request.offer, to: fresh(request.offer.to) },
      session: request.session?.status === 'CANCELLED' ? null : request.session,
    };
    asRead.set(request, made);
    return made;
  }

  const withdraw = (which: (row: Row) => boolean): Row[] => {
    const found = [...outbox.values()].filter((row) => row.state === 'PENDING' && which(row));
    for (const row of found) row.state = 'WITHDRAWN';
    return found;
  };

  const tell = (notices: readonly Notice[]): void => {
    for (const notice of notices) {
      const before = outbox.get(notice.key);
      if (before && before.mode === 'once' && before.state !== 'WITHDRAWN') continue;
      outbox.set(notice.key, { ...notice, state: 'PENDING' });
    }
  };

  function refuseTaken({ id, session, student, mentor }: Request): void {
    if (session?.status !== 'SCHEDULED') return;
    for (const { id: other, session: planned, ...of } of requests.values()) {
      if (other === id || planned?.status !== 'SCHEDULED') continue;
      const both = [of.student.id, of.mentor?.id];
      const meets = both.includes(student.id) || both.includes(mentor?.id);
      if (meets && session.startsAt < endOf(planned) && planned.startsAt < endOf(session)) {
        throw new UserError('time_taken', { startsAt: session.startsAt, requestId: id });
      }
    }
  }

  function commit(before: Request | null, change: Change): Request {
    const { request, notices } = change;
    refuseTaken(request);
    requests.set(request.id, request);
    if (request.session)
      sessions.set(request.session.id, { session: request.session, mentor: request.mentor });
    const [session, gave] = [before?.session, before?.mentor];
    if (change.withdraw) withdraw(({ sessionId }) => sessionId === change.withdraw);
    if (session && gave && gave.id !== request.mentor?.id && session.id === request.session?.id) {
      withdraw(({ sessionId, recipient }) => sessionId === session.id && isFor(recipient, gave.id));
    }
    if (request.status !== before?.status || notices.some(({ kind }) => waitingKinds.includes(kind))) {
      withdraw(({ requestId, kind }) => requestId === request.id && waitingKinds.includes(kind));
    }
    tell(notices);
    return request;
  }

  const requestOf = (id: string): Request => {
    const request = requests.get(id);
    if (!request) throw new UserError('request_not_found', {});
    return read(request);
  };

  const changeRequest: RequestStore['changeRequest'] = async (id, decide) => {
    const before = requestOf(id);
    const change = decide(before);
    return change ? commit(before, change) : before;
  };

  const store: RequestStore = {
    createRequest: async (decided) => commit(null, decided),
    changeRequest,
    getRequest: async (id) => requestOf(id),
    listRequests: async ({ page }) => ({ items: [], page, pages: 1, total: 0 }),
    tagsInUse: async () => [],
    claimWaits: async () => [],
  };

  function bookings(of: string | undefined, beside: string) {
    return [...requests.values()].flatMap(({ id, session, student, mentor }) =>
      id !== beside && session?.status === 'SCHEDULED' && [student.id, mentor?.id].includes(of)
        ? [session]
        : [],
    );
  }

  function choose(memberId: string, wanted: ReminderId[] | null): void {
    chosen.set(memberId, wanted);
    asRead = new Map();
    const upcoming = [...requests.values()]
      .map(read)
      .filter(({ session }) => session?.status === 'SCHEDULED')
      .filter(({ student, mentor }) => [student.id, mentor?.id].includes(memberId));
    for (const request of upcoming) {
      const planned = withdraw(
        ({ kind, recipient, requestId }) =>
          kind === 'session_reminder' && requestId === request.id && isFor(recipient, memberId),
      );
      const waiting = planned.filter(({ dueAt }) => dueAt <= now).map(({ key }) => key);
      tell(sessionReminders(request, now, waiting).filter(({ recipient }) => isFor(recipient, memberId)));
    }
  }

  const everybody = {
    store,
    ...memoryCommunity(),
    community: {
      changeSettings: async (decide: (before: CommunitySettings) => CommunitySettings) => {
        settings = decide(settings);
        asRead = new Map();
        return settings;
      },
    },
    coordination: {
      ...memoryCommunity().coordination,
      mentor: async (memberId: string) => personOf(memberId),
      changeRequest,
    },
    availability: {
      ...memoryAvailability(),
      bookingsBeside: async ({ id, student, mentor }: Request) => ({
        mentor: bookings(mentor?.id, id),
        student: bookings(student.id, id),
      }),
    },
    people: {
      mentors: async () => cast.mentors.map(({ memberId }) => ({ person: personOf(memberId), topics: [] })),
    },
    space: memorySpace(),
    home: { show: async () => {} },
    clock: { now: () => now },
    zoneFromPlatform: false,
    links: null,
    linkMaker: 'google-meet',
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put' as const,
  };

  const as = (actor: Actor): Context => ({
    ...everybody,
    actor,
    settings,
    newId: `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    profile: {
      ...memoryProfile(),
      changePreferences: async (decide) => {
        const before = chosen.get(actor.memberId) ?? null;
        const after = decide({ ...usualPreferences, reminders: before });
        if (after.reminders?.join() !== before?.join()) choose(actor.memberId, after.reminders);
        return after;
      },
    },
  });

  function deliver(row: Row): string[] {
    row.state = 'DONE';
    const about = sessions.get(row.sessionId ?? '');
    const request = { ...requestOf(row.requestId), ...(about && { session: about.session }) };
    if (about?.mentor) request.mentor = fresh(about.mentor);
    if (!isWorded(row) || row.recipient.to !== 'member' || !cardFor(row, request, now)) return [];
    const { memberId } = row.recipient;
    switch (row.kind) {
      case 'session_reminder':
        return [reminderLine(memberId, row.detail.reminder ?? '', request.session?.startsAt ?? now)];
      case 'session_moved':
      case 'request_claimed':
      case 'request_expired':
        return [line(row.kind, memberId)];
      default:
        return [];
    }
  }

  return {
    cast,
    as,
    now: () => now,
    moveTo: (at) => {
      now = at;
    },
    requests: async () => [...requests.values()].map(read),
    chosen: (memberId) => chosen.get(memberId) ?? null,
    usual: () => settings.reminders,
    nextDelivery: async () => {
      const pending = [...outbox.values()].filter(({ state }) => state === 'PENDING');
      return pending.length > 0 ? new Date(Math.min(...pending.map(({ dueAt }) => dueAt.getTime()))) : null;
    },
    tick: async () => {
      for (const { change } of sweeps) {
        for (const id of requests.keys()) await changeRequest(id, (request) => change(request, now));
      }
      return [...outbox.values()]
        .filter(({ state, dueAt }) => state === 'PENDING' && dueAt <= now)
        .flatMap(deliver);
    },
  };
}

const isFor = (recipient: Notice['recipient'], memberId: string): boolean =>
  recipient.to === 'member' && recipient.memberId === memberId;
