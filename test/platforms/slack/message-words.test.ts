import { expect, test } from 'vitest';
import { permalink, plainWords } from '../../../src/platforms/slack/message-words.ts';

test.each([
  ['if (a &lt; b &amp;&amp; b &gt; c)', 'if (a < b && b > c)'],
  ['&amp;lt; stays', '&lt; stays'],
  ['ask <@U123>, <@U123|sam> in <#C1|help> or <#C2>', 'ask @somebody, @sam in #help or #a-channel'],
  ['<!here> <!channel|@channel> <!subteam^S1|@mentors> <!subteam^S2>', '@here @channel @mentors @a-group'],
  [
    'see <https://x.test/a?b=1&amp;c=2> and <https://x.test|the page>',
    'see https://x.test/a?b=1&c=2 and the page (https://x.test)',
  ],
  ['<mailto:a@x.test|a@x.test> at <!date^1700000000^{time}|noon>', 'a@x.test at noon'],
  ['  plain  ', 'plain'],
])('%j reads %j', (text, words) => {
  expect(plainWords(text)).toBe(words);
});

test('a message is found by its link, in its thread too', () => {
  expect(permalink('acme', 'C1', '1700000000.000100', '')).toBe(
    'https://acme.slack.com/archives/C1/p1700000000000100',
  );
  expect(permalink('acme', 'C1', '1700000001.000200', '1700000000.000100')).toBe(
    'https://acme.slack.com/archives/C1/p1700000001000200?thread_ts=1700000000.000100&cid=C1',
  );
  expect(permalink('acme', 'C1', '1700000000.000100', '1700000000.000100')).not.toContain('thread');
  expect(permalink('', 'C1', '1700000000.000100', '')).toBe('');
});
