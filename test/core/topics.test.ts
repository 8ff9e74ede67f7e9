import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { ASKED_AT_ONCE, whomToAsk } from '../../src/core/topics.ts';
import { type Context, runUseCase } from '../../src/core/use-case.ts';
import { setTopics } from '../../src/core/use-cases/set-topics.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import { ada, now, onlyGoogle, open, type Role, roles } from './samples.ts';

const expert = (memberId: string, ...topics: string[]) => ({ memberId, topics });
const asked = (request: Parameters<typeof whomToAsk>[0], ...experts: ReturnType<typeof expert>[]) =>
  whomToAsk(request, experts).map(({ memberId }) => memberId);

describe('Who is asked about a request', () => {
  test.each([
    ['a tag', ['python'], 'Help', ['python'], true],
    ['another tag', ['python'], 'Help', ['perl'], false],
    ['a part of a tag', ['python3'], 'Help', ['python'], false],
    ['a word of the title', [], 'My Git history', ['git'], true],
    ['a part of a word', [], 'Digital art', ['git'], false],
    ['several words', [], 'On Code Review, please', ['code review'], true],
    ['signs', [], 'C++: what is a pointer?', ['c++'], true],
    ['a letter before signs', [], 'C++: what is a pointer?', ['c'], false],
    ['what would be a pattern', [], 'Anything', ['.*'], false],
    ['letters of any language', [], 'Über Übung', ['über'], true],
    ['no topic', ['python'], 'python', [], false],
  ])('%s', (_what, tags, title, topics, expected) => {
    expect(asked(open({ tags, title }), expert('m', ...topics))).toEqual(expected ? ['m'] : []);
  });

  test('a few at once, in the given order; never the student, nor who just gave it back', () => {
    const many = Array.from({ length: 8 }, (_, i) => expert(`m${i}`, 'python'));
    const request = open({ tags: ['python'] });
    expect(asked(request, expert(ada.id, 'python'), ...many)).toEqual(
      many.slice(0, ASKED_AT_ONCE).map(({ memberId }) => memberId),
    );
    expect(whomToAsk(request, many, 'm0').map(({ memberId }) => memberId)).not.toContain('m0');
  });
});

describe('setTopics', () => {
  const as = (role: Role) => {
    const profile = memoryProfile();
    const kept = profile.topics;
    const context: Context = {
      store: memoryStore(),
      availability: memoryAvailability(),
      ...memoryCommunity(),
      space: memorySpace(),
      profile,
      zoneFromPlatform: false,
      home: { show: async () => {} },
      actor: roles[role],
      clock: { now: () => now },
      newId: 'x',
      people: memoryPeople(),
      links: null,
      linkMaker: 'google-meet',
      meetings: onlyGoogle,
      calendarsOf: async () => new Map(),
      lookAtSetUp: async () => ({ checks: [], added: false }),
      putPanel: async () => 'put',
    };
    return { kept, run: (topics: unknown) => runUseCase(setTopics, context, { topics }) };
  };

  test('keeps them in lower case, none twice; an empty list is one too', async () => {
    const { kept, run } = as('holder');
    expect(await run([' Git', 'git', 'Code Review', ''])).toEqual(['git', 'code review']);
    await run([]);
    expect(kept).toEqual([['git', 'code review'], []]);
  });

  test.each([
    ['too many', Array.from({ length: 21 }, (_, i) => `t${i}`), 'too_many'],
    ['too long', ['x'.repeat(31)], 'too_long'],
  ])('%s: says so', async (_what, topics, code) => {
    const refused = as('holder').run(topics);
    await expect(refused).rejects.toMatchObject({ detail: { fields: [{ field: 'topics', code }] } });
  });

  test('is for mentors', async () => {
    const { kept, run } = as('student');
    await expect(run(['git'])).rejects.toThrow(UserError);
    expect(kept).toEqual([]);
  });
});
