import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readSpace } from '../../../src/core/space.ts';
import type { SpokenCard } from '../../../src/messages/card.ts';
import { createInteractions } from '../../../src/platforms/discord/interactions.ts';
import { type Roles, receive } from '../../../src/platforms/discord/receive.ts';
import type { Replies } from '../../../src/platforms/discord/replies.ts';
import { createFakeDesk } from '../../support/fake-desk.ts';

const user = { id: '42', username: 'ada', global_name: 'Ada' };
const member = { user, nick: 'Countess', roles: ['7', '8'] };
const mentors = (...ids: string[]): Roles => ({ mentors: ids, coordinators: [] });
const envelope = { id: '1', token: 'secret', application_id: '9', version: 1, guild_id: '5', member };

describe('reading an interaction', () => {
  it('takes the name people see, and the role for mentors', () => {
    const raw = { ...envelope, type: 2, data: { id: '3', type: 1, name: 'list' } };
    expect(receive(raw, mentors('7'))).toEqual({
      kind: 'command',
      ref: { id: '1', token: 'secret', language: null },
      name: 'list',
      options: {},
      by: {
        platform: 'discord',
        spaceId: '5',
        userId: '42',
        name: 'Countess',
        timeZone: null,
        language: null,
        isMentor: true,
        isCoordinator: false,
      },
    });
    expect(receive({ ...raw, member: { ...member, nick: null } }, mentors('99'))).toMatchObject({
      by: { name: 'Ada', isMentor: false },
    });
    const direct = { ...raw, guild_id: undefined, member: undefined, user: { id: '42', username: 'ada' } };
    expect(receive(direct, mentors('7'))).toMatchObject({
      by: { name: 'ada', spaceId: null, isMentor: null, isCoordinator: null },
    });
  });

  it('knows who looks after the programme: by role, or who may manage the server', () => {
    const raw = { ...envelope, type: 2, data: { id: '3', type: 1, name: 'list' } };
    const seen = (changes: object, roles = mentors('7')) =>
      receive({ ...raw, member: { ...member, ...changes } }, roles);
    const coordinator = { by: { isCoordinator: true } };
    expect(seen({}, { mentors: ['1', '7'], coordinators: ['2', '8'] })).toMatchObject(coordinator);
    expect(seen({ permissions: String(1n << 3n) })).toMatchObject(coordinator);
    expect(seen({ permissions: String(1n << 5n) })).toMatchObject(coordinator);
    expect(seen({ permissions: String(1n << 40n) })).toMatchObject({ by: { isCoordinator: false } });
  });

  it('knows a private message by its flags', () => {
    const press = { ...envelope, type: 3, data: { component_type: 2, custom_id: 'a.b' } };
    expect(receive({ ...press, message: { flags: 64 | 32768 } }, mentors('7'))).toMatchObject({
      private: true,
    });
    expect(receive({ ...press, message: { flags: 32768 } }, mentors('7'))).toMatchObject({ private: false });
    expect(receive(press, mentors('7'))).toMatchObject({ kind: 'button', code: 'a.b', private: false });
  });

  it('passes over parts of a form that are no fields', () => {
    const components = [
      { type: 10, id: 1 },
      { type: 18, id: 2, component: { type: 4, id: 3, custom_id: 'title', value: 'T' } },
      { type: 18, id: 4, component: { type: 3, id: 5, custom_id: 'urgency', values: ['low'] } },
      { type: 18, id: 6, component: { type: 3, id: 7, custom_id: 'none', values: [] } },
      { type: 99, something: 'new' },
      null,
    ];
    const raw = { ...envelope, type: 5, data: { custom_id: 'a.b', components } };
    expect(receive(raw, mentors('7'))).toMatchObject({
      kind: 'form',
      typed: { title: 'T', urgency: 'low', none: '' },
    });
  });

  it.each([
    [
      'a menu of a message',
      { ...envelope, type: 3, data: { component_type: 3, custom_id: 'x', values: [] } },
    ],
    ['a command of a message', { ...envelope, type: 2, data: { type: 3, name: 'x' } }],
    ['a ping', { ...envelope, type: 1 }],
    ['a type to come', { ...envelope, type: 77, data: 'what' }],
    ['nobody', { ...envelope, member: undefined, type: 2, data: { type: 1, name: 'list' } }],
  ])('takes %s for strange', (_what, raw) => {
    expect(receive(raw, mentors('7'))).toMatchObject({ kind: 'strange', autocomplete: false });
  });

  it.each([null, 42, 'text', {}, { id: 1, token: 'x', type: 2 }])('cannot answer %j', (raw) => {
    expect(receive(raw, mentors('7'))).toBeNull();
  });
});

describe('answering what is strange', () => {
  const setUp = () => {
    const said: string[] = [];
    const say = async (_ref: unknown, card: SpokenCard) => said.push(card.title) > 0;
    const replies: Replies = {
      acknowledge: async () => said.push('…') > 0,
      openModal: async () => said.push('modal') > 0,
      say,
      suggest: async (_ref, choices) => said.push(`${choices.length} suggestions`) > 0,
      answer: async (_ref, card) => void said.push(card.title),
      add: async (_ref, card) => void said.push(card.title),
    };
    const desk = createFakeDesk();
    const log = pino({ level: 'silent' });
    return {
      said,
      desk,
      interactions: createInteractions({
        desk,
        replies,
        log,
        roles: () => mentors('7'),
        places: {
          now: () => readSpace({}, {}),
          roleNames: new Map(),
          found: () => {},
          notice: () => {},
          look: async () => {},
          offered: (form) => form,
          presets: () => ({}),
          problems: async () => [],
        },
        draftMs: 50,
        visited: () => {},
      }),
    };
  };

  it.each([
    [
      'a press without an intent',
      { type: 3, data: { component_type: 2, custom_id: '!!' } },
      'I do not know this button any more',
    ],
    [
      'a form that nobody knows',
      { type: 5, data: { custom_id: 'old.form', components: [] } },
      'I do not know this button any more',
    ],
    ['a menu', { type: 3, data: { component_type: 3, custom_id: 'x' } }, 'I do not know how to do that'],
    ['a completion', { type: 4, data: { type: 1, name: 'list' } }, '0 suggestions'],
  ])('%s', async (_what, raw, answer) => {
    const { interactions, said, desk } = setUp();
    await interactions.take({ ...envelope, ...raw });
    expect(said).toEqual([answer]);
    expect(desk.performed).toEqual([]);
  });

  it('does not answer what has no address', async () => {
    const { interactions, said } = setUp();
    await interactions.take({ type: 2 });
    expect(said).toEqual([]);
  });

  it('does nothing for somebody whose client gave up waiting', async () => {
    const { interactions, desk, said } = setUp();
    const press = { ...envelope, type: 3, data: { component_type: 2, custom_id: 'a.b' } };
    await interactions.take(press);
    await interactions.take(press);
    expect(said).toEqual(['…', 'Did a.b']);
    expect(desk.performed).toHaveLength(1);
  });
});
