import type { Actor, Person } from './people.ts';
import { reminders } from './reminders.ts';
import type { Request } from './request.ts';
import { mayHaveMeeting, type Session } from './session.ts';
import { after, type Instant } from './time.ts';

/** Everything the bot may tell somebody. `messages/index.ts` words each kind, and the compiler asks for it. */
export const noticeKinds = [
  'request_card',
  'mentors_sought',
  'topic_match',
  'question_asked',
  'question_answered',
  'take_over_asked',
  'take_over_declined',
  'mentor_changed',
  'taken_over',
  'request_claimed',
  'request_released',
  'request_cancelled',
  'request_expired',
  'still_waiting',
  'still_wanted',
  'needs_coordinator',
  'claim_nudge',
  'claim_waits',
  'claim_returned',
  'claim_assigned',
  'somebody_missing',
  'session_card',
  'session_moved',
  'session_reminder',
  'time_proposed',
  'proposal_declined',
  'did_it_happen',
  'how_did_it_go',
  'next_step',
  'link_missing',
  'link_changed',
  'cannot_reach',
  'room',
  'channel_missing',
  'meeting_wanted',
  'meeting_moved',
  'meeting_unwanted',
  'meeting_check',
  'meeting_trouble',
  'home',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * What is said when a request has waited for long. It holds while the request stays as it is: once that changes, or
 * the waiting begins anew, what is undelivered of it is withdrawn.
 */
export const waitingKinds: readonly NoticeKind[] = [
  'still_waiting',
  'needs_coordinator',
  'still_wanted',
  'claim_nudge',
  'claim_waits',
];

/**
 * Who is told: every mentors or coordinators channel of the community, one member, the mentors whose topics match
 * (the worker finds out who they are), student and mentor in a room of their own, the meeting provider, or whoever
 * looks at their Home.
 */
export type Recipient =
  | { to: 'mentors' }
  | { to: 'coordinators' }
  | { to: 'member'; memberId: string }
  | { to: 'matching' }
  | { to: 'room' }
  | { to: 'meetings' }
  | { to: 'home' };

/**
 * One thing somebody must be told. It is worded when it is delivered, from the state at that time, so it is
 * never stale.
 */
export interface Notice {
  kind: NoticeKind;
  recipient: Recipient;
  /** Unique: telling it again under the same key tells it once. */
  key: string;
  /**
   * `once`: delivered once. `latest`: a card that stays where it was put; the same key again means that it
   * changed and is brought up to date in place.
   */
  mode: 'once' | 'latest';
  /** Empty for a Home, which is about no single request. */
  requestId: string;
  /** Set when it is about the session; such notices are withdrawn when the session is called off. */
  sessionId: string | null;
  dueAt: Instant;
  /** What the words need beside the request: the reminder's id, who released it. */
  detail: Record<string, string>;
}

/** Tells one member once; what is only of one topic is made with it in a file of its own. */
export const toMember = (
  kind: NoticeKind,
  who: Person,
  request: Request,
  now: Instant,
  key: string,
): Notice => ({
  kind,
  recipient: { to: 'member', memberId: who.id },
  key: `${kind}:${key}:${who.id}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: {},
});

/** The card in every mentors channel, posted at first and brought up to date from then on. */
export const requestCard = (request: Request, now: Instant): Notice => ({
  kind: 'request_card',
  recipient: { to: 'mentors' },
  key: `request_card:${request.id}`,
  mode: 'latest',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: {},
});

export const requestClaimed = (request: Request, now: Instant): Notice => ({
  ...toMember('request_claimed', request.student, request, now, `${request.id}:${now.getTime()}`),
  detail: { mentor: request.mentor?.name ?? '' },
});

export const requestReleased = (request: Request, by: Actor, reason: string, now: Instant): Notice => ({
  ...toMember('request_released', request.student, request, now, `${request.id}:${now.getTime()}`),
  detail: { mentor: by.name, ...(reason && { reason }) },
});

/** The mentor who holds a request, or asks about it, hears that the student took it back; else nobody does. */
export function requestCancelled(request: Request, reason: string, now: Instant): Notice[] {
  const who = request.mentor ?? request.hold?.by;
  if (!who) return [];
  return [
    { ...toMember('request_cancelled', who, request, now, request.id), detail: reason ? { reason } : {} },
  ];
}

export const requestExpired = (request: Request, now: Instant): Notice =>
  toMember('request_expired', request.student, request, now, `${request.id}:${request.expiresAt.getTime()}`);

const toChannel = (
  kind: NoticeKind,
  to: 'mentors' | 'coordinators',
  request: Request,
  now: Instant,
  dueAt: Instant,
): Notice => ({
  kind,
  recipient: { to },
  key: `${kind}:${request.id}:${now.getTime()}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt,
  detail: {},
});

/** The worker asks the mentors who know the topic. @param gaveBack who held it until now, and is not asked */
export const mentorsSought = (request: Request, gaveBack: Person | null, now: Instant): Notice => ({
  kind: 'mentors_sought',
  recipient: { to: 'matching' },
  key: `mentors_sought:${request.id}:${now.getTime()}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: gaveBack ? { gaveBack: gaveBack.id } : {},
});

/** A mentor hears of a request about their topics, once a request. */
export const topicMatch = (request: Request, memberId: string, now: Instant): Notice => ({
  kind: 'topic_match',
  recipient: { to: 'member', memberId },
  key: `topic_match:${request.id}:${memberId}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: {},
});

/** The mentors hear once more of a request that nobody claimed. */
export const stillWaiting = (request: Request, now: Instant, dueAt: Instant): Notice =>
  toChannel('still_waiting', 'mentors', request, now, dueAt);

/** The coordinators hear that a request finds no mentor. */
export const needsCoordinator = (request: Request, now: Instant, dueAt: Instant): Notice =>
  toChannel('needs_coordinator', 'coordinators', request, now, dueAt);

/** Half-way to the expiry the student is asked whether it still matters. */
export const stillWanted = (request: Request, now: Instant, dueAt: Instant): Notice => ({
  ...toMember('still_wanted', request.student, request, now, `${request.id}:${now.getTime()}`),
  dueAt,
});

/** The mentor is reminded of a claim without a time. */
export const claimNudge = (request: Request, now: Instant, dueAt: Instant): Notice[] =>
  request.mentor
    ? [{ ...toMember('claim_nudge', request.mentor, request, now, `${request.id}:${now.getTime()}`), dueAt }]
    : [];

/** The student hears that the mentor has not set a time yet, and what happens next. */
export const claimWaits = (request: Request, now: Instant, dueAt: Instant): Notice => ({
  ...toMember('claim_waits', request.student, request, now, `${request.id}:${now.getTime()}`),
  dueAt,
});

/** Both hear that a claim without a time went back to the queue. @param request as it was while claimed */
export const claimReturned = (request: Request, now: Instant): Notice[] =>
  both(request).map((who) => ({
    ...toMember('claim_returned', who, request, now, `${request.id}:${now.getTime()}`),
    detail: { mentor: request.mentor?.name ?? 'The mentor' },
  }));

/** Somebody did not come: both hear it kindly, each with the next step. @param by who says so */
export const somebodyMissing = (request: Request, by: Actor, now: Instant): Notice[] =>
  aboutSession(request, (who, session) => ({
    ...toMember('somebody_missing', who, request, now, session.id),
    detail: { by: by.memberId },
  }));

const others = (request: Request, memberId: string): Person[] =>
  both(request).filter((who) => who.id !== memberId);

const both = (request: Request): Person[] =>
  request.mentor ? [request.student, request.mentor] : [request.student];

/** The session's card in the direct messages of both, or only of those for whom it `changed`. */
export const sessionCards = (request: Request, now: Instant, changed?: string[]): Notice[] =>
  aboutSession(request, (who, session) => ({
    ...toMember('session_card', who, request, now, session.id),
    mode: 'latest' as const,
    sessionId: session.id,
  })).filter(
    ({ recipient }) => !changed || (recipient.to === 'member' && changed.includes(recipient.memberId)),
  );

/**
 * One reminder for each of the two and each time at which they want one, when it is still ahead. It knows which are
 * planned beside it: of several that come due at once the last says it all.
 * @param waiting keys of those that came due and could not be delivered yet: they are owed still
 */
export const sessionReminders = (
  request: Request,
  now: Instant,
  waiting: readonly string[] = [],
): Notice[] => {
  const planned = reminders.flatMap(({ id, before }) =>
    aboutSession(request, (who, session) =>
      (who.reminders ?? request.settings.reminders).includes(id)
        ? {
            ...toMember('session_reminder', who, request, now, `${session.id}:${session.moves}:${id}`),
            sessionId: session.id,
            dueAt: after(session.startsAt, -before),
            detail: { reminder: id },
          }
        : null,
    ).filter(({ dueAt, key }) => dueAt > now || waiting.includes(key)),
  );
  const isFor = ({ recipient }: Notice) => (recipient.to === 'member' ? recipient.memberId : '');
  return planned.map((notice) => {
    const beside = planned.filter((other) => isFor(other) === isFor(notice));
    return {
      ...notice,
      detail: { ...notice.detail, beside: beside.map(({ detail }) => detail.reminder).join(' ') },
    };
  });
};

/** One of the two proposes a time: the other is asked. */
export const timeProposed = (request: Request, now: Instant): Notice[] =>
  request.proposal
    ? others(request, request.proposal.byId).map((who) =>
        toMember('time_proposed', who, request, now, `${request.id}:${now.getTime()}`),
      )
    : [];

/** Whoever proposed a time hears that it does not suit. */
export const proposalDeclined = (request: Request, by: Actor, now: Instant): Notice[] =>
  others(request, by.memberId).map((who) => ({
    ...toMember('proposal_declined', who, request, now, `${request.id}:${now.getTime()}`),
    detail: { by: by.name },
  }));

/** Both hear of the new time; the card alone would change without a sound. @param from the time it was planned for */
export const sessionMoved = (request: Request, from: Instant, now: Instant): Notice[] =>
  aboutSession(request, (who, session) => ({
    ...toMember('session_moved', who, request, now, `${session.id}:${session.moves}`),
    sessionId: session.id,
    detail: { from: from.toISOString() },
  }));

/** The time is over, and nobody said whether the two met. */
export const didItHappen = (request: Request, now: Instant): Notice[] => asked('did_it_happen', request, now);

/** It was held. @param said members who have told how it was already */
export const howDidItGo = (request: Request, now: Instant, said: readonly string[]): Notice[] =>
  asked('how_did_it_go', request, now).filter(
    ({ recipient }) => recipient.to !== 'member' || !said.includes(recipient.memberId),
  );

const asked = (kind: NoticeKind, request: Request, now: Instant): Notice[] =>
  aboutSession(request, (who, session) => ({
    ...toMember(kind, who, request, now, session.id),
    sessionId: session.id,
  }));

/** The student hears what the mentor suggests. */
export const nextStep = (request: Request, now: Instant): Notice =>
  toMember('next_step', request.student, request, now, `${request.id}:${request.session?.id}`);

/** The mentor is asked for a link, because no provider makes one: each time anew when it was tried again. */
export const linkMissing = (request: Request, now: Instant): Notice[] =>
  aboutSession(request, (who, session) => ({
    ...toMember('link_missing', who, request, now, `${session.id}:${now.getTime()}`),
    sessionId: session.id,
  })).filter(
    (notice) => notice.recipient.to === 'member' && notice.recipient.memberId === request.mentor?.id,
  );

/** The other of the two hears, once of each, that direct messages do not arrive. @param unreached who they are */
export const cannotReach = (request: Request, unreached: string, now: Instant): Notice[] =>
  (request.mentor && both(request).some(({ id }) => id === unreached) ? others(request, unreached) : []).map(
    (who) => toMember('cannot_reach', who, request, now, `${request.id}:${unreached}`),
  );

/** The meeting provider is asked for a link. */
export const meetingWanted = (request: Request, session: Session, now: Instant): Notice => ({
  ...toMeetings('meeting_wanted', request, session, now),
  key: `meeting_wanted:${session.id}:${now.getTime()}`,
  sessionId: session.id,
});

/** The meeting provider is told of the new time; the link stays. */
export const meetingMoved = (request: Request, session: Session, now: Instant): Notice => ({
  ...toMeetings('meeting_moved', request, session, now),
  key: `meeting_moved:${session.id}:${session.moves}`,
  sessionId: session.id,
});

/** The meeting provider is told that it invites others now, when it has or makes a meeting; otherwise all stays. */
export const meetingGuestsChanged = (request: Request, now: Instant): Notice[] =>
  request.session && (request.session.meetingState === 'WANTED' || request.session.meetingEventId)
    ? [
        {
          ...meetingMoved(request, request.session, now),
          key: `meeting_guests:${request.session.id}:${now.getTime()}`,
        },
      ]
    : [];

/** The meeting provider is told to forget the meeting. Not withdrawn with the session: it is because of that. */
export const meetingUnwanted = (request: Request, session: Session, now: Instant): Notice =>
  toMeetings('meeting_unwanted', request, session, now);

/** What follows for the calendar and for both direct messages when a session is called off. */
export const calledOff = (request: Request, session: Session | null, now: Instant): Notice[] =>
  session
    ? [
        ...sessionCards({ ...request, session }, now),
        ...(mayHaveMeeting(session) ? [meetingUnwanted(request, session, now)] : []),
      ]
    : [];

const toMeetings = (kind: NoticeKind, request: Request, session: Session, now: Instant): Notice => ({
  kind,
  recipient: { to: 'meetings' },
  key: `${kind}:${session.id}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: { sessionId: session.id },
});

/** What is told to each of the two about their session; null where one is told nothing. */
export function aboutSession(
  request: Request,
  notice: (who: Person, session: Session) => Notice | null,
): Notice[] {
  const { session } = request;
  if (!session) return [];
  return both(request)
    .map((who) => notice(who, session))
    .filter((told) => told !== null);
}
