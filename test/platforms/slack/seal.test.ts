import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSeal } from '../../../src/platforms/slack/seal.ts';

const [first, second] = [randomBytes(32), randomBytes(32)] as const;
const seal = createSeal([first]);

test('what is sealed opens for what it is bound to, and holds nothing that can be read', () => {
  const sealed = seal.close('xoxb-the-token', 'T1');
  expect(seal.open(sealed, 'T1')).toBe('xoxb-the-token');
  expect(sealed).not.toContain('xoxb');
  expect(sealed).not.toBe(seal.close('xoxb-the-token', 'T1'));
  expect(seal.open(sealed, 'T2')).toBeNull();
});

test('another key, or one changed character anywhere, opens nothing', () => {
  const sealed = seal.close('xoxb-the-token', 'T1');
  expect(createSeal([second]).open(sealed, 'T1')).toBeNull();
  const parts = sealed.split('.');
  for (const [at, part] of parts.entries()) {
    const other = part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`;
    expect(seal.open(parts.with(at, other).join('.'), 'T1'), `part ${at}`).toBeNull();
  }
  for (const broken of [
    '',
    'v1',
    'xoxb-in-the-clear',
    parts.slice(0, 4).join('.'),
    parts.with(3, 'AA').join('.'),
  ]) {
    expect(seal.open(broken, 'T1'), broken).toBeNull();
  }
});

test('the first key seals, the others still open', () => {
  const before = seal.close('xoxb-the-token', 'T1');
  const both = createSeal([second, first]);
  expect(both.open(before, 'T1')).toBe('xoxb-the-token');
  expect(both.isStale(before)).toBe(true);
  const after = both.close('xoxb-the-token', 'T1');
  expect(both.isStale(after)).toBe(false);
  expect(seal.open(after, 'T1')).toBeNull();
  expect(() => createSeal([])).toThrow('needs a key');
});
