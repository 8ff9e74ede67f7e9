import { expect, test } from 'vitest';
import { withoutNul } from '../../src/core/text.ts';

test('NUL characters are dropped wherever they stand, and nothing else is touched', () => {
  const at = new Date(0);
  expect(
    withoutNul({ title: 'a\0b', tags: ['\0', 'x\\u0000'], times: [{ start: 's\0', end: null }], at }),
  ).toEqual({
    title: 'ab',
    tags: ['', 'x\\u0000'],
    times: [{ start: 's', end: null }],
    at,
  });
});
