import { describe, expect, test } from 'vitest';
import { readCommandWords, titleFrom } from '../../../src/platforms/slack/command-words.ts';
import { everyField, oneField } from '../../support/fake-desk.ts';

const choice = (fills: string, ...choices: [string, string][]) => ({
  name: fills,
  label: fills,
  description: '',
  fills,
  choices: choices.map(([value, label]) => ({ value, label })),
});
const options = [
  choice('duration', ['30', '30 minutes'], ['45', '45 minutes']),
  choice('urgency', ['normal', 'Normal'], ['high', 'High: I am stuck now']),
];

describe('words after a command', () => {
  test.each([
    ['', {}, ''],
    ['30', { duration: '30' }, ''],
    ['HIGH  45 React hooks', { urgency: 'high', duration: '45' }, 'React hooks'],
    ['45 minutes high: i am stuck now', { duration: '45', urgency: 'high' }, ''],
    ['help with normal forms', {}, 'help with normal forms'],
    ['30 45 apples', { duration: '30' }, '45 apples'],
    ['30days without tests', {}, '30days without tests'],
    ['normal\nlines', {}, 'normal\nlines'],
  ])('%j', (words, args, rest) => {
    expect(readCommandWords(words, options)).toEqual({ args, rest });
  });

  test('an option without choices takes what is left', () => {
    const free = [...options, choice('topic')];
    expect(readCommandWords('30 my words', free)).toEqual({
      args: { duration: '30', topic: 'my words' },
      rest: '',
    });
  });

  test('what is left is the title of a form that has one', () => {
    expect(titleFrom(everyField({}), 'my words')).toEqual({ title: 'my words' });
    expect(titleFrom(everyField({}), '')).toEqual({});
    expect(titleFrom(oneField({}), 'my words')).toEqual({});
  });
});
