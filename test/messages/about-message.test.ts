import { describe, expect, test } from 'vitest';
import { quoteOf, aboutMessage as withLink } from '../../src/messages/about-message.ts';
import { inEnglish } from '../support/spoken.ts';

const aboutMessage = (words: string, link: string) => withLink(inEnglish(quoteOf(words)), link);

describe('asking about a message', () => {
  test('begins with its words and where it is, with room below', () => {
    expect(aboutMessage(' My build\nis red ', 'https://x.test/1')).toBe(
      '“My build\nis red”\nhttps://x.test/1\n\n',
    );
  });

  test('says what there is: a message may have no words, and a link may not be known', () => {
    expect(aboutMessage('', 'https://x.test/1')).toBe('https://x.test/1\n\n');
    expect(aboutMessage('words', '')).toBe('“words”\n\n');
    expect(aboutMessage(' ', '')).toBe('');
  });

  test('is shortened between words, says so, and leaves room for more', () => {
    const long = aboutMessage('word '.repeat(1_000), 'https://x.test/1');
    expect(long).toMatch(/word word… \(shortened; the whole is behind the link\)”\nhttps:/);
    expect(long.length).toBeLessThan(1_300);
  });

  test('never ends within a character', () => {
    const long = aboutMessage(`x${'👩‍💻'.repeat(900)}`, '');
    expect(encodeURIComponent(long)).toContain('%F0%9F'); // throws at half a character
  });
});
