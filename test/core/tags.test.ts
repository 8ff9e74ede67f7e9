import { describe, expect, test } from 'vitest';
import { suggestTags } from '../../src/core/tags.ts';

const inUse = ['python', 'git', 'typescript', 'script', 'c++', 'scripting'];

describe('tags that are offered', () => {
  test.each([
    ['', inUse],
    ['  ', inUse],
    ['py', ['python', 'py']],
    ['Script', ['script', 'scripting', 'typescript']],
    ['ript', ['typescript', 'script', 'scripting', 'ript']],
    ['c+', ['c++', 'c+']],
    ['Rust, Go', ['Rust, Go']],
  ])('for %j', (typed, offered) => {
    expect(suggestTags(inUse, typed, 10)).toEqual(offered);
  });

  test('never more than asked for, and always what was typed', () => {
    expect(suggestTags(inUse, '', 2)).toEqual(['python', 'git']);
    expect(suggestTags(inUse, 'ript', 2)).toEqual(['typescript', 'ript']);
  });
});
