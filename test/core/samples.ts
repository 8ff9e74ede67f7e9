import type { Availability } from '../../src/core/availability.ts';
import { usualSettings } from '../../src/core/community.ts';
import type { Notice } from '../../src/core/notices.ts';
import type { Actor, Person } from '../../src/core/people.ts';
import type { Question } from '../../src/core/question.ts';
import type { Request } from '../../src/core/request.ts';
import type { MeetingState, Session } from '../../src/core/session.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';

/** When every sample is looked at. */
export const now: Instant = new Date('2026-12-01T12:00:00Z');

export const requestId = '11111111-2222-4333-8444-555555555555';
export const questionId = '77777777-8888-4999-8aaa-bbbbbbbbbbbb';
export const sessionId = '99999999-aaaa-4bbb-8ccc-dddddddddddd';
const communityId = '00000000-0000-4000-8000-000000000001';

/** The instant this many milliseconds after `now` (before it, when negative). */
export const nowPlus = (ms: number): Instant => new Date(now.getTime() + ms);

const person = (id: string, name: string): Person => ({ id, name, timeZone: 'Europe/Berlin', accounts: [] });

/** Who the samples are about: Ada asks, Grace holds the request, Linus is another mentor, Tim is neither. */
export const ada = person('aaaaaaaa-0000-4000-8000-000000000001', 'Ada');
export const grace = person('bbbbbbbb-0000-4000-8000-000000000002', 'Grace');
export const linus = person('cccccccc-0000-4000-8000-000000000003', 'Linus');
export const tim = person('dddddddd-0000-4000-8000-000000000004', 'Tim');

/** This person, about to do something. */
export const acting = ({ id, name, timeZone }: Person, isMentor: boolean): Actor => ({
  memberId: id,
  communityId,
  name,
  timeZone,
  isMentor,
  isCoordinator: false,
});

export const roles = {
  student: acting(ada, false),
  holder: acting(grace, true),
  'another mentor': acting(linus, true),
  'somebody else': acting(tim, false),
} as const;
export type Role = keyof typeof roles;

/** What this mentor asked before claiming. */
export const question = (by: Person, changes: Partial<Question> = {}): Question => ({
  id: questionId,
  by,
  words: 'Which version of Python do you use?',
  askedAt: nowPlus(-10 * MINUTE),
  answer: null,
  answeredAt: null,
  ...changes,
});

/** An open request about which this mentor asks something first. */
export const asking = (by: Person, changes: Partial<Question> = {}): Request =>
  open({ hold: { by, until: nowPlus(20 * MINUTE) }, questions: [question(by, changes)] });

/** Google Meet makes links, and nothing else is set up; it works. */
export const onlyGoogle = {
  preset: 'google-meet',
  names: ['google-meet'],
  tried: async (name: string) => ({ what: name, ok: true }),
};

/** A session as it is right after scheduling; a provider is making its link. */
export const session = (changes: Partial<Session> = {}): Session => ({
  id: sessionId,
  startsAt: nowPlus(2 * DAY),
  durationMinutes: 30,
  status: 'SCHEDULED',
  meetingState: 'WANTED',
  meetingProvider: null,
  meetingLink: null,
  meetingEventId: null,
  ownLink: false,
  linkGiven: false,
  studentJoinedAt: null,
  mentorJoinedAt: null,
  askedAt: null,
  outcome: null,
  followUp: null,
  moves: 0,
  calledOffById: null,
  calledOffReason: null,
  calledOffLate: false,
  feedback: [],
  ...changes,
});

/** A request that waits for a mentor since an hour. */
export const open = (changes: Partial<Request> = {}): Request => ({
  id: requestId,
  communityId,
  settings: usualSettings,
  student: ada,
  title: 'My loop never ends',
  sessionType: 'debugging',
  description: 'I tried to print the counter. It only ever says 1.',
  durationMinutes: 30,
  urgency: 'normal',
  preferredTimes: [
    { start: nowPlus(DAY), end: null },
    { start: nowPlus(2 * DAY), end: nowPlus(2 * DAY + 3 * HOUR) },
  ],
  tags: ['python', 'loops'],
  status: 'OPEN',
  mentor: null,
  claimedAt: null,
  createdAt: nowPlus(-HOUR),
  expiresAt: nowPlus(7 * DAY - HOUR),
  hold: null,
  questions: [],
  proposal: null,
  offer: null,
  session: null,
  ...changes,
});

export const claimed = (changes: Partial<Request> = {}): Request =>
  open({ status: 'CLAIMED', mentor: grace, claimedAt: nowPlus(-10 * MINUTE), ...changes });

/** A scheduled request whose session starts this long after now (before it, when negative). */
export const scheduled = (startsIn: number, changes: Partial<Session> = {}): Request =>
  claimed({ status: 'SCHEDULED', session: session({ startsAt: nowPlus(startsIn), ...changes }) });

/** The same, while a time that this person proposed waits for an answer. */
export const proposing = (who: Person, request: Request): Request => ({
  ...request,
  proposal: { startsAt: nowPlus(3 * DAY), byId: who.id, reason: 'I have an exam that day' },
});

/** The same, while Linus is asked to take it over. */
export const offered = (request: Request): Request => ({
  ...request,
  offer: { to: linus, word: 'You know loops much better' },
});

const completed = (changes: Partial<Session>): Request => ({
  ...scheduled(-2 * HOUR, {
    status: 'COMPLETED',
    meetingState: 'READY',
    askedAt: nowPlus(-HOUR),
    ...changes,
  }),
  status: 'COMPLETED',
});

/** Every situation a request can be in, as far as the rules tell them apart. */
export const situations: Record<string, Request> = {
  open: open(),
  'open, out of time': open({ expiresAt: nowPlus(-1) }),
  claimed: claimed(),
  'claimed 2 days ago': claimed({ claimedAt: nowPlus(-2 * DAY) }),
  'student proposes': proposing(ada, claimed()),
  'session in 2 days': scheduled(2 * DAY),
  'mentor proposes': proposing(grace, scheduled(2 * DAY)),
  'session in 10 min': scheduled(10 * MINUTE),
  'session goes on': scheduled(-5 * MINUTE),
  'session over': scheduled(-HOUR),
  'over for a day': scheduled(-25 * HOUR),
  'session missed': claimed({
    session: session({
      startsAt: nowPlus(-HOUR),
      status: 'NO_SHOW',
      outcome: 'MENTOR_ABSENT',
      askedAt: nowPlus(-MINUTE),
    }),
  }),
  completed: completed({ outcome: 'HELD' }),
  cancelled: open({ status: 'CANCELLED' }),
  'cancelled when claimed': claimed({ status: 'CANCELLED' }),
  expired: open({ status: 'EXPIRED', expiresAt: nowPlus(-HOUR) }),
};

const links: Record<MeetingState, Partial<Session>> = {
  NONE: {},
  WANTED: {},
  READY: { meetingProvider: 'google-meet', meetingLink: 'https://meet.google.com/abc-defg-hij' },
  FAILED: {},
};
const feedbackOf = (who: Person) => ({
  memberId: who.id,
  rating: 5,
  helped: 'yes' as const,
  comment: 'Great',
  givenAt: now,
});

/**
 * The situations, and beside them every state of the meeting link, every end of a session, and feedback: whatever
 * a card may have to tell of.
 */
export const everyState: Record<string, Request> = {
  ...situations,
  ...Object.fromEntries(
    Object.entries({ 'in 2 days': 2 * DAY, 'goes on': -5 * MINUTE, over: -HOUR }).flatMap(
      ([when, startsIn]) =>
        Object.entries(links).map(([state, link]) => [
          `session ${when}, link ${state}`,
          scheduled(startsIn, { meetingState: state as MeetingState, ...link }),
        ]),
    ),
  ),
  'session called off by the student': claimed({
    status: 'CANCELLED',
    session: session({ status: 'CANCELLED', meetingState: 'READY', ...links.READY }),
  }),
  'session called off by the mentor': open({ session: session({ status: 'CANCELLED' }) }),
  'session moved': scheduled(2 * DAY, { moves: 2, meetingState: 'READY', ...links.READY }),
  'session with a link, student proposes': proposing(
    ada,
    scheduled(2 * DAY, { meetingState: 'READY', ...links.READY }),
  ),
  'asked how it went': scheduled(-HOUR, { askedAt: nowPlus(-20 * MINUTE) }),
  'session missed, though both came': claimed({
    session: session({
      startsAt: nowPlus(-HOUR),
      status: 'NO_SHOW',
      outcome: 'UNCLEAR',
      mentorJoinedAt: now,
    }),
  }),
  'completed, nobody knows': completed({ outcome: 'UNCLEAR' }),
  'completed, with a next step': completed({ outcome: 'HELD', followUp: 'Read about <iterators>' }),
  'session moved without a word': claimed({
    session: session({ startsAt: nowPlus(-HOUR), status: 'NO_SHOW', outcome: 'MOVED', askedAt: now }),
  }),
  'completed, nobody came': completed({ status: 'NO_SHOW' }),
  'completed, both rated': completed({ outcome: 'HELD', feedback: [feedbackOf(ada), feedbackOf(grace)] }),
  'somebody asks first': asking(linus),
  'the holder-to-be asks first': asking(grace),
  'the question is answered': asking(grace, { answer: '3.14', answeredAt: nowPlus(-MINUTE) }),
  'asked in vain': open({ questions: [question(grace)] }),
  'answered before the claim': claimed({
    questions: [question(grace, { answer: 'W'.repeat(1_000), answeredAt: nowPlus(-HOUR) }), question(linus)],
  }),
  'offered to another mentor': offered(claimed()),
  'offered with its session': offered(scheduled(2 * DAY, { meetingState: 'READY', ...links.READY })),
  'taken over, not free then': claimed({ session: session({ status: 'CANCELLED' }) }),
  'open, urgent, any time, no tags': open({ urgency: 'high', preferredTimes: [], tags: [] }),
  'claimed, all times gone by': claimed({ preferredTimes: [{ start: nowPlus(-DAY), end: null }] }),
};

/** Weekday evenings in Berlin, away at Christmas, and some rules. */
export const availability = (changes: Partial<Availability> = {}): Availability => ({
  timeZone: 'Europe/Berlin',
  weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 18 * 60, to: 21 * 60 })),
  overrides: [
    { date: '2026-12-05', usual: true, hours: [{ from: 10 * 60, to: 12 * 60 }] },
    { date: '2026-12-24', usual: false, hours: [] },
    { date: '2026-12-25', usual: false, hours: [] },
    { date: '2026-12-28', usual: false, hours: [{ from: 9 * 60, to: 10 * 60 }] },
  ],
  rules: { noticeMinutes: 24 * 60, bufferMinutes: 15, perWeek: 3 },
  pause: null,
  ...changes,
});

/** A notice's recipient in one word. */
export const toldTo = ({ recipient }: Notice): string =>
  recipient.to === 'member'
    ? ({ [ada.id]: 'student', [grace.id]: 'holder', [linus.id]: 'another mentor' }[recipient.memberId] ??
      `unknown ${recipient.memberId}`)
    : recipient.to;

/** The same value, guarded against every change: rules decide, they do not touch what they are given. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
