import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { button, buttons, type Card, card, heading, text } from '../../../src/messages/card.ts';
import type { Answer } from '../../../src/platforms/platform.ts';
import { TryLater, Undeliverable } from '../../../src/platforms/platform.ts';
import { done, refused } from '../../support/fake-desk.ts';
import { spoken } from '../../support/spoken.ts';
import { type SlackWithBot, slackWithBot } from './bot.ts';

const home = (...labels: string[]): Card =>
  card(
    'neutral',
    'My place',
    heading('Part one'),
    text('All that concerns you.'),
    buttons(
      ...labels.map((label) => button(label, `everything.${label.toLowerCase()}`)),
      button('Next', 'home.show', { open: '2' }),
    ),
  );

let it: SlackWithBot;
beforeEach(async () => {
  it = await slackWithBot({ timing: { modalWithin: 500 } });
  it.desk.on('home.show', done('Shown'));
});
afterEach(() => it.close());

const put = (what: Card, hash: string | null = null) =>
  it.bot.post({ to: 'home', spaceId: it.slack.teamId, userId: it.student.userId, hash }, spoken(what), {
    id: 'x',
    maybeSent: false,
  });

describe('opening the Home tab', () => {
  test('has it shown from the top; what is delivered twice is one deed; the tab with the messages is another', async () => {
    await it.student.opensHome();
    const [first] = await it.desk.until('home.show');
    expect(first?.intent).toMatchObject({ name: 'home.show', args: { open: '1', requests: '1', past: '1' } });
    expect(first?.by).toMatchObject({ userId: it.student.userId, name: 'Sam Student', isMentor: false });
    const event = { type: 'app_home_opened', user: it.student.userId };
    await it.slack.emit({ ...event, tab: 'messages' });
    const { eventId } = await it.slack.emit({ ...event, tab: 'home' });
    await it.slack.redeliver(eventId);
    const ids = (await it.desk.until('home.show', 3)).map((each) => each.intent.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
  });

  test('a stranger, and whoever meets a fault, reads why instead', async () => {
    it.desk.on('home.show', refused('I do not know you yet', 'Ask a coordinator.'));
    await it.student.opensHome();
    await it.student.seesHome(/I do not know you yet[\s\S]*Ask a coordinator/);
  });
});

describe('showing it', () => {
  test('with headings; each version has its own hash, and an old one replaces nothing', async () => {
    const first = await put(home());
    expect((await it.student.seesHome('Part one')).text).toMatch(/My place\nPart one\nAll that/);
    const second = await put(home('More'), first.messageId);
    expect(second.messageId).not.toBe(first.messageId);
    await expect(put(home(), first.messageId)).rejects.toThrow(TryLater);
    expect(it.student.home()?.buttons).toEqual(['More', 'Next']);
  });

  test('takes a hundred blocks, and leaves the rest out with a word', async () => {
    const long = card('neutral', 'Long', ...Array.from({ length: 150 }, (_, i) => text(`Line ${i}`)));
    await put(long);
    const { text: shown } = await it.student.seesHome('Line 97');
    expect(shown).toContain('There is more than fits here');
  });

  test('a rate limit is told; nobody’s Home is shown where the manifest has no Home tab', async () => {
    it.slack.faults.rateLimit({ method: 'views.publish', retryAfter: 7 });
    await expect(put(home())).rejects.toMatchObject({ retryAfterMs: 7_000 });
    it.slack.faults.fail({ method: 'views.publish', error: 'not_enabled' });
    await expect(put(home())).rejects.toThrow(Undeliverable);
  });
});

describe('a press on it', () => {
  beforeEach(async () => {
    await put(home('Claim', 'Gone', 'Slow'));
  });

  test('is answered on top of it', async () => {
    it.desk.on('everything.claim', done('It is yours'));
    await it.student.presses('Claim');
    await it.student.sees('It is yours', 'private');
    expect(it.desk.performed.map(({ intent }) => intent.name)).toEqual(['everything.claim']);
  });

  test('that is refused says why, and has what was behind shown anew, on the same pages', async () => {
    it.desk.on('everything.gone', refused('Too late', 'Somebody was faster.'));
    await it.student.presses('Gone');
    await it.student.sees('Somebody was faster', 'private');
    const [shown] = await it.desk.until('home.show');
    expect(shown?.intent.args).toEqual({});
  });

  test('that takes long shows that it does, then what came of it', async () => {
    await it.close();
    it = await slackWithBot({ timing: { modalWithin: 10 } });
    let finish: (answer: Answer) => void = () => {};
    it.desk.on('everything.slow', () => new Promise((resolve) => (finish = resolve)));
    await put(home('Slow'));
    await it.student.presses('Slow');
    await it.student.sees('Still working on it', 'private');
    finish(done('At last'));
    await it.student.sees('At last', 'private');
  });

  test('whose answer Slack does not open any more comes by direct message', async () => {
    it.desk.on('everything.claim', done('It is yours'));
    it.slack.faults.fail({ method: 'views.open', error: 'expired_trigger_id' });
    await it.student.presses('Claim');
    await it.student.sees('It is yours', 'dm');
  });

  test('that turns a page is answered by the page', async () => {
    await it.student.presses('Next');
    const [shown] = await it.desk.until('home.show');
    expect(shown?.intent.args).toEqual({ open: '2' });
    expect(it.student.sight('private')).toEqual([]);
    it.desk.on('home.show', refused('Out of order', 'Try again.'));
    await it.student.presses('Next');
    await it.student.sees('Out of order', 'private');
  });

  test('opens forms there, and their answer too', async () => {
    it.desk.on('note.submit', done('Kept'));
    await put(card('neutral', 'My place', buttons(button('New note', 'note.new', {}))));
    await it.student.presses('New note');
    await it.student.fills({ Note: 'Remember' });
    await it.student.sees('Kept', 'private');
  });

  test('of a former version of the bot is explained', async () => {
    const view = {
      type: 'home',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: '!old', text: { type: 'plain_text', text: 'Old' } }],
        },
      ],
    };
    await fetch(`${it.slack.url}views.publish`, {
      method: 'POST',
      headers: { authorization: `Bearer ${it.own.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: it.student.userId, view }),
    });
    await it.student.presses('Old');
    await it.student.sees('I do not know this button any more', 'private');
  });
});
