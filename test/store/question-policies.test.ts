import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, ask } from '../../src/core/asking.ts';
import type { Actor } from '../../src/core/people.ts';
import { claim, type Request } from '../../src/core/request.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import { type Claims, claimsOf, former, nobody, type Run, rawConnection, worker } from './raw.ts';
import { makeWorld, noon, opened, type World } from './world.ts';

// Who may ask, read and answer: said to the database itself, past the core's rules.

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
let request: Request;
const id = randomUUID();

beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  request = await opened(world);
  await world.store
    .requestsAs(world.mentor, 'askQuestion')
    .changeRequest(request.id, (before) => ask(before, world.mentor, 'Which version?', noon, id));
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const as = <Result>(who: Actor | Claims, work: (run: Run) => Promise<Result>) =>
  raw.as('role' in who ? who : claimsOf(who), work);
const questions = (run: Run) => run('SELECT words FROM request_questions');
const holds = (run: Run, by: Actor, until = after(noon, 30 * MINUTE)) =>
  run(
    'UPDATE mini_mentorship_requests SET held_by_id = $2, held_until = $3 WHERE id = $1',
    request.id,
    by.memberId,
    until,
  );
const asks = (run: Run, by: Actor, { communityId } = by) =>
  run(
    `INSERT INTO request_questions (id, community_id, request_id, student_id, asker_id, words, asked_at)
     VALUES ($1, $2, $3, $4, $5, 'Why?', now())`,
    randomUUID(),
    communityId,
    request.id,
    world.student.memberId,
    by.memberId,
  );
const answers = (run: Run) =>
  run(`UPDATE request_questions SET answer = '3.14', answered_at = now() WHERE id = $1`, id);
const REFUSED = /row-level security/;

describe('a question', () => {
  test('is read by the student, by whoever asked, and by nobody else', async () => {
    const { student, mentor, otherMentor, otherStudent, stranger } = world;
    for (const who of [student, mentor, worker, former(mentor)]) {
      expect(await as(who, questions)).toEqual([{ words: 'Which version?' }]);
    }
    for (const who of [otherMentor, otherStudent, stranger, nobody]) {
      expect(await as(who, questions)).toEqual([]);
    }
    // Every mentor sees that it is held, and for whom.
    const seen = await world.store.requestsAs(otherMentor, 'x').getRequest(request.id);
    expect(seen).toMatchObject({
      hold: { by: { name: 'Mia' }, until: after(noon, 30 * MINUTE) },
      questions: [],
    });
  });

  test('is read by the mentor who holds the request later, with its answer', async () => {
    const { student, mentor, otherMentor } = world;
    const other = await opened(world);
    const questionId = randomUUID();
    await world.store
      .requestsAs(mentor, 'x')
      .changeRequest(other.id, (before) => ask(before, mentor, 'Why now?', noon, questionId));
    await world.store
      .requestsAs(student, 'x')
      .changeRequest(other.id, (before) => answer(before, student, questionId, 'An exam', noon));
    const later = world.store.requestsAs(otherMentor, 'x');
    await later.changeRequest(other.id, (before) => claim(before, otherMentor, after(noon, 30 * MINUTE)));
    expect((await later.getRequest(other.id)).questions).toMatchObject([
      { by: { name: 'Mia' }, words: 'Why now?', answer: 'An exam' },
    ]);
  });

  test('is asked in one’s own name, by a mentor who holds the request', async () => {
    const { student, mentor, otherMentor, stranger } = world;
    await as(mentor, async (run) => expect(await asks(run, mentor)).toHaveLength(1));
    for (const who of [otherMentor, stranger, former(mentor)]) {
      await expect(as(who, (run) => asks(run, mentor, world.student))).rejects.toThrow(REFUSED);
    }
    await expect(as(otherMentor, (run) => asks(run, otherMentor))).rejects.toThrow(REFUSED);
    await expect(as(student, (run) => asks(run, mentor))).rejects.toThrow(REFUSED);
  });

  test('is answered by the student alone, and once', async () => {
    const { student, mentor, otherMentor } = world;
    for (const who of [mentor, otherMentor]) expect(await as(who, answers)).toEqual([]);
    await as(student, async (run) => {
      expect(await answers(run)).toHaveLength(1);
      expect(await answers(run)).toEqual([]);
    });
    await expect(
      as(student, (run) => run(`UPDATE request_questions SET words = 'Nothing' WHERE id = $1`, id)),
    ).rejects.toThrow(/permission denied/);
  });

  test('holds for nobody but whoever asks', async () => {
    const { student, mentor, otherMentor } = world;
    const IN_ANOTHERS_NAME = /in another's name/;
    await expect(as(student, (run) => holds(run, otherMentor))).rejects.toThrow(IN_ANOTHERS_NAME);
    await expect(as(otherMentor, (run) => holds(run, mentor, after(noon, MINUTE)))).rejects.toThrow(
      IN_ANOTHERS_NAME,
    );
    expect(await as(former(mentor), (run) => holds(run, mentor, noon))).toEqual([]);
    await as(otherMentor, async (run) => expect(await holds(run, otherMentor)).toHaveLength(1));
  });
});
