import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../../../src/platforms/platform.ts';
import { done, refused } from '../../support/fake-desk.ts';
import { type SlackWithBot, slackWithBot } from './bot.ts';

describe('a use-case that takes longer than Slack waits', () => {
  let it: SlackWithBot;
  let finish: (answer: Answer) => void;
  beforeEach(async () => {
    it = await slackWithBot({ timing: { answerWithin: 20 } });
    it.desk.on('everything.submit', () => new Promise((resolve) => (finish = resolve)));
    await it.student.types('every', { text: 'high A title' });
    await it.student.form();
    await it.student.fills({
      Description: 'Typed with care',
      Tags: ['one', 'two'],
      'Preferred times (2)': '2027-03-02T15:00:00Z',
    });
    await it.student.sees('Still working on it…', 'private');
  });
  afterEach(() => it.close());

  const typed = ['A title', 'Typed with care', 'Very high', ['one', 'two']];
  const shown = async () => (await it.student.form()).fields.slice(0, 4).map(({ value }) => value);

  test('what was typed is kept before the form is gone, and can be opened again while it works', async () => {
    const seen = await it.student.sees('Still working on it…', 'private');
    expect(seen.buttons).toEqual(['Open the form again']);
    expect(it.desk.drafts.size).toBe(1);
    await it.student.presses('Open the form again');
    await it.slack.eventually(() => it.calls('views.update')[1]);
    expect(await shown()).toEqual(typed);
    expect((await it.student.form()).fields[4]?.value).toContain('2027');
  });

  test('nothing stays kept of what went well', async () => {
    finish(done('It worked'));
    await it.student.sees('It worked', 'private');
    await vi.waitFor(() => expect(it.desk.drafts.size).toBe(0));
  });

  test('the result comes into the same modal', async () => {
    finish(done('It worked'));
    await it.student.sees('It worked', 'private');
    expect(it.student.sight('private')).toHaveLength(1);
    expect(it.student.sight('dm')).toHaveLength(0);
  });

  test('a refusal offers the form again, with all that was typed, and sending it works', async () => {
    finish(refused('Please look again', 'One thing.', { tags: 'Too many.' }));
    const seen = await it.student.sees('Please look again', 'private');
    expect(seen.buttons).toEqual(['Open the form again']);
    expect(it.desk.drafts.size).toBe(1);
    await it.student.presses('Open the form again');
    await it.slack.eventually(() => it.slack.wire.filter(({ path }) => path === 'views.update')[2]);
    expect(await shown()).toEqual(typed);
    expect((await it.student.form()).fields[4]).toMatchObject({
      label: 'Preferred times (1)',
      value: expect.stringContaining('2027'),
    });
    it.desk.on('everything.submit', done('Now it worked'));
    await it.student.fills({ Tags: 'one' });
    await it.student.sees('Now it worked', 'private');
    const [first, second] = it.desk.performed.map(({ intent }) => intent);
    expect(second?.id).not.toBe(first?.id);
    expect(second?.args).toEqual({ urgency: 'high' });
    expect(second?.fields).toMatchObject({ description: 'Typed with care', tags: ['one'] });
    await vi.waitFor(() => expect(it.desk.drafts.size).toBe(0));
  });

  test('when the modal was closed meanwhile, a direct message tells, and opens the form again', async () => {
    await it.student.types('list'); // Who goes on to something else closes what they read.
    finish(refused('Please look again', 'One thing.'));
    await it.student.sees('Please look again', 'dm');
    await it.student.presses('Open the form again');
    await it.slack.eventually(() =>
      it.calls('views.update').find(({ status, ...e }) => status === 200 && !('error' in e)),
    );
    expect(await shown()).toEqual(typed);
  });

  test('when nothing can be kept, the form itself comes back filled', async () => {
    it.desk.replaceDraft = () => Promise.reject(new Error('the database is gone'));
    finish(refused('The database is gone', 'Please send it again in a minute.'));
    await it.slack.eventually(() => it.calls('views.update')[0]);
    const form = await it.student.form();
    expect(form).toMatchObject({ text: 'The database is gone. Please send it again in a minute.' });
    expect(await shown()).toEqual(typed);
  });

  test('a draft that is gone is said', async () => {
    finish(refused('Please look again', 'One thing.'));
    await it.student.sees('Please look again', 'private');
    it.desk.drafts.clear();
    await it.student.presses('Open the form again');
    await it.student.sees('What you typed is no longer kept', 'private');
  });
});

describe('stopping', () => {
  test('what was begun is finished first, and who still comes meanwhile is served too', async () => {
    const it = await slackWithBot({ timing: { answerWithin: 5_000, drain: 5_000 } });
    const finish: ((answer: Answer) => void)[] = [];
    it.desk.on('everything.list', () => new Promise((resolve) => finish.push(resolve)));
    await it.student.types('list');
    await it.desk.until('everything.list');
    const stopped = it.bot.stop();
    expect(it.bot.health()).toBe('down');
    await it.mentor.types('list');
    await it.desk.until('everything.list', 2);
    for (const answer of finish) answer(done('Finished'));
    await stopped;
    await it.student.sees('Finished', 'private');
    await it.mentor.sees('Finished', 'private');
    await it.slack.eventually(() => (it.slack.connections === 0 ? true : undefined));
    await it.slack.close();
  });

  test('what never ends is not waited for', async () => {
    const it = await slackWithBot({ timing: { drain: 20 } });
    it.desk.on('everything.list', () => new Promise(() => {}));
    await it.student.types('list');
    await it.desk.until('everything.list');
    await it.bot.stop();
    await it.slack.eventually(() => (it.slack.connections === 0 ? true : undefined));
    await it.slack.close();
  });
});
