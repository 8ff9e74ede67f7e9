import { type Availability, anyTime, type Booking } from '../../src/core/availability.ts';
import { type CommunitySettings, usualSettings } from '../../src/core/community.ts';
import type { Attention, Numbers } from '../../src/core/coordination.ts';
import {
  type Bookings,
  type Calendars,
  findTimes,
  noCalendars,
  type TimeOptions,
} from '../../src/core/finding-times.ts';
import { type Notice, noticeKinds } from '../../src/core/notices.ts';
import type { Page, WebLinks } from '../../src/core/ports.ts';
import { type Settings, usualPreferences } from '../../src/core/preferences.ts';
import { reminderIds } from '../../src/core/reminders.ts';
import type { Request } from '../../src/core/request.ts';
import { heldIn, readSpace, type SpaceSetUp } from '../../src/core/space.ts';
import { DAY, HOUR, type Instant } from '../../src/core/time.ts';
import type { OtherMentors } from '../../src/core/use-cases/find-mentors.ts';
import type { WayToMeet } from '../../src/core/use-cases/get-way-to-meet.ts';
import { dateAfter } from '../../src/core/zones.ts';
import type { Card } from '../../src/messages/card.ts';
import { cardFor, isWorded, type WordedKind } from '../../src/messages/index.ts';
import { panelCard } from '../../src/messages/panel-cards.ts';
import { closedToMeCard } from '../../src/messages/reach-cards.ts';
import { roomCard, roomClosedCard } from '../../src/messages/room-cards.ts';
import { type Does, routes } from '../../src/routes.ts';
import {
  availability,
  everyState,
  nowPlus,
  now as present,
  questionId,
  requestId,
  roles,
} from '../core/samples.ts';

export interface Sample {
  what: string;
  card: Card;
}

/** The kinds of notices that people read. */
export const wordedKinds = noticeKinds.filter((kind): kind is WordedKind =>
  isWorded({ kind } as unknown as Notice),
);

/** Whoever may read about a request. */
export const readerIds = {
  student: roles.student.memberId,
  holder: roles.holder.memberId,
  other: roles['another mentor'].memberId,
} as const;
/** When a notice may arrive: on time, and after a downtime. */
const arrivals: Record<string, Instant> = {
  'on time': present,
  'an hour late': nowPlus(HOUR),
  'a week late': nowPlus(7 * DAY),
};
/** What goes along with a notice, as its maker in the core puts it. */
export const details: Partial<Record<WordedKind, Record<string, string>>> = {
  request_released: { mentor: 'Grace', reason: 'I am ill' },
  request_cancelled: { reason: '' },
  session_moved: { from: nowPlus(DAY).toISOString() },
  proposal_declined: { by: 'Grace' },
  claim_returned: { mentor: 'Grace' },
  claim_assigned: { coordinator: 'Cora' },
  question_asked: { question: questionId },
  question_answered: { question: questionId },
  take_over_declined: { by: 'Linus' },
  mentor_changed: { from: 'Linus' },
  taken_over: { by: 'Linus' },
  somebody_missing: { by: roles.student.memberId },
};

/** A bot that has pages of its own. */
const webLinks: WebLinks = {
  join: () => `https://mini.example/join/${'x'.repeat(64)}`,
  calendarFile: () => `https://mini.example/calendar/${'x'.repeat(64)}.ics`,
  newFeed: () => ({
    url: `https://mini.example/calendar/feed/${'x'.repeat(43)}.ics`,
    page: `https://mini.example/calendar/feed/${'x'.repeat(43)}`,
    kept: 'kept',
  }),
};

export const notice = (
  kind: WordedKind,
  memberId: string | null,
  detail: Record<string, string> = {},
): Notice & { kind: WordedKind } => ({
  kind,
  recipient: memberId ? { to: 'member', memberId } : { to: 'mentors' },
  key: `${kind}:x`,
  mode: 'once',
  requestId,
  sessionId: null,
  dueAt: present,
  detail,
});

/** Every kind of notice about every state, to each of the two, whenever it arrives. null: nobody is told. */
export const everyNotice = (): { what: string; kind: WordedKind; card: Card | null }[] =>
  wordedKinds.flatMap((kind) =>
    Object.entries(everyState).flatMap(([state, request]) =>
      Object.entries(kind === 'request_card' ? { channel: null } : readerIds).flatMap(([reader, me]) =>
        Object.entries(arrivals).flatMap(([when, now]) =>
          (kind === 'session_reminder' ? ['24h', '15m'] : ['']).flatMap((reminder) =>
            (when === 'on time' ? [null, webLinks] : [null]).map((links) => ({
              what: `${kind} ${reminder} to ${reader}, ${state}, ${when}${links ? ', with pages' : ''}`,
              kind,
              card: cardFor(notice(kind, me, { ...details[kind], reminder }), request, now, links),
            })),
          ),
        ),
      ),
    ),
  );

/** The longest and fullest that a form lets through. */
export const fullest = (request: Request, id = requestId): Request => ({
  ...request,
  id,
  title: 'W'.repeat(120),
  description: 'W'.repeat(2_000),
  urgency: 'high',
  tags: Array.from({ length: 10 }, (_, i) => `${i}${'w'.repeat(29)}`),
  preferredTimes: Array.from({ length: 5 }, (_, i) => ({
    start: nowPlus((i + 1) * DAY),
    end: nowPlus((i + 1) * DAY + HOUR),
  })),
});

export const page = (items: Request[], changes: Partial<Page<Request>> = {}): Page<Request> => ({
  items,
  page: 2,
  pages: 3,
  total: 15,
  ...changes,
});

const five = (request: Request): Request[] =>
  Array.from({ length: 5 }, (_, i) => fullest(request, `${i}${requestId.slice(1)}`));

/** What a mentor may have set, up to the fullest. */
export const everyAvailability: Record<string, Availability> = {
  'nothing set': anyTime('Europe/Berlin'),
  'a usual week': availability(),
  'paused for good': availability({ pause: { until: null } }),
  'paused until tomorrow': availability({ pause: { until: nowPlus(DAY) } }),
  'a pause that is over': availability({ pause: { until: nowPlus(-DAY) } }),
  'nothing but dates': {
    ...anyTime('America/Argentina/ComodRivadavia'),
    overrides: availability().overrides,
  },
  fullest: availability({
    weekly: Array.from({ length: 7 * 20 }, (_, i) => ({
      weekday: (i % 7) + 1,
      from: Math.floor(i / 7) * 70,
      to: Math.floor(i / 7) * 70 + 31,
    })),
    overrides: Array.from({ length: 366 }, (_, i) => ({
      date: dateAfter('2026-12-01', i),
      usual: i % 3 === 0,
      hours: [{ from: i, to: i + 60 }],
    })),
    rules: { noticeMinutes: 20_160, bufferMinutes: 240, perWeek: 50 },
  }),
};

/** What a mentor can choose from, in every state: with nothing set, a usual week, on pause, and busy people. */
const everyOptions = (): Record<string, TimeOptions> =>
  Object.fromEntries(
    Object.entries(everyState).flatMap(([state, request]) =>
      [request, fullest(request), { ...request, preferredTimes: [] }].flatMap((each, which) =>
        // What a mentor set matters the same way in every state.
        Object.entries(state === 'claimed' ? everyAvailability : { usual: availability() }).flatMap(
          ([what, set]) =>
            Object.entries(state === 'claimed' ? everyBookings : { none: noBookings }).map(
              ([busy, bookings]) => [
                `${state} (${which}), ${what}, ${busy}`,
                findTimes(each, set, bookings, present, everyCalendars[which % everyCalendars.length]),
              ],
            ),
        ),
      ),
    ),
  );
/** What their own calendars may tell. */
const everyCalendars: Calendars[] = [
  noCalendars,
  { mentor: [{ from: nowPlus(-DAY), to: nowPlus(DAY) }], student: 'unseen' },
  { mentor: 'unseen', student: [{ from: nowPlus(-DAY), to: nowPlus(60 * DAY) }] },
];
const noBookings: Bookings = { mentor: [], student: [] };
const everyDay: Booking[] = Array.from({ length: 90 }, (_, i) => ({
  startsAt: nowPlus(i * DAY),
  durationMinutes: 60,
}));
const everyBookings: Record<string, Bookings> = {
  'no other session': noBookings,
  'a busy mentor': { mentor: everyDay, student: [] },
  'a busy student': { mentor: [], student: everyDay },
};

/** What a member may have set about themselves. */
const everySettings: Record<string, Settings> = {
  'nothing known': {
    timeZone: null,
    zoneFromPlatform: false,
    isMentor: false,
    preferences: usualPreferences,
    offersFeed: false,
    offersInvitations: false,
    calendarLook: null,
    community: usualSettings,
  },
  'a zone that was told': {
    timeZone: 'America/Argentina/ComodRivadavia',
    zoneFromPlatform: false,
    isMentor: true,
    preferences: {
      reminders: [...reminderIds],
      quietHours: { from: 0, to: 1380 },
      calendarFeed: null,
      inviteAt: null,
      lookAtCalendar: false,
      meetingRoom: null,
    },
    offersFeed: true,
    offersInvitations: true,
    calendarLook: null,
    community: usualSettings,
  },
  'a zone of the platform': {
    timeZone: 'Europe/Berlin',
    zoneFromPlatform: true,
    isMentor: true,
    preferences: {
      reminders: [],
      quietHours: 'off',
      calendarFeed: 'kept',
      inviteAt: 'ada@example.org',
      lookAtCalendar: true,
      meetingRoom: 'https://meet.example.org/mine',
    },
    offersFeed: true,
    offersInvitations: true,
    calendarLook: 'unseen',
    community: { reminders: [], quietHours: null },
  },
};

/** What may need a coordinator: nothing, some of it, the fullest. */
export const everyAttention = (): Record<string, Attention> => {
  const none = { items: [], total: 0 };
  const two = (state: string) => ({
    items: [1, 2].map((i) =>
      fullest(
        everyState[state] as Request,
        `${state.length}${i}${requestId.slice(String(state.length).length + 1)}`,
      ),
    ),
    total: 1_000,
  });
  const nothing = {
    waiting: none,
    untimed: none,
    linkless: none,
    broken: none,
    unreachable: none,
    dead: none,
  };
  return {
    nothing,
    'one request': { ...nothing, waiting: { items: [everyState.open as Request], total: 1 } },
    fullest: {
      waiting: two('open'),
      untimed: two('claimed'),
      linkless: two('session in 2 days, link FAILED'),
      broken: { items: [1, 2].map((sessions) => ({ why: 'W'.repeat(900), sessions })), total: 90 },
      unreachable: {
        items: Array.from({ length: 5 }, (_, i) => ({ name: `${i}${'W'.repeat(79)}`, notices: 3 })),
        total: 90,
      },
      dead: {
        items: [1, 2].map((i) => ({
          id: `${i}${requestId.slice(1)}`,
          kind: 'session_reminder' as const,
          title: 'W'.repeat(120),
          why: 'W'.repeat(900),
        })),
        total: 90,
      },
    },
  };
};
const everyCandidates = () => {
  const request = everyState.open as Request;
  const many = Array.from({ length: 40 }, (_, i) => ({
    memberId: `${10 + i}${requestId.slice(2)}`,
    name: `${i}${'W'.repeat(79)}`,
    topics: ['w'.repeat(30), 'v'.repeat(30)],
    holds: i,
  }));
  return { none: { request, candidates: [] }, fullest: { request: fullest(request), candidates: many } };
};
const everyNumbers: Record<string, Numbers> = {
  none: {
    since: present,
    opened: 0,
    claimed: 0,
    claimedWithin: null,
    held: 0,
    missed: 0,
    calledOffLate: 0,
    rating: null,
  },
  many: {
    since: present,
    opened: 4_000,
    claimed: 3_000,
    claimedWithin: HOUR / 4,
    held: 1,
    missed: 2,
    calledOffLate: 3,
    rating: 4.56,
  },
};
const everyCommunity: Record<string, CommunitySettings> = {
  usual: usualSettings,
  'no reminders, no quiet hours': { ...usualSettings, reminders: [], quietHours: null, openFor: 60 * HOUR },
  'by Zoom, in Spanish': { ...usualSettings, meetingProvider: 'zoom', language: 'es' },
};
const everyWayToMeet: Record<string, WayToMeet> = {
  'by hand': { linkMaker: null, gone: null, names: [] },
  'one of all, another is gone': {
    linkMaker: 'zoom',
    gone: 'jitsi',
    names: ['google-meet', 'google-meet-space', 'zoom', 'jitsi'],
  },
};

/** To whom a request can be handed over: nobody, and as many as fit, with long names and many topics. */
const everyOtherMentors = (): Record<string, OtherMentors> => {
  const request = fullest(everyState.claimed as Request);
  const many = Array.from({ length: 10 }, (_, i) => ({
    person: { id: `${i}${requestId.slice(1)}`, name: 'W'.repeat(75), timeZone: null, accounts: [] },
    topics: Array.from({ length: 20 }, (_, j) => `${j}`),
  }));
  return {
    nobody: { request, mentors: { items: [], page: 1, pages: 1, total: 0 } },
    'ten of thirty': { request, mentors: { items: many, page: 2, pages: 3, total: 30 } },
  };
};

/** A time that was just proposed, at which the reader's own calendar has something, or not. */
const everyProposed = (): Record<string, unknown> => ({
  ...results('proposeTime'),
  ...Object.fromEntries(
    Object.entries(results('proposeTime')).map(([state, request]) => [
      `${state}, busy then`,
      { ...(request as Request), busyThen: true },
    ]),
  ),
});

const resultsOf: Record<string, () => Record<string, unknown>> = {
  proposeTime: everyProposed,
  scheduleSession: everyProposed,
  getAvailability: () => everyAvailability,
  setWeeklyAvailability: () => everyAvailability,
  setDateOverride: () => everyAvailability,
  setAvailabilityRules: () => everyAvailability,
  pauseAvailability: () => everyAvailability,
  resumeAvailability: () => everyAvailability,
  checkSetUp: everySetUp,
  setPlaces: everySetUp,
  setRoles: everySetUp,
  setZoneOnTheWay: everySetUp,
  getTimeOptions: everyOptions,
  setChannels: () => ({
    'mentors only': { mentorsChannel: 'C0123456789', coordinatorsChannel: '' },
    both: { mentorsChannel: 'C0123456789', coordinatorsChannel: 'C9876543210' },
  }),
  findMentors: everyOtherMentors,
  getSettings: () => everySettings,
  setTimeZone: () => everySettings,
  chooseReminders: () => everySettings,
  getAttention: everyAttention,
  tryNoticeAgain: everyAttention,
  tryMeetingsAgain: everyAttention,
  getWayToMeet: () => everyWayToMeet,
  chooseWayToMeet: () => everyWayToMeet,
  getCandidates: everyCandidates,
  getNumbers: () => everyNumbers,
  getCommunitySettings: () => everyCommunity,
  setMentorTimes: () => everyCommunity,
  setCoordinatorTimes: () => everyCommunity,
  setClaimTimes: () => everyCommunity,
  setCommunityQuietHours: () => everyCommunity,
  setCommunityReminder: () => everyCommunity,
  setCommunityLanguage: () => everyCommunity,
  setCommunityZone: () => everyCommunity,
  setQuietHours: () => everySettings,
  setMeetingRoom: () => everySettings,
  dropCalendarFeed: () => everySettings,
  setInvitations: () => everySettings,
  dropInvitations: () => everySettings,
  chooseCalendarLook: () => everySettings,
  renewCalendarFeed: () => ({ one: webLinks.newFeed('deed') }),
};

/** What a use-case can come back with: a request in any state, or a page of them. */
/** Whether all works, and what was chosen by whom. */
function everySetUp(): Record<string, SpaceSetUp> {
  const well = [{ what: 'Discord: roles', ok: true }];
  const chosen = {
    mentorsChannel: '123456789012345678',
    coordinatorsChannel: '223456789012345678',
    sessionsChannel: '323456789012345678',
    fallbackChannel: '423456789012345678',
    mentorRoles: ['523456789012345678', '623456789012345678'],
    coordinatorRoles: ['723456789012345678'],
  };
  const none = { added: false, timeZone: null, linkMaker: null };
  const all = { added: false, timeZone: 'America/Argentina/Buenos_Aires', linkMaker: 'google-meet-space' };
  return {
    'all well': { checks: well, space: null, ...all },
    'added by itself': { checks: well, space: null, ...all, added: true },
    'something missing': {
      checks: [{ what: 'Discord: roles', ok: false, remedy: 'Choose another role.' }, ...well],
      space: null,
      ...none,
    },
    'nothing chosen': { checks: well, space: { now: readSpace({}, {}), held: [] }, ...none },
    'all but the zone': { checks: well, space: { now: chosen, held: [] }, ...none },
    'all chosen': { checks: well, space: { now: chosen, held: [] }, ...all },
    'all set by the operator': { checks: well, space: { now: chosen, held: heldIn(chosen) }, ...all },
  };
}

const results = (verb: string): Record<string, unknown> =>
  verb.startsWith('get') && verb !== 'getRequestById'
    ? {
        'an empty list': page([], { page: 1, pages: 1, total: 0 }),
        'a list of one': page([Object.values(everyState)[0] as Request], { page: 1, pages: 1, total: 1 }),
        ...Object.fromEntries(
          Object.entries(everyState).map(([state, request]) => [`five times ${state}`, page(five(request))]),
        ),
      }
    : {
        ...everyState,
        ...Object.fromEntries(
          Object.entries(everyState).map(([state, request]) => [`${state}, fullest`, fullest(request)]),
        ),
      };

export type Reader = keyof typeof readerIds;

/** Every answer that a route can give, to each of these readers. */
export const everyAnswer = (intent: string, to: readonly Reader[] = ['student', 'holder']): Sample[] => {
  const route = routes[intent];
  if (!route || 'opens' in route) return [];
  const { verb, answer } = route as Does;
  return Object.entries(resultsOf[verb.name]?.() ?? results(verb.name)).flatMap(([result, value]) =>
    to.map((reader) => ({
      what: `${intent} answered to ${reader}: ${result}`,
      card: answer(value as never, { me: readerIds[reader], now: present, args: {} }),
    })),
  );
};

/** What stands in the room of the two, in every state. */
const everyRoom = (): Sample[] =>
  Object.entries(everyState).flatMap(([state, request]) =>
    [request, fullest(request)].flatMap((each) => [
      { what: `the room, ${state}`, card: roomCard(each, present) },
      { what: `the closed room, ${state}`, card: roomClosedCard(each) },
    ]),
  );

/** Everything the bot ever says, except for refusals. */
export const everyCard = (): Sample[] => [
  ...everyNotice().flatMap(({ what, card }) => (card ? [{ what, card }] : [])),
  ...Object.keys(routes).flatMap((intent) => everyAnswer(intent)),
  ...everyRoom(),
  { what: 'a call to come by', card: closedToMeCard() },
  { what: 'the panel', card: panelCard() },
];
