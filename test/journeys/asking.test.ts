import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after as later, MINUTE } from '../../src/core/time.ts';
import { asks, pressesTaken } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeAll(async () => {
  programme = await startProgramme();
});
afterAll(() => programme.end());

describe.each(['slack', 'discord'] as const)('a mentor asks a question first on %s', (platform) => {
  const people = () => programme.world.people[platform];
  const passes = (minutes: number) => programme.bot.moveTo(later(programme.clock.now(), minutes * MINUTE));
  const titled = (word: string) => `${word} on ${platform}`;
  const free = (title: string) => new RegExp(`${title}(?![\\s\\S]*is asking a question)`);
  const held = (title: string) => new RegExp(`${title}[\\s\\S]*is asking a question, until`);

  const onItsWay = (title: string) => new RegExp(`Your question is on its way[\\s\\S]*${title}`);

  async function asksFirst(title: string, words: string): Promise<void> {
    const { student, mentor } = people();
    await asks(student, title);
    await mentor.sees(title, 'channel');
    await mentor.presses('Ask a question first', title);
    await mentor.fills({ 'Your question': words });
    await mentor.sees(onItsWay(title), 'private');
  }

  test('everybody sees it; the answer comes with the way to claim, and stays with the request', async () => {
    const { student, mentor, rival } = people();
    await asksFirst(titled('Known'), 'Which <version>?');
    const card = await rival.sees(held(titled('Known')), 'channel');
    expect(card.text).toContain(`${mentor.name} is asking a question`);
    expect(card.buttons).toEqual(['Claim']);

    await rival.presses('Claim', titled('Known'));
    await rival.sees(
      new RegExp(`${mentor.name} is asking a question first[\\s\\S]*held for them until`),
      'private',
    );
    await rival.types('mini-mentor');
    await rival.sees(held(titled('Known')), 'private');

    // The half hour is kept by the database, not in memory.
    await programme.bot.crash();
    const asked = await student.sees(/A mentor has a question[\s\S]*Known[\s\S]*Which <version>\?/, 'dm');
    expect(asked.buttons).toEqual(['Answer', 'Details', 'Cancel']);
    await student.presses('Answer', /A mentor has a question/);
    await student.fills({ 'Your answer': '3.14, on *Windows*' });
    await student.sees(/Your answer is on its way/, 'private');
    const answered = await mentor.sees(/The answer to your question[\s\S]*3\.14, on \*Windows\*/, 'dm');
    expect(answered.buttons).toEqual(['Claim', 'Let go', 'Details']);

    await mentor.presses('Claim', /The answer to your question/);
    await mentor.sees(/It is yours/, 'private');
    await rival.sees(new RegExp(`${titled('Known')}[\\s\\S]*Claimed by`), 'channel');
    await mentor.presses('Details', /It is yours/);
    await mentor.sees(/Known[\s\S]*Which <version>\?[\s\S]*3\.14/, 'private');
    // What was answered long ago explains itself.
    await pressesTaken(student, 'Answer', /A mentor has a question/);
    await student.fills({ 'Your answer': 'Once more' });
    if (platform === 'slack') {
      expect(JSON.stringify(await student.form())).toContain('answered this question already');
      await student.closesForm();
    } else await student.sees(/answered this question already/, 'private');
  });

  test('without an answer it is open to all after half an hour, and a late answer still arrives', async () => {
    const { student, mentor, rival } = people();
    await asksFirst(titled('Silence'), 'Are you there?');
    await rival.sees(held(titled('Silence')), 'channel');
    await passes(29);
    expect((await rival.sees(titled('Silence'), 'channel')).text).toMatch(/is asking a question/);
    await passes(1);
    const freed = await rival.sees(free(titled('Silence')), 'channel');
    expect(freed.buttons).toEqual(['Claim', 'Ask a question first']);

    // One question each.
    await mentor.presses('Ask a question first', titled('Silence'));
    await mentor.fills({ 'Your question': 'And now?' });
    if (platform === 'slack') {
      expect(JSON.stringify(await mentor.form())).toContain('asked about this request already');
      await mentor.closesForm();
    } else await mentor.sees(/asked about this request already/, 'private');

    await rival.presses('Claim', titled('Silence'));
    await rival.sees(/It is yours/, 'private');
    await student.presses('Answer', /Silence[\s\S]*Are you there\?/);
    await student.fills({ 'Your answer': 'Yes, sorry' });
    await student.sees(/Your answer is on its way/, 'private');
    const late = await mentor.sees(/Silence[\s\S]*Yes, sorry[\s\S]*no longer open/, 'dm');
    expect(late.buttons).toEqual(['Open requests']);
    // Whoever claimed reads it too.
    await rival.presses('Details', /It is yours/);
    await rival.sees(/Are you there\?[\s\S]*Yes, sorry/, 'private');
  });

  test('let go, it is open to all at once; taken back, whoever asked hears of it', async () => {
    const { student, mentor, rival } = people();
    await asksFirst(titled('Left'), 'Do you use Linux?');
    await mentor.presses('Let go', onItsWay(titled('Left')));
    await mentor.sees(/It is open to everybody/, 'private');
    await rival.sees(free(titled('Left')), 'channel');
    await rival.presses('Ask a question first', titled('Left'));
    await rival.fills({ 'Your question': 'Which editor?' });
    await rival.sees(onItsWay(titled('Left')), 'private');
    await student.sees(/Which editor\?/, 'dm');
    await student.types('mini-sessions');
    await student.sees(new RegExp(`My requests[\\s\\S]*${titled('Left')}`), 'private');
    await student.presses('Cancel', titled('Left'));
    await student.sees(/Your request is cancelled/, 'private');
    await rival.sees(/The student cancelled[\s\S]*Left/, 'dm');
    expect(
      (await rival.sees(new RegExp(`${titled('Left')}[\\s\\S]*cancelled`, 'i'), 'channel')).buttons,
    ).toEqual([]);
  });
});
