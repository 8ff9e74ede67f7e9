import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { button, buttons, linkButton, text } from '../../../src/messages/card.ts';
import { done, everyField, listCard, refused } from '../../support/fake-desk.ts';
import { spokenCard as card } from '../../support/spoken.ts';
import { type SlackWithBot, slackWithBot } from './bot.ts';

describe.each(['socket', 'http'] as const)('what people do, over %s', (mode) => {
  let it: SlackWithBot;
  const clock = { now: new Date() };
  beforeEach(async () => {
    it = await slackWithBot({ mode, slack: { now: () => clock.now } });
  });
  afterEach(() => it.close());

  test('a command opens its form at once: only the language is asked for before, once', async () => {
    it.slack.wire.length = 0;
    await it.student.types('every');
    expect(await it.student.form()).toMatchObject({
      title: 'Every kind of field',
      fields: [
        { label: 'Title' },
        { label: 'Description' },
        { label: 'Urgency', value: 'Normal' },
        { label: 'Tags' },
        { label: 'Preferred times (1)' },
        { label: 'Preferred times (2)' },
        { label: 'Preferred times (3)' },
      ],
    });
    await it.student.closesForm();
    await it.student.types('every');
    await it.student.form();
    const asked = it.slack.wire.map(({ path }) => path).filter((path) => path !== 'ack');
    expect(asked).toEqual(['users.info', 'views.open', 'views.open']);
    expect(it.desk.performed).toEqual([]);
  });

  test('words after a command are choices first, then the title', async () => {
    await it.student.types('every', { text: 'Very high My build is red' });
    const { fields } = await it.student.form();
    expect(fields.slice(0, 3).map(({ value }) => value)).toEqual(['My build is red', '', 'Very high']);
  });

  test('a command without a form is answered privately', async () => {
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    const seen = await it.student.sees('All there is', 'private');
    expect(seen.buttons).toEqual(['More', 'New note']);
    expect(it.desk.performed[0]?.by).toEqual({
      platform: 'slack',
      spaceId: it.slack.teamId,
      userId: it.student.userId,
      name: 'Sam Student',
      timeZone: 'Europe/Berlin',
      language: 'en',
      zoneFromPlatform: true,
      isMentor: false,
      isCoordinator: false,
    });
  });

  test('help lists the commands', async () => {
    await it.student.types('every', { text: 'Help' });
    const { text } = await it.student.sees('What I can do', 'private');
    expect(text).toContain('/every: Ask for everything. You may add: The urgency (Low, Normal, Very high).');
    expect(text).toContain('/list: See everything.');
    expect(it.desk.performed).toEqual([]);
  });

  test('entries of menus open their form at once; with the message’s words, when they are about one', async () => {
    const id = await it.mentor.writes('Is this <b>right?</b> & that?');
    await it.student.picks('About this', 'right?');
    const { fields } = await it.student.form();
    expect(fields[1]).toMatchObject({
      label: 'Description',
      value: expect.stringMatching(
        new RegExp(
          `^“Is this <b>right\\?</b> & that\\?”\nhttps://sandbox.slack.com/archives/C\\d+/p${id.replace('.', '')}\n\n$`,
        ),
      ),
    });
    await it.student.closesForm();
    await it.student.runs('Begin anew');
    expect((await it.student.form()).fields[1]).toMatchObject({ value: '' });
    await it.student.closesForm();
    expect(it.desk.performed).toEqual([]);
  });

  test('an entry of an older manifest is answered kindly', async () => {
    await it.student.runs('Long gone');
    await it.student.sees('I do not know this button any more', 'dm');
  });

  test('a menu of tags goes on as one types, with what one typed, and without the desk when it is late', async () => {
    it.desk.tags = ['git', 'github', 'python'];
    await it.student.types('every');
    await it.student.form();
    expect(await it.student.offers('Tags', '')).toEqual(['git', 'github', 'python']);
    expect(await it.student.offers('Tags', 'git')).toEqual(['git', 'github']);
    expect(await it.student.offers('Tags', 'a < b & c')).toEqual(['a < b & c']);
    expect(await it.student.offers('Tags', 'x'.repeat(200))).toHaveLength(1);
    it.desk.suggestTags = () => Promise.reject(new Error('no database'));
    expect(await it.student.offers('Tags', 'git')).toEqual(['git']);
    expect(await it.student.offers('Tags', '')).toEqual([]);
    expect(it.slack.wire.filter(({ error }) => error)).toEqual([]);
  });

  test('what to expect comes above the fields after the form is open, and leaves what was typed', async () => {
    it.desk.forms.set('everything.new', (args) => ({ ...everyField(args), asksForMentor: true }));
    let tell: (words: string) => void = () => {};
    const words = new Promise<string>((resolve) => {
      tell = resolve;
    });
    it.desk.expectation = () => words;
    await it.student.types('every', { text: 'My title' });
    const { id } = await it.student.form();
    await it.student.uses(id, 'title', 'value', 'Another title');
    tell('It takes an hour.');
    await it.slack.eventually(() => it.calls('views.update')[0]);
    const { text, fields } = await it.student.form();
    expect(text).toContain('It takes an hour.');
    expect(fields[0]).toMatchObject({ label: 'Title', value: 'Another title' });
    expect(it.calls('views.update')[0]?.body).toMatchObject({ view_id: id, hash: expect.any(String) });
  });

  test('a command of an older manifest is answered kindly', async () => {
    it.slack.setCommands(['every', 'list', 'ancient']);
    await it.student.types('ancient');
    const { text } = await it.student.sees('I do not know /ancient', 'private');
    expect(text).toContain('/every');
  });

  test('a filled form runs its intent, and its modal becomes the result', async () => {
    await it.student.types('every', { text: 'low Ask' });
    await it.student.form();
    await it.student.fills({
      Description: 'Two\nlines',
      Tags: ['git', 'my own, and more'],
      'Preferred times (1)': '2027-03-02T15:00:00Z',
      'Preferred times (3)': '2027-03-03T15:30:00Z',
    });
    const result = await it.student.sees('Did everything.submit', 'private');
    expect(result.text).toContain('Every kind of field');
    const [act] = it.desk.performed;
    expect(act?.intent).toMatchObject({
      name: 'everything.submit',
      args: { urgency: 'low' },
      problems: [],
      fields: {
        title: 'Ask',
        description: 'Two\nlines',
        urgency: 'low',
        tags: ['git', 'my own', 'and more'],
        times: [
          { start: '2027-03-02T15:00:00.000Z', end: null },
          { start: '2027-03-03T15:30:00.000Z', end: null },
        ],
      },
    });
    expect(act?.intent.fields).not.toHaveProperty('timeZone');
    expect(act?.by.timeZone).toBe('Europe/Berlin');
  });

  test('field problems stand below their fields, and nothing typed is lost', async () => {
    it.desk.on(
      'everything.submit',
      refused('Please look again', 'Three things.', {
        description: 'Too short.',
        times: 'That is in the past.',
        timeZone: 'I do not know this zone.',
      }),
    );
    await it.student.types('every');
    await it.student.form();
    await it.student.fills({ Title: 'Kept', Description: 'x' });
    const { fields } = await it.student.form();
    expect(fields).toMatchObject([
      { value: 'Kept', error: 'Your time zone: I do not know this zone.' },
      { value: 'x', error: 'Too short.' },
      {},
      {},
      { label: 'Preferred times (1)', error: 'That is in the past.' },
      {},
      {},
    ]);
    it.desk.on('everything.submit', done('Now it is right'));
    await it.student.form();
    await it.student.fills({ Description: 'long enough' });
    await it.student.sees('Now it is right', 'private');
  });

  test('a refusal that is about no field keeps the form open too', async () => {
    it.desk.on('everything.submit', refused('Not now', 'The *house* is on fire.'));
    await it.student.types('every');
    await it.student.form();
    await it.student.fills({ Title: 'Kept' });
    const { fields } = await it.student.form();
    expect(fields[0]).toMatchObject({ value: 'Kept', error: 'Not now. The *house* is on fire.' });
  });

  test('a button in a message is answered beside it, one in a private answer in its place', async () => {
    const channel = { to: 'channel', spaceId: it.slack.teamId, channelId: it.mentorsChannel } as const;
    await it.bot.post(channel, listCard, { id: 'd1', maybeSent: false });
    it.desk.on(
      'everything.more',
      done('Page two', ...card('good', '', buttons(button('Even more', 'everything.third'))).blocks),
    );
    await it.mentor.presses('More');
    const answer = await it.mentor.sees('Page two', 'private');
    await it.mentor.presses('Even more');
    const next = await it.mentor.sees('Did everything.third', 'private');
    expect(next.id).toBe(answer.id);
    expect(it.mentor.sight('private')).toHaveLength(1);
    expect(it.mentor.sight('channel').at(-1)).toMatchObject({ edited: false, buttons: ['More', 'New note'] });
    expect(it.desk.performed[0]).toMatchObject({
      intent: { name: 'everything.more', args: { page: '2' }, fields: {} },
      by: { name: 'Mira Mentor', isMentor: true, timeZone: 'America/New_York' },
    });
  });

  test('a button opens a form that carries the button’s arguments', async () => {
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    await it.student.sees('All there is', 'private');
    await it.student.presses('New note');
    await it.student.form();
    await it.student.fills({ Note: 'hello' });
    await it.student.sees('Did note.submit', 'private');
    expect(it.desk.performed.at(-1)?.intent).toMatchObject({
      args: { about: 'x' },
      fields: { note: 'hello' },
    });
  });

  test('buttons in a result change that modal, also into a form', async () => {
    it.desk.on('everything.submit', { ok: true, card: listCard });
    await it.student.types('every');
    await it.student.form();
    await it.student.fills({ Title: 'x' });
    await it.student.sees('All there is', 'private');
    await it.student.presses('New note');
    expect((await it.student.form()).title).toBe('A note');
    it.desk.on('note.submit', { ok: true, card: listCard });
    await it.student.form();
    await it.student.fills({ Note: 'hello' });
    await it.student.presses('More');
    await it.student.sees('Did everything.more', 'private');
  });

  test('an older version of a button or form is answered kindly', async () => {
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    await it.student.sees('All there is', 'private');
    it.desk.forms.delete('everything.new');
    await it.student.presses('New note');
    it.desk.forms.delete('note.new');
    await it.student.form();
    await it.student.fills({ Note: 'hello' });
    await it.student.sees('I do not know this form any more', 'private');
  });

  test('a link button asks nothing of the desk and is acknowledged in silence', async () => {
    it.desk.on(
      'everything.list',
      done('Links', ...card('good', '', buttons(linkButton('Join', 'https://meet.example/x'))).blocks),
    );
    await it.student.types('list');
    await it.student.sees('Links', 'private');
    expect(await it.student.follows('Join')).toBe('https://meet.example/x');
    expect(it.desk.performed).toHaveLength(1);
    expect(it.student.sight('private')).toHaveLength(1);
  });

  test('what is delivered twice has the same id; what is done twice has not', async () => {
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    await it.student.sees('All there is', 'private');
    it.desk.on('everything.more', { ok: true, card: listCard });
    await it.student.presses('More');
    await it.student.pressAgain();
    const [first, again] = await it.desk.until('everything.more', 2);
    expect(first?.intent.id).toBe(again?.intent.id);
    await it.student.presses('More');
    const [, , other] = await it.desk.until('everything.more', 3);
    expect(other?.intent.id).not.toBe(first?.intent.id);

    await it.student.types('every');
    await it.student.form();
    await it.student.fills({ Title: 'once' });
    await it.student.pressAgain();
    const [sent, sentAgain] = await it.desk.until('everything.submit', 2);
    expect(sent?.intent.id).toBe(sentAgain?.intent.id);
  });

  test('a press that opens a form, delivered twice, says nothing of trouble', async () => {
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    await it.student.sees('All there is', 'private');
    await it.student.presses('New note');
    await it.student.pressAgain();
    expect((await it.student.form()).title).toBe('A note');
    await it.slack.eventually(() => it.calls('views.open')[1]);
    await it.bot.stop(); // Finishes what it began.
    expect(it.student.sight('private').map((seen) => seen.buttons)).toEqual([['More', 'New note']]);
  });

  test('a form that could not be opened in time is said, not left out', async () => {
    it.slack.faults.fail({ method: 'views.open', error: 'expired_trigger_id' });
    await it.student.types('every');
    await it.student.sees('Slack was too slow to open the form', 'private');
    it.slack.faults.fail({ method: 'views.open', http: 503 });
    await it.student.types('every');
    await it.student.sees('Something went wrong on my side', 'private');
  });

  test('a desk that breaks its promise is met with an apology', async () => {
    it.desk.on('everything.list', () => Promise.reject(new Error('bug')));
    await it.student.types('list');
    await it.student.sees('Something went wrong on my side', 'private');
  });

  test('a desk that throws where it must not is met with an apology too', async () => {
    await it.student.types('every');
    const broken = () => {
      throw new Error('bug');
    };
    it.desk.formFor = broken;
    await it.student.form();
    await it.student.fills({ Title: 'x' });
    await it.student.sees('Something went wrong on my side', 'private');
    it.desk.form = broken;
    await it.mentor.types('every');
    await it.mentor.sees('Something went wrong on my side', 'private');
  });

  test('a card that cannot be shown is a bug, not silence', async () => {
    it.desk.on(
      'everything.list',
      done('x', ...card('good', '', buttons(button('A', 'a.b'), button('B', 'a.b'))).blocks),
    );
    await it.student.types('list');
    await it.student.sees('Something went wrong on my side', 'dm');
  });

  test('when the private answer cannot be given there, it comes as a direct message', async () => {
    it.desk.on('everything.list', () => {
      clock.now = new Date(clock.now.getTime() + 31 * 60_000); // Slack forgets a response_url after 30 minutes.
      return done('Late', ...card('good', '', text('only you')).blocks);
    });
    await it.student.types('list');
    await it.student.sees('only you', 'dm');
  });
});
