import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { button, buttons, quote, text } from '../../../src/messages/card.ts';
import { PostGone, TryLater, Undeliverable } from '../../../src/platforms/platform.ts';
import { createSlack } from '../../../src/platforms/slack/index.ts';
import { spokenCard as card } from '../../support/spoken.ts';
import { noInstallations, type SlackWithBot, slackWithBot } from './bot.ts';

const hello = card(
  'good',
  'Hello & <welcome>',
  text('Some words.'),
  quote('<!channel> *bold* @here <@U1> `code` https://example.org/a'),
  buttons(button('Press', 'everything.more')),
);

describe('posting to Slack', () => {
  let it: SlackWithBot;
  beforeEach(async () => {
    it = await slackWithBot();
  });
  afterEach(() => it.close());

  const once = (id = 'd1', maybeSent = false) => ({ id, maybeSent });
  const toPerson = (userId = it.student.userId) =>
    ({ to: 'person', spaceId: it.slack.teamId, userId }) as const;
  const toMentors = () =>
    ({ to: 'channel', spaceId: it.slack.teamId, channelId: it.mentorsChannel }) as const;

  test('a channel', async () => {
    const post = await it.bot.post(toMentors(), hello, once());
    const [message] = it.slack.messages(it.mentorsChannel);
    expect(post).toEqual({
      platform: 'slack',
      spaceId: it.slack.teamId,
      channelId: it.mentorsChannel,
      messageId: message?.ts,
    });
    expect(it.calls('chat.postMessage')[0]?.body).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      metadata: { event_payload: { delivery: 'd1' } },
    });
  });

  test('what people wrote stays as they wrote it and pings nobody', async () => {
    await it.bot.post(toMentors(), hello, once());
    const { text, links } = await it.mentor.sees('Hello', 'channel');
    expect(text).toBe(
      '✅ Hello & <welcome>\nSome words.\n<!channel> *bold* @here <@U1> `code` https://example.org/a',
    );
    expect(links).toEqual([{ label: 'https://example.org/a', url: 'https://example.org/a' }]);
    const [message] = it.slack.messages(it.mentorsChannel);
    expect(message?.pinged).toEqual([]);
    expect(message?.text).toBe(
      'Hello &amp; &lt;welcome&gt;. Some words. — &lt;!channel&gt; *bold* @here &lt;@U1&gt; `code` https://example.org/a',
    );
  });

  test('a person, whose conversation is opened once', async () => {
    await it.bot.post(toPerson(), hello, once());
    const post = await it.bot.post(toPerson(), hello, once('d2'));
    expect(it.calls('conversations.open')).toHaveLength(1);
    expect(it.slack.directMessages(it.student.userId).map(({ ts }) => ts)).toContain(post.messageId);
    await it.student.sees('Hello', 'dm');
  });

  describe('what is about the same', () => {
    const inThread = (of: string, inSight = false) => ({ ...toPerson(), thread: { of, inSight } }) as const;
    const direct = () => it.slack.directMessages(it.student.userId);

    test('goes into the thread of the first message, and where it must be seen into the conversation too', async () => {
      const first = await it.bot.post(toPerson(), hello, once('1'));
      expect(first).not.toHaveProperty('threadId');
      const of = first.messageId;
      const quiet = await it.bot.post(inThread(of), hello, once('2'));
      const seen = await it.bot.post(inThread(of, true), hello, once('3'));
      expect([quiet.threadId, seen.threadId]).toEqual([of, of]);
      expect(direct().map(({ threadTs, broadcast }) => ({ threadTs, broadcast }))).toEqual([
        { threadTs: undefined, broadcast: undefined },
        { threadTs: of, broadcast: false },
        { threadTs: of, broadcast: true },
      ]);
    });

    test('begins anew when that message never was, or was deleted', async () => {
      const lost = await it.bot.post(inThread('1.000001', true), hello, once('1'));
      expect(lost).not.toHaveProperty('threadId');
      it.deletes(lost);
      const again = await it.bot.post(inThread(lost.messageId, true), hello, once('2'));
      expect(again).not.toHaveProperty('threadId');
      const answer = await it.bot.post(inThread(again.messageId, true), hello, once('3'));
      expect(answer.threadId).toBe(again.messageId);
    });

    test('stays together below a deleted message that has replies', async () => {
      const first = await it.bot.post(toPerson(), hello, once('1'));
      await it.bot.post(inThread(first.messageId), hello, once('2'));
      it.deletes(first);
      await expect(it.bot.update(first, hello)).rejects.toThrow(PostGone);
      expect((await it.bot.post(inThread(first.messageId), hello, once('3'))).threadId).toBe(first.messageId);
    });

    test.each([true, false])(
      'whose answer got lost is found again in the thread (in sight: %s)',
      async (inSight) => {
        const { messageId: of } = await it.bot.post(toPerson(), hello, once('1'));
        it.slack.faults.loseAnswer({ method: 'chat.postMessage' });
        await expect(it.bot.post(inThread(of, inSight), hello, once('lost'))).rejects.toThrow(TryLater);
        const found = await it.create().post(inThread(of, inSight), hello, once('lost', true));
        expect(direct()).toHaveLength(2);
        expect(found).toMatchObject({ messageId: direct()[1]?.ts, threadId: of });
      },
    );

    test('that may have arrived is looked for in a thread that is gone without a fault', async () => {
      const post = await it.bot.post(inThread('1.000001'), hello, once('1', true));
      expect(direct().map(({ ts }) => ts)).toEqual([post.messageId]);
    });
  });

  test('an update changes it in place', async () => {
    const post = await it.bot.post(toMentors(), hello, once());
    await it.bot.update(post, card('neutral', 'Changed'));
    expect(it.mentor.sight('channel')).toMatchObject([{ id: post.messageId, text: 'Changed', buttons: [] }]);
  });

  test.each(['cannot_dm_bot', 'user_disabled', 'user_not_found'])('closed to us: %s', async (error) => {
    it.slack.faults.closeDms(it.student.userId, error);
    await expect(it.bot.post(toPerson(), hello, once())).rejects.toThrow(Undeliverable);
  });

  test.each(['channel_not_found', 'not_in_channel', 'is_archived', 'restricted_action'])(
    'a channel that takes nothing: %s',
    async (error) => {
      it.slack.faults.fail({ method: 'chat.postMessage', error });
      await expect(it.bot.post(toMentors(), hello, once())).rejects.toThrow(Undeliverable);
    },
  );

  test('another workspace is not ours', async () => {
    const elsewhere = { ...toMentors(), spaceId: 'T0OTHER' };
    await expect(it.bot.post(elsewhere, hello, once())).rejects.toThrow(Undeliverable);
    const post = { platform: 'slack', spaceId: 'T0OTHER', channelId: 'C1', messageId: '1.1' };
    await expect(it.bot.update(post, hello)).rejects.toThrow(Undeliverable);
  });

  test('a rate limit says when to try again, at once, and holds up no form', async () => {
    it.slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 17 });
    const failed = it.bot.post(toMentors(), hello, once());
    await expect(failed).rejects.toThrow(TryLater);
    await expect(failed).rejects.toMatchObject({ retryAfterMs: 17_000 });
    await it.student.types('every');
    expect((await it.student.form()).title).toBe('Every kind of field');
    await it.bot.post(toMentors(), hello, once());
  });

  test('outages mean later; nothing repeats by itself', async () => {
    it.slack.faults.fail({ method: 'chat.postMessage', http: 503 });
    await expect(it.bot.post(toMentors(), hello, once())).rejects.toThrow(TryLater);
    it.slack.faults.fail({ method: 'chat.postMessage', error: 'internal_error' });
    await expect(it.bot.post(toMentors(), hello, once())).rejects.toThrow(TryLater);
    expect(it.calls('chat.postMessage')).toHaveLength(2);
    expect(it.slack.messages(it.mentorsChannel)).toHaveLength(0);
  });

  test('a refused token is ours to mend: much later', async () => {
    it.slack.faults.fail({ method: 'chat.postMessage', error: 'invalid_auth' });
    const failed = it.bot.post(toMentors(), hello, once());
    await expect(failed).rejects.toThrow(TryLater);
    await expect(failed).rejects.toMatchObject({ retryAfterMs: 300_000 });
  });

  test('what only a bug explains is no TryLater', async () => {
    it.slack.faults.fail({ method: 'chat.postMessage', error: 'invalid_blocks' });
    const failed = it.bot.post(toMentors(), hello, once());
    await expect(failed).rejects.toThrow('invalid_blocks');
    await expect(failed).rejects.not.toBeInstanceOf(TryLater);
    await expect(failed).rejects.not.toBeInstanceOf(Undeliverable);
  });

  test('a post whose answer got lost is found again by its delivery, also by a new process', async () => {
    it.slack.faults.loseAnswer({ method: 'chat.postMessage' });
    await expect(it.bot.post(toMentors(), hello, once('lost'))).rejects.toThrow(TryLater);
    await it.bot.post(toMentors(), hello, once('other'));
    const restarted = it.create();
    const post = await restarted.post(toMentors(), hello, once('lost', true));
    const messages = it.slack.messages(it.mentorsChannel);
    expect(messages).toHaveLength(2);
    expect(post.messageId).toBe(messages[0]?.ts);
  });

  test('a post that may have arrived and did not is sent', async () => {
    await it.bot.post(toPerson(), hello, once('never', true));
    expect(it.slack.directMessages(it.student.userId)).toHaveLength(1);
  });

  test('without a look at the history, it is rather sent twice than never', async () => {
    it.slack.faults.fail({ method: 'conversations.history', error: 'missing_scope' });
    await it.bot.post(toMentors(), hello, once('x', true));
    expect(it.slack.messages(it.mentorsChannel)).toHaveLength(1);
    it.slack.faults.fail({ method: 'conversations.history', http: 500 });
    await expect(it.bot.post(toMentors(), hello, once('y', true))).rejects.toThrow(TryLater);
  });

  test('a message that is gone', async () => {
    const post = await it.bot.post(toMentors(), hello, once());
    await expect(it.bot.update({ ...post, messageId: '1.000001' }, hello)).rejects.toThrow(PostGone);
    it.slack.faults.fail({ method: 'chat.update', error: 'cant_update_message' });
    await expect(it.bot.update(post, hello)).rejects.toThrow(PostGone);
    it.slack.faults.fail({ method: 'chat.update', error: 'is_archived' });
    await expect(it.bot.update(post, hello)).rejects.toThrow(Undeliverable);
  });

  test('a channel gets one message after the other; who would wait too long is put off', async () => {
    const paced = createSlack(it.settings, it.desk, createLog('silent'), noInstallations, {
      now: () => 1_000_000,
      postEvery: 40,
      postWait: 50,
    });
    await Promise.all([paced.post(toMentors(), hello, once('1')), paced.post(toMentors(), hello, once('2'))]);
    const third = paced.post(toMentors(), hello, once('3'));
    await expect(third).rejects.toMatchObject({ name: 'TryLater', retryAfterMs: 80 });
    await paced.post(toPerson(), hello, once('4'));
    expect(it.slack.messages(it.mentorsChannel)).toHaveLength(2);
  });
});
