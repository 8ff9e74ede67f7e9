import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, buttons } from '../../../src/messages/card.ts';
import { otherTimeForm, requestForm } from '../../../src/messages/forms.ts';
import { commands } from '../../../src/routes.ts';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { done, refused } from '../../support/fake-desk.ts';
import { spokenCard as card, inEnglish } from '../../support/spoken.ts';
import { prepare, type Stage, until } from './bot.ts';

let stage: Stage;
let ada: DiscordPerson;

beforeEach(async () => {
  stage = await prepare({}, { ready: 10_000, drain: 1_000, draft: 300, request: 10_000 });
  stage.desk.commands.push(...commands.filter(({ name }) => name === 'mini-session'), {
    name: 'time',
    description: 'A time',
    intent: 'session.other-time',
    options: [],
  });
  stage.desk.forms.set('request.new', requestForm);
  stage.desk.forms.set('session.other-time', otherTimeForm);
  await stage.bot.start();
  ada = stage.discord.addUser({ name: 'Ada', timeZone: 'Europe/Berlin' });
});
afterEach(() => stage.close());

const submitted = (name: string) =>
  stage.desk.performed.filter(({ intent }) => intent.name === name).map(({ intent }) => intent);

describe('a form that fits into one modal', () => {
  it('hands over every kind of field, and remembers a zone that was typed with a time', async () => {
    await ada.types('every');
    const form = await ada.form();
    expect(form.fields.map(({ label, kind, value }) => [label, kind, value])).toMatchSnapshot();
    await ada.fills({
      Title: 'Help *me* @everyone',
      Description: 'Two\nlines',
      Urgency: 'Very high',
      Tags: 'git, #python,, git',
      'Preferred times': '2027-03-03 18:30 Europe/Berlin, 2027-03-04 10:00-12:00',
    });
    await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did everything.submit', 'private');
    const [{ intent, by } = expect.fail()] = stage.desk.performed;
    expect(intent.fields).toEqual({
      title: 'Help *me* @everyone',
      description: 'Two\nlines',
      urgency: 'high',
      tags: ['git', 'python'],
      times: [
        { start: '2027-03-03T17:30:00.000Z', end: null },
        { start: '2027-03-04T09:00:00.000Z', end: '2027-03-04T11:00:00.000Z' },
      ],
      timeZone: 'Europe/Berlin',
    });
    expect(by.timeZone).toBe('Europe/Berlin');
    expect(stage.desk.drafts.size).toBe(0);
  });

  it('leaves out what was left empty, and keeps defaults', async () => {
    await ada.types('every');
    await ada.fills({ Title: 'Only this' });
    await ada.sees('Did everything.submit', 'private');
    expect(submitted('everything.submit')[0]?.fields).toEqual({ title: 'Only this', urgency: 'normal' });
  });

  it('asks no more for what an option of the command told', async () => {
    await ada.types('every', { urgency: 'Very high' });
    expect((await ada.form()).fields.map(({ label }) => label)).toEqual([
      'Title',
      'Description',
      'Tags',
      'Preferred times',
    ]);
    await ada.fills({ Title: 'A title' });
    await ada.sees('Did everything.submit', 'private');
    expect(submitted('everything.submit')[0]?.fields).toEqual({ title: 'A title', urgency: 'high' });
  });

  it('asks with it filled in what finds no room to ride along', async () => {
    const title =
      'A title that is far too long to ride along in the name of a form, as it says more than 100 signs';
    stage.desk.commands.push({
      name: 'titled',
      description: 'With a title',
      intent: 'request.new',
      options: [
        { name: 'title', label: 'title', description: 'Title', fills: 'title', choices: [] },
        { name: 'tags', label: 'tags', description: 'Tags', fills: 'tags', choices: [] },
      ],
    });
    await stage.restart();
    await ada.types('titled', { title, tags: 'git, c++' });
    const { fields } = await ada.form();
    expect(fields[0]).toMatchObject({ label: 'Title', value: title });
    expect(fields.map(({ label }) => label)).toEqual([
      'Title',
      'Session type',
      'Description',
      'Preferred times',
      'Duration',
    ]);
    await ada.fills({ 'Session type': labelOf('type', 'other'), Description: 'd' });
    await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')[0]?.fields).toMatchObject({ title, tags: ['git', 'c++'] });
  });

  it('asks for the zone only when times were typed and nobody knows it', async () => {
    await ada.types('time');
    expect((await ada.form()).fields.map(({ label }) => label)).toEqual(['Start']);
    await ada.fills({ Start: '2027-03-03 18:30' });
    await ada.sees('I need your time zone', 'private');
    await ada.presses('Continue');
    expect((await ada.form()).fields.map(({ label }) => label)).toEqual(['Your time zone']);
    await ada.fills({ 'Your time zone': 'berlin' });
    await ada.sees('Ready to send', 'private');
    expect(stage.desk.performed).toEqual([]);
    await ada.presses('Send');
    await ada.sees('Did session.schedule', 'private');
    const { intent, by } = stage.desk.performed[0] ?? expect.fail();
    expect(intent.fields).toEqual({
      time: [{ start: '2027-03-03T17:30:00.000Z', end: null }],
      timeZone: 'Europe/Berlin',
    });
    expect(by.timeZone).toBe('Europe/Berlin');
    expect(ada.sight('private')).toHaveLength(1);
    expect(stage.desk.drafts.size).toBe(0);
  });

  it('uses a zone that is known without a word', async () => {
    stage.desk.zones.set(ada.userId, 'Asia/Tokyo');
    await ada.types('time');
    await ada.fills({ Start: '2027-03-03 18:30' });
    await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did session.schedule', 'private');
    const { intent, by } = stage.desk.performed[0] ?? expect.fail();
    expect(intent.fields.time).toEqual([{ start: '2027-03-03T09:30:00.000Z', end: null }]);
    expect(by.timeZone).toBeNull();
  });

  it('says which zone it does not know, and lets it be mended', async () => {
    await ada.types('time');
    await ada.fills({ Start: '2027-03-03 18:30' });
    await ada.sees('I need your time zone', 'private');
    await ada.presses('Continue');
    await ada.fills({ 'Your time zone': 'Atlantis' });
    const told = await ada.sees(/Almost[\s\S]*Atlantis/, 'private');
    expect(told.text, 'a time of no zone').not.toMatch(/2027/);
    expect(told.buttons).toEqual(['Edit']);
    await ada.presses('Edit');
    expect((await ada.form()).fields.map(({ label, value }) => [label, value])).toEqual([
      ['Start', '2027-03-03 18:30'],
      ['Your time zone', 'Atlantis'],
    ]);
    await ada.fills({ 'Your time zone': 'America/New_York' });
    await ada.sees('Ready to send', 'private');
    expect(stage.desk.performed).toEqual([]);
    await ada.presses('Send');
    await ada.sees('Did session.schedule', 'private');
    expect(submitted('session.schedule')[0]?.fields.time).toEqual([
      { start: '2027-03-03T23:30:00.000Z', end: null },
    ]);
  });

  describe('a single time', () => {
    beforeEach(() => {
      stage.desk.zones.set(ada.userId, 'Europe/Berlin');
    });

    it('is shown on the reader’s own clock, and sent at one press', async () => {
      await ada.types('time');
      await ada.fills({ Start: 'tomorrow 3pm America/New_York' });
      const shown = await ada.sees('Ready to send', 'private');
      expect(shown.text).toMatch(/Start.*9:00\sPM/);
      expect(shown.buttons).toEqual(['Send', 'Edit']);
      await ada.presses('Send');
      await ada.sees('Did session.schedule', 'private');
      expect(submitted('session.schedule')).toHaveLength(1);
    });

    it.each([
      ['lies in the past', '2020-01-01 10:00', /Almost[\s\S]*(past|gone)/i],
      ['is too far ahead', '2031-01-01 10:00', /Almost[\s\S]*90 days/],
      ['could be two days', '03/04/2027 10:00', /03\/04\/2027/],
    ])('that %s comes back, with the form as it was left', async (_why, typed, words) => {
      stage.desk.on('session.schedule', ({ problems }) =>
        problems.length > 0 ? refused('Almost', String(problems[0]?.detail), { time: 'No.' }) : done('Set'),
      );
      await ada.types('time');
      await ada.fills({ Start: typed });
      const told = await ada.sees(words, 'private');
      expect(told.buttons).not.toContain('Send');
      await ada.presses(told.buttons[0] ?? '');
      const form = await ada.form();
      expect(form.fields.find(({ label }) => label === 'Start')?.value).toBe(typed);
      await ada.fills({ Start: '2027-03-03 18:30' });
      await ada.sees('Ready to send', 'private');
      await ada.presses('Send');
      await ada.sees('Set', 'private');
    });
  });
});

describe('a form that takes two steps', () => {
  const firstStep = {
    Title: 'My build fails',
    'Session type': 'Help with a bug',
    Description: 'I tried everything.',
    'Preferred times': 'Fri 10:00-12:00, tomorrow 3pm',
    Tags: 'git',
  };

  beforeEach(() => {
    stage.desk.zones.set(ada.userId, 'Europe/Berlin');
  });

  it('asks first for what has no default, then sends with the defaults at one press', async () => {
    await ada.types('mini-session');
    expect((await ada.form()).fields.map(({ label }) => label)).toEqual(Object.keys(firstStep));
    await ada.fills(firstStep);
    const seen = await ada.sees('Ready to send', 'private');
    expect(seen.text).toMatchSnapshot();
    expect(seen.buttons).toEqual(['Send', 'More options', 'Edit']);
    expect(stage.desk.performed).toEqual([]);
    const [draft] = stage.desk.drafts.keys();
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')).toEqual([
      {
        name: 'request.submit',
        args: {},
        problems: [],
        id: draft,
        fields: {
          title: 'My build fails',
          sessionType: 'debugging',
          description: 'I tried everything.',
          preferredTimes: [
            { start: '2027-03-05T09:00:00.000Z', end: '2027-03-05T11:00:00.000Z' },
            { start: '2027-03-02T14:00:00.000Z', end: null },
          ],
          tags: ['git'],
          durationMinutes: '30',
          urgency: 'normal',
          timeZone: 'Europe/Berlin',
        },
      },
    ]);
    expect(stage.desk.drafts.size).toBe(0);
    expect(ada.sight('private')).toHaveLength(1);
  });

  it('opens the rest as a second modal, and shows the times again before it sends', async () => {
    await ada.types('mini-session');
    await ada.fills(firstStep);
    await ada.sees('Ready to send', 'private');
    await ada.presses('More options');
    expect((await ada.form()).fields.map(({ label, value }) => [label, value])).toEqual([
      ['Duration', [labelOf('duration', '30')]],
      ['Urgency', [labelOf('urgency', 'normal')]],
    ]);
    await ada.fills({ Duration: labelOf('duration', '60') });
    // The times were shown once, but a form that was changed since is shown again.
    await ada.sees(/Ready to send(?![\s\S]*Duration)/, 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')[0]?.fields).toMatchObject({
      durationMinutes: '60',
      urgency: 'normal',
    });
    expect(stage.desk.drafts.size).toBe(0);
  });

  it('fits into one modal when options tell the rest', async () => {
    await ada.types('mini-session', {
      type: labelOf('type', 'debugging'),
      duration: labelOf('duration', '60'),
      urgency: labelOf('urgency', 'high'),
    });
    const { 'Session type': _, ...rest } = firstStep;
    expect((await ada.form()).fields.map(({ label }) => label)).toEqual(Object.keys(rest));
    await ada.fills(rest);
    await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')[0]?.fields).toMatchObject({
      sessionType: 'debugging',
      durationMinutes: '60',
      urgency: 'high',
    });
  });

  it('goes on after a restart between the first modal and Send', async () => {
    await ada.types('mini-session');
    await ada.fills(firstStep);
    await ada.sees('Ready to send', 'private');
    await stage.restart();
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')).toHaveLength(1);
  });

  it('asks the first step again, filled as it was left', async () => {
    await ada.types('mini-session');
    await ada.fills(firstStep);
    await ada.sees('Ready to send', 'private');
    await ada.presses('Edit');
    expect((await ada.form()).fields.map(({ label, value }) => [label, String(value)])).toEqual(
      Object.entries(firstStep),
    );
    await ada.fills({ Title: 'My build fails on Windows', 'Preferred times': '' });
    await ada.sees(/Ready to send[\s\S]*Duration/, 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')[0]?.fields).toMatchObject({ title: 'My build fails on Windows' });
    expect(submitted('request.submit')[0]?.fields).not.toHaveProperty('preferredTimes');
  });

  it('asks for the zone in the second step, and offers no Send before', async () => {
    stage.desk.zones.clear();
    await ada.types('mini-session');
    await ada.fills(firstStep);
    const seen = await ada.sees('I need your time zone', 'private');
    expect(seen.buttons).toEqual(['Continue', 'Edit']);
    await ada.presses('Continue');
    await ada.fills({ 'Your time zone': 'new york' });
    await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    expect(submitted('request.submit')[0]?.fields).toMatchObject({
      timeZone: 'America/New_York',
      preferredTimes: [
        { start: '2027-03-05T15:00:00.000Z', end: '2027-03-05T17:00:00.000Z' },
        { start: '2027-03-02T20:00:00.000Z', end: null },
      ],
    });
  });

  it('says which times it cannot read, before anything is sent', async () => {
    await ada.types('mini-session');
    await ada.fills({ ...firstStep, 'Preferred times': 'soonish, Fri 10:00' });
    const seen = await ada.sees('soonish Fri 10:00', 'private');
    expect(seen.buttons).toEqual(['More options', 'Edit']);
    await ada.presses('Edit');
    await ada.fills({ 'Preferred times': 'Fri 10:00' });
    await ada.sees('Ready to send', 'private');
  });

  it('makes one request of two presses on Send', async () => {
    let finish: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      finish = resolve;
    });
    stage.desk.on('request.submit', async () => {
      await wait;
      return done('Sent once');
    });
    await ada.types('mini-session');
    await ada.fills(firstStep);
    const { id } = await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.pressesOld(id, 'Send');
    finish();
    await ada.sees('Sent once', 'private');
    await ada.pressesOld(id, 'Send');
    const seen = await ada.sees('Sent once', 'private');
    expect(seen.text).not.toContain('no longer open');
    expect(submitted('request.submit')).toHaveLength(1);
  });

  it('tells after a restart that a sent form is gone', async () => {
    await ada.types('mini-session');
    await ada.fills(firstStep);
    const { id } = await ada.sees('Ready to send', 'private');
    await ada.presses('Send');
    await ada.sees('Did request.submit', 'private');
    await stage.restart();
    await ada.pressesOld(id, 'Send');
    await ada.sees('This form is no longer open', 'private');
    await ada.pressesOld(id, 'Edit');
    await until(() => ada.sight('private').length === 2);
    expect(submitted('request.submit')).toHaveLength(1);
  });
});

describe('a form that is refused', () => {
  it('can be edited as it was left, and sent again', async () => {
    stage.desk.on('everything.submit', ({ fields }) =>
      fields.title === 'Better'
        ? done('Sent')
        : refused('Almost', 'The title is bad.', { title: 'The title is bad.' }),
    );
    await ada.types('every');
    await ada.fills({ Title: 'Bad', Description: 'x'.repeat(2_000), Tags: 'a, b' });
    const seen = await ada.sees('The title is bad', 'private');
    expect(seen.buttons).toEqual(['Edit and send again']);
    await stage.restart();
    await ada.presses('Edit and send again');
    const { fields } = await ada.form();
    expect(Object.fromEntries(fields.map(({ label, value }) => [label, value]))).toMatchObject({
      Title: 'Bad',
      Description: 'x'.repeat(2_000),
      Urgency: ['Normal'],
      Tags: 'a, b',
    });
    await ada.fills({ Title: 'Worse' });
    await ada.sees('The title is bad', 'private');
    await ada.presses('Edit and send again');
    await ada.fills({ Title: 'Better' });
    await ada.sees('Sent', 'private');
    expect(submitted('everything.submit').map(({ fields }) => fields.title)).toEqual([
      'Bad',
      'Worse',
      'Better',
    ]);
    expect(stage.desk.drafts.size).toBe(0);
    expect(ada.sight('private')).toHaveLength(1);
  });

  it('repeats what was typed when it cannot be kept, every character of it', async () => {
    const description = `${'*word* '.repeat(285)}END`;
    stage.desk.keepDraft = async () => null;
    stage.desk.on('everything.submit', refused('Out of order', 'Try again later.'));
    await ada.types('every');
    await ada.fills({ Title: '@everyone', Description: description });
    await ada.sees('Out of order', 'private');
    await ada.sees('END', 'private');
    const all = ada
      .sight('private')
      .map(({ text }) => text)
      .join('\n');
    expect(all).toContain('@everyone');
    expect(all.split('*word*')).toHaveLength(286);
    expect(ada.sight('private').flatMap(({ buttons }) => buttons)).toEqual([]);
  });

  it('gives back what was typed into a form whose draft is gone', async () => {
    stage.desk.on('everything.submit', refused('Almost', 'No.', { title: 'No.' }));
    await ada.types('every');
    await ada.fills({ Title: 'Bad' });
    await ada.sees('Almost', 'private');
    await ada.presses('Edit and send again');
    stage.desk.drafts.clear();
    await ada.fills({ Title: 'Typed in vain?' });
    await ada.sees('This form is no longer open', 'private');
    await ada.sees('Typed in vain?', 'private');
  });

  it('does not let a slow database eat the form', async () => {
    stage.desk.on('everything.submit', refused('Almost', 'No.', { title: 'No.' }));
    await ada.types('every');
    await ada.fills({ Title: 'Bad' });
    await ada.sees('Almost', 'private');
    const read = stage.desk.draft;
    stage.desk.draft = () => new Promise(() => {});
    await ada.presses('Edit and send again');
    await ada.sees('I cannot open your form right now', 'private');
    stage.desk.draft = read;
    await ada.presses('Edit and send again');
    expect((await ada.form()).fields[0]?.value).toBe('Bad');
  });

  it('keeps the drafts of one person from another', async () => {
    const bo = stage.discord.addUser({ name: 'Bo', timeZone: 'UTC' });
    stage.desk.on('everything.submit', refused('Almost', 'No.', { title: 'No.' }));
    await ada.types('every');
    await ada.fills({ Title: 'Mine' });
    await ada.sees('Almost', 'private');
    const [id = ''] = stage.desk.drafts.keys();
    const address = { to: 'channel' as const, spaceId: stage.discord.guildId, channelId: stage.mentors };
    const forged = card(
      'neutral',
      'Forged',
      buttons(
        button('Take', 'draft.send', { draft: id }),
        button('Look', 'draft.open', { draft: id, ask: '0.99.x' }),
      ),
    );
    await stage.bot.post(address, forged, { id: 'd1', maybeSent: false });
    await bo.presses('Take');
    await bo.sees('This form is no longer open', 'private');
    await bo.presses('Look');
    await until(() => bo.sight('private').length === 2);
    expect(submitted('everything.submit')).toHaveLength(1);
  });
});

const labelOf = (optionName: string, value: string): string =>
  inEnglish(
    commands[0]?.options.find(({ name }) => name === optionName)?.choices.find((one) => one.value === value)
      ?.label ?? expect.fail(),
  );
