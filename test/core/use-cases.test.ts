import { describe, expect, test } from 'vitest';
import { type FieldProblem, UserError } from '../../src/core/errors.ts';
import type { Request } from '../../src/core/request.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { type Context, runUseCase, type UseCase } from '../../src/core/use-case.ts';
import { claimRequest } from '../../src/core/use-cases/claim-request.ts';
import { createRequest } from '../../src/core/use-cases/create-request.ts';
import { generateMeetingLink } from '../../src/core/use-cases/generate-meeting-link.ts';
import { getClaimedRequests } from '../../src/core/use-cases/get-claimed-requests.ts';
import { getMyMentorSessions } from '../../src/core/use-cases/get-my-mentor-sessions.ts';
import { getMyRequests } from '../../src/core/use-cases/get-my-requests.ts';
import { getMySessions } from '../../src/core/use-cases/get-my-sessions.ts';
import { getOpenRequests } from '../../src/core/use-cases/get-open-requests.ts';
import { PAGE_SIZE } from '../../src/core/use-cases/input.ts';
import { scheduleSession } from '../../src/core/use-cases/schedule-session.ts';
import { submitSessionFeedback } from '../../src/core/use-cases/submit-session-feedback.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import {
  ada,
  claimed,
  grace,
  now,
  nowPlus,
  onlyGoogle,
  open,
  type Role,
  requestId,
  roles,
  scheduled,
} from './samples.ts';

const newId = '77777777-0000-4000-8000-000000000007';

function as(role: Role, ...requests: Request[]): Context & { store: ReturnType<typeof memoryStore> } {
  return {
    store: memoryStore(...requests),
    availability: memoryAvailability(),
    ...memoryCommunity(),
    space: memorySpace(),
    profile: memoryProfile(),
    zoneFromPlatform: false,
    home: { show: async () => {} },
    actor: roles[role],
    clock: { now: () => now },
    newId,
    people: memoryPeople(),
    links: null,
    linkMaker: 'google-meet',
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put',
  };
}

/** What is wrong with the fields; an empty list when the use-case took them. */
async function problems(verb: unknown, context: Context, raw: unknown): Promise<FieldProblem[]> {
  try {
    await runUseCase(verb as UseCase, context, raw);
    return [];
  } catch (error) {
    if (error instanceof UserError && error.code === 'invalid_input') {
      return (error as UserError<'invalid_input'>).detail.fields;
    }
    throw error;
  }
}

const time = (start: Instant, end: Instant | null = null) => ({
  start: start.toISOString(),
  end: end?.toISOString() ?? null,
});
const several = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('createRequest', () => {
  const good = {
    title: ' Recursion ',
    sessionType: 'concept',
    description: 'I get lost in it.',
    durationMinutes: '45',
    urgency: 'high',
    preferredTimes: [time(nowPlus(DAY)), time(nowPlus(2 * DAY), nowPlus(2 * DAY + HOUR))],
    tags: ['Python', 'recursion'],
  };
  const create = async (changes: Record<string, unknown>) => {
    const context = as('student');
    return runUseCase(createRequest, context, { ...good, ...changes });
  };

  test('opens a request in the student’s name, for a week', async () => {
    expect(await create({})).toEqual(
      open({
        id: newId,
        student: ada,
        title: 'Recursion',
        sessionType: 'concept',
        description: 'I get lost in it.',
        durationMinutes: 45,
        urgency: 'high',
        preferredTimes: [
          { start: nowPlus(DAY), end: null },
          { start: nowPlus(2 * DAY), end: nowPlus(2 * DAY + HOUR) },
        ],
        tags: ['python', 'recursion'],
        createdAt: now,
        expiresAt: nowPlus(7 * DAY),
      }),
    );
  });

  test('needs a title, a type and a description; the rest has sensible values', async () => {
    const { title, sessionType, description } = good;
    expect(await runUseCase(createRequest, as('student'), { title, sessionType, description })).toMatchObject(
      {
        durationMinutes: 30,
        urgency: 'normal',
        preferredTimes: [],
        tags: [],
      },
    );
    expect(await problems(createRequest, as('student'), {})).toEqual([
      { field: 'title', code: 'missing' },
      { field: 'sessionType', code: 'missing' },
      { field: 'description', code: 'missing' },
    ]);
  });

  test.each<[string, Record<string, unknown>, FieldProblem]>([
    ['an empty title', { title: '' }, { field: 'title', code: 'missing' }],
    ['a title of blanks', { title: ' \n ' }, { field: 'title', code: 'missing' }],
    ['a title that is none', { title: 7 }, { field: 'title', code: 'invalid' }],
    ['121 characters', { title: 'x'.repeat(121) }, { field: 'title', code: 'too_long', detail: 120 }],
    [
      '5,000 characters',
      { description: 'x'.repeat(5_000) },
      { field: 'description', code: 'too_long', detail: 2_000 },
    ],
    ['an empty description', { description: '' }, { field: 'description', code: 'missing' }],
    ['an unknown type', { sessionType: 'party' }, { field: 'sessionType', code: 'not_a_choice' }],
    ['an unknown urgency', { urgency: 'asap' }, { field: 'urgency', code: 'not_a_choice' }],
    ['40 minutes', { durationMinutes: '40' }, { field: 'durationMinutes', code: 'not_a_choice' }],
    ['no number of minutes', { durationMinutes: 'long' }, { field: 'durationMinutes', code: 'invalid' }],
    ['40 tags', { tags: several(40).map((i) => `t${i}`) }, { field: 'tags', code: 'too_many', detail: 10 }],
    ['a long tag', { tags: ['ok', 'x'.repeat(31)] }, { field: 'tags', code: 'too_long', detail: 30 }],
    [
      'six times',
      { preferredTimes: several(6).map((i) => time(nowPlus(DAY + i * HOUR))) },
      { field: 'preferredTimes', code: 'too_many', detail: 5 },
    ],
    [
      'a time in the past',
      { preferredTimes: [time(nowPlus(-1))] },
      { field: 'preferredTimes', code: 'time_in_past' },
    ],
    ['now', { preferredTimes: [time(now)] }, { field: 'preferredTimes', code: 'time_in_past' }],
    [
      'a window that is over',
      { preferredTimes: [time(nowPlus(-2 * HOUR), nowPlus(-HOUR))] },
      { field: 'preferredTimes', code: 'time_in_past' },
    ],
    [
      'one good time and one in 91 days',
      { preferredTimes: [time(nowPlus(DAY)), time(nowPlus(91 * DAY))] },
      { field: 'preferredTimes', code: 'time_too_far', detail: 90 },
    ],
    [
      'a window backwards',
      { preferredTimes: [time(nowPlus(2 * DAY), nowPlus(DAY))] },
      { field: 'preferredTimes', code: 'time_backwards' },
    ],
    [
      'a time that is none',
      { preferredTimes: [{ start: 'tomorrow', end: null }] },
      { field: 'preferredTimes', code: 'invalid' },
    ],
    [
      'a time without an offset',
      { preferredTimes: [{ start: '2026-12-05T10:00:00', end: null }] },
      { field: 'preferredTimes', code: 'invalid' },
    ],
  ])('%s', async (_what, changes, problem) => {
    const context = as('student');
    expect(await problems(createRequest, context, { ...good, ...changes })).toEqual([problem]);
    expect(context.store.changes).toEqual([]);
  });

  test('says everything that is wrong at once, each field once', async () => {
    expect(
      await problems(createRequest, as('student'), {
        ...good,
        title: '',
        description: 'x'.repeat(3_000),
        tags: ['x'.repeat(31), 7],
      }),
    ).toEqual([
      { field: 'title', code: 'missing' },
      { field: 'description', code: 'too_long', detail: 2_000 },
      { field: 'tags', code: 'too_long', detail: 30 },
    ]);
  });

  test.each<[string, Record<string, unknown>, Partial<Request>]>([
    ['the longest title', { title: 'x'.repeat(120) }, { title: 'x'.repeat(120) }],
    ['a window that has begun', { preferredTimes: [time(nowPlus(-HOUR), nowPlus(HOUR))] }, {}],
    ['tags that differ in case or are blank', { tags: ['Git', 'git ', '', ' '] }, { tags: ['git'] }],
    ['forty times the same tag', { tags: several(40).map(() => 'git') }, { tags: ['git'] }],
    [
      'the same time in two spellings',
      {
        preferredTimes: ['2026-12-05T10:00:00Z', '2026-12-05T11:00:00+01:00'].map((start) => ({
          start,
          end: null,
        })),
      },
      { preferredTimes: [{ start: new Date('2026-12-05T10:00:00Z'), end: null }] },
    ],
    ['what looks like a mention', { title: '@everyone <!channel>' }, { title: '@everyone <!channel>' }],
  ])('takes %s', async (_what, changes, expected) => {
    expect(await create(changes)).toMatchObject(expected);
  });
});

describe('scheduleSession', () => {
  const schedule = (raw: Record<string, unknown>) => {
    const context = as('holder', claimed());
    return { context, result: runUseCase(scheduleSession, context, { requestId, ...raw }) };
  };

  test('takes the time of a button, or of the form', async () => {
    const startsAt = nowPlus(DAY);
    const byButton = await schedule({ startsAt: startsAt.toISOString() }).result;
    const byForm = await schedule({ time: [time(startsAt)] }).result;
    expect(byButton.session).toMatchObject({ id: newId, startsAt, durationMinutes: 30 });
    expect(byForm).toEqual(byButton);
  });

  test('leaves off the seconds of “in two hours”', async () => {
    const { session } = await schedule({ time: [time(nowPlus(DAY + 34_567))] }).result;
    expect(session?.startsAt).toEqual(nowPlus(DAY));
  });

  test.each<[string, Record<string, unknown>, FieldProblem]>([
    ['no time', {}, { field: 'time', code: 'missing' }],
    ['an empty list', { time: [] }, { field: 'time', code: 'missing' }],
    ['the past', { startsAt: nowPlus(-MINUTE).toISOString() }, { field: 'time', code: 'time_in_past' }],
    [
      'too far ahead',
      { time: [time(nowPlus(91 * DAY))] },
      { field: 'time', code: 'time_too_far', detail: 90 },
    ],
    ['no time at all in it', { startsAt: 'soon' }, { field: 'startsAt', code: 'invalid' }],
  ])('refuses %s', async (_what, raw, problem) => {
    const context = as('holder', claimed());
    expect(await problems(scheduleSession, context, { requestId, ...raw })).toEqual([problem]);
    expect(context.store.changes).toEqual([]);
  });
});

describe('generateMeetingLink', () => {
  test.each<[string, string, FieldProblem['code'] | null]>([
    ['https', 'https://meet.google.com/abc-defg-hij', null],
    ['https, with blanks around', ' https://meet.example.org/room ', null],
    ['http', 'http://meet.example.org/room', 'not_a_link'],
    ['a script', 'javascript:alert(1)', 'not_a_link'],
    ['data', 'data:text/html,hello', 'not_a_link'],
    ['no scheme', 'meet.example.org/room', 'not_a_link'],
    ['words', 'I send it later', 'not_a_link'],
    ['nothing', '', 'not_a_link'],
    ['a very long one', `https://example.org/${'x'.repeat(500)}`, 'too_long'],
  ])('%s', async (_what, link, code) => {
    const context = as('holder', scheduled(DAY));
    const found = await problems(generateMeetingLink, context, { requestId, link });
    if (code) expect(found).toEqual([expect.objectContaining({ field: 'link', code })]);
    else expect(found).toEqual([]);
    expect((await context.store.getRequest(requestId)).session?.meetingLink).toBe(code ? null : link.trim());
  });

  test('without a link, it asks the provider again', async () => {
    const context = as('holder', scheduled(DAY, { meetingState: 'FAILED' }));
    const { session } = await runUseCase(generateMeetingLink, context, { requestId });
    expect(session?.meetingState).toBe('WANTED');
    expect(
      await problems(
        generateMeetingLink,
        { ...as('holder', scheduled(DAY)), linkMaker: null },
        { requestId },
      ),
    ).toEqual([{ field: 'link', code: 'missing' }]);
  });
});

describe('submitSessionFeedback', () => {
  test.each<[string, Record<string, unknown>, FieldProblem[]]>([
    ['a rating', { rating: '4' }, []],
    ['that it helped in part', { rating: '4', helped: 'partly' }, []],
    [
      'something else than yes or no',
      { rating: '4', helped: 'so so' },
      [{ field: 'helped', code: 'not_a_choice' }],
    ],
    ['a rating and words', { rating: '1', comment: ' Not for me ' }, []],
    ['no rating', { comment: 'Nice' }, [{ field: 'rating', code: 'missing' }]],
    ['an empty rating', { rating: '' }, [{ field: 'rating', code: 'not_a_choice' }]],
    ['6 of 5', { rating: '6' }, [{ field: 'rating', code: 'not_a_choice' }]],
    ['words for a rating', { rating: 'good' }, [{ field: 'rating', code: 'not_a_choice' }]],
    [
      'a novel',
      { rating: '5', comment: 'x'.repeat(1_001) },
      [{ field: 'comment', code: 'too_long', detail: 1_000 }],
    ],
  ])('%s', async (_what, raw, expected) => {
    const context = as('student', scheduled(-HOUR));
    expect(await problems(submitSessionFeedback, context, { requestId, ...raw })).toEqual(expected);
    const { session } = await context.store.getRequest(requestId);
    expect(session?.feedback).toEqual(
      expected.length > 0
        ? []
        : [
            {
              memberId: ada.id,
              rating: Number(raw.rating),
              helped: (raw as { helped?: string }).helped ?? null,
              comment: String(raw.comment ?? '').trim(),
              givenAt: now,
            },
          ],
    );
  });
});

describe('What a button carries', () => {
  test.each([{}, { requestId: 'r1' }, { requestId: `${requestId}' OR true` }, { requestId: null }])(
    'refuses the request %j',
    async (raw) => {
      const found = await problems(claimRequest, as('another mentor', open()), raw);
      expect(found).toEqual([expect.objectContaining({ field: 'requestId' })]);
    },
  );

  test.each(['0', '-1', '1.5', 'last', '99999999'])('refuses the page %s', async (page) => {
    const found = await problems(getMyRequests, as('student'), { page });
    expect(found).toEqual([expect.objectContaining({ field: 'page' })]);
  });
});

describe('Lists', () => {
  const mine = { studentId: ada.id };
  const held = { mentorId: grace.id };
  test.each<[UseCase, Role, object]>([
    [getMyRequests as unknown as UseCase, 'student', { ...mine, order: 'newest' }],
    [getMySessions as unknown as UseCase, 'student', { ...mine, withSession: true, order: 'latest' }],
    [getOpenRequests as unknown as UseCase, 'holder', { statuses: ['OPEN'], order: 'urgent' }],
    [
      getClaimedRequests as unknown as UseCase,
      'holder',
      { ...held, statuses: ['CLAIMED', 'SCHEDULED'], order: 'newest' },
    ],
    [getMyMentorSessions as unknown as UseCase, 'holder', { ...held, withSession: true, order: 'latest' }],
  ])('$name asks for what it is called after', async (verb, role, query) => {
    const context = as(role, open());
    await runUseCase(verb, context, {});
    await runUseCase(verb, context, { page: '3' });
    expect(context.store.queries).toEqual([
      { ...query, page: 1, pageSize: PAGE_SIZE },
      { ...query, page: 3, pageSize: PAGE_SIZE },
    ]);
  });

  test('only mentors see what is open', () => {
    const context = as('student', open());
    expect(() => getOpenRequests.run(context, { page: 1 })).toThrow(
      expect.objectContaining({ code: 'mentors_only' }),
    );
    expect(context.store.queries).toEqual([]);
  });
});
