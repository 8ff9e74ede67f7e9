import { describe, expect, it } from 'vitest';
import { readMarkdown, timeFor } from '../../src/sandbox/discord/markdown.ts';
import { createWorld, type User } from '../../src/sandbox/discord/world.ts';

const now = new Date('2026-12-01T22:30:00Z');
const world = createWorld({ token: 't', now: () => now });
const reader: User = {
  id: '7',
  name: 'Ada',
  timeZone: 'America/New_York',
  locale: 'en-US',
  roles: new Set(),
  acceptsDms: true,
  bot: false,
};
world.users.set('7', reader);
world.roles.set('8', { id: '8', name: 'mentors', permissions: 0n });

describe('what a reader sees', () => {
  it.each([
    ['**bold** *it* _it_ __under__ ~~gone~~ ||secret||', 'bold it it under gone secret'],
    ['***both***', 'both'],
    ['# Head\n### Third\n-# small\n> quote\n- item', 'Head\nThird\nsmall\nquote\n• item'],
    ['\\*stars\\* \\_x\\_ \\# no \\@everyone', '*stars* _x_ # no @everyone'],
    ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
    ['`a * b * c` and ```js\nlet x = **1**;\n```', 'a * b * c and let x = **1**;'],
    ['<@7> <@&8> <@9> </ask:5>', '@Ada @mentors @unknown /ask'],
    ['\\<@7> \\[x\\](https://evil.example)', '<@7> [x](https://evil.example)'],
    ['#hash and #1', '#hash and #1'],
    ['emoji <:wave:123> 👋', 'emoji :wave: 👋'],
  ])('%j reads %j', (source, text) => {
    expect(readMarkdown(world, reader, source).text).toBe(text);
  });

  it.each([
    [
      '[**the** room](https://meet.example/a_b_c)',
      'the room',
      [{ label: 'the room', url: 'https://meet.example/a_b_c' }],
    ],
    [
      'Join: https://meet.example/a_b_c.',
      'Join: https://meet.example/a_b_c.',
      [{ label: 'https://meet.example/a_b_c', url: 'https://meet.example/a_b_c' }],
    ],
    ['<https://x.example>', 'https://x.example', [{ label: 'https://x.example', url: 'https://x.example' }]],
    ['\\[x\\]\\(https\\://evil.example\\)', '[x](https://evil.example)', []],
  ])('%j has its links', (source, text, links) => {
    expect(readMarkdown(world, reader, source)).toEqual({ text, links });
  });

  const unix = Date.parse('2026-12-01T23:30:00Z') / 1000;
  it.each([
    ['F', 'Tuesday, December 1, 2026 at 6:30 PM'],
    ['f', 'December 1, 2026 at 6:30 PM'],
    ['D', 'December 1, 2026'],
    ['d', '12/1/2026'],
    ['t', '6:30 PM'],
    ['T', '6:30:00 PM'],
    ['R', 'in 1 hour'],
  ])('a timestamp of style %s reads %j in New York', (style, text) => {
    expect(readMarkdown(world, reader, `at <t:${unix}:${style}>`).text).toBe(`at ${text}`);
  });

  it('reads the same instant differently elsewhere, and without a style as f', () => {
    const tokyo = { ...reader, timeZone: 'Asia/Tokyo' };
    expect(readMarkdown(world, tokyo, `<t:${unix}>`).text).toBe('December 2, 2026 at 8:30 AM');
  });

  it.each([
    [-30, '30 seconds ago'],
    [15 * 60, 'in 15 minutes'],
    [3599, 'in 1 hour'],
    [26 * 3600, 'in 1 day'],
    [-45 * 86400, '2 months ago'],
  ])('%i seconds away reads %j', (seconds, text) => {
    expect(timeFor(reader, now, now.getTime() / 1000 + seconds, 'R')).toBe(text);
  });
});
