import { describe, expect, test } from 'vitest';
import { decodeIntent, encodeIntent, MAX_INTENT_CODE } from '../../src/platforms/intent-code.ts';

const uuid = '0190b2f4-5c6d-7e8f-9a0b-1c2d3e4f5a6b';
const allOnes = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

describe('An intent in one line', () => {
  test('packs UUIDs, and nothing else', () => {
    expect(encodeIntent('request.new', {})).toBe('request.new');
    expect(encodeIntent('request.list', { page: '2' })).toBe('request.list?page=2');
    const code = encodeIntent('request.claim', { requestId: uuid });
    expect(code).toMatch(/^request\.claim\?requestId=~[\w-]{22}$/);
  });

  test.each<[string, Record<string, string>]>([
    ['no arguments', {}],
    ['a UUID', { requestId: uuid }],
    ['the last UUID', { requestId: allOnes }],
    ['two UUIDs', { requestId: uuid, sessionId: allOnes }],
    ['a UUID and an instant', { requestId: uuid, startsAt: '2026-12-01T18:30:00.000Z' }],
    ['an upper-case UUID', { requestId: uuid.toUpperCase() }],
    ['what looks packed', { a: `~${'A'.repeat(22)}` }],
    ['tildes', { a: '~', b: '~~', c: `~~${'A'.repeat(22)}` }],
    ['what could break the line', { a: '?&=%', b: '#/ +' }],
    ['an empty value', { a: '' }],
    ['other scripts', { a: 'Zoë 🎓' }],
  ])('brings back %s', (_what, args) => {
    expect(decodeIntent(encodeIntent('session.schedule', args))).toEqual({ name: 'session.schedule', args });
  });

  test('has 100 characters and not one more', () => {
    const room = MAX_INTENT_CODE - 'request.new?a='.length;
    expect(encodeIntent('request.new', { a: 'x'.repeat(room) })).toHaveLength(100);
    expect(() => encodeIntent('request.new', { a: 'x'.repeat(room + 1) })).toThrow(/request\.new.*no room/);
  });

  test.each([
    ['nothing', ''],
    ['a question only', '?a=1'],
    ['two questions', 'request.new?a=1?b=2'],
    ['capitals', 'Request.New'],
    ['blanks', 'request new'],
    ['an argument without a value', 'request.new?a'],
    ['an argument without a name', 'request.new?=1'],
    ['broken escapes', 'request.new?a=%E0%A4%A'],
    ['something else altogether', '{"intent":"request.new"}'],
  ])('does not read %s', (_what, code) => {
    expect(decodeIntent(code)).toBeNull();
  });

  test('takes no argument for what every object has', () => {
    expect(Object.keys(decodeIntent('request.new?__proto__=1')?.args ?? {})).toEqual([]);
  });
});
