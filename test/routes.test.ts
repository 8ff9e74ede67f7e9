import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FieldValue, Form } from '../src/messages/form.ts';
import { installedCard } from '../src/messages/space-cards.ts';
import { encodeIntent, MAX_INTENT_CODE } from '../src/platforms/intent-code.ts';
import { commands, routes } from '../src/routes.ts';
import { nowPlus, questionId, requestId } from './core/samples.ts';
import { everyAnswer, everyCard, type Reader } from './messages/every-card.ts';
import { everyDashboard } from './messages/every-dashboard.ts';
import { buttonsOf } from './messages/reading.ts';
import { inEnglish } from './support/spoken.ts';

/** What the product promises to do for each, by the names that the programme already uses. */
const promised: Record<Reader | 'coordinator', { types: string[]; verbs: string[] }> = {
  student: {
    types: ['mini-session', 'mini-sessions'],
    verbs: [
      ...['createRequest', 'getMyRequests', 'getRequestById', 'cancelRequest', 'renewRequest'],
      ...['getMySessions', 'joinSession', 'completeSession', 'submitSessionFeedback'],
      'answerQuestion',
    ],
  },
  holder: {
    types: ['mini-mentor'],
    verbs: [
      ...['getOpenRequests', 'claimRequest', 'releaseRequest', 'getClaimedRequests', 'getRequestById'],
      ...['scheduleSession', 'generateMeetingLink', 'getMyMentorSessions', 'joinSession', 'completeSession'],
      ...['wrapUpSession', 'findMentors', 'offerHandOver', 'keepRequest', 'setMeetingRoom'],
    ],
  },
  other: {
    types: ['mini-mentor'],
    verbs: ['claimRequest', 'askQuestion', 'letGo', 'takeOverRequest', 'declineHandOver'],
  },
  coordinator: {
    types: ['mini-admin'],
    verbs: [
      ...['getAttention', 'takeBackClaim', 'getCandidates', 'assignMentor', 'tryNoticeAgain', 'getNumbers'],
      ...['getRequestById', 'getCommunitySettings', 'setMentorTimes', 'setCoordinatorTimes', 'setClaimTimes'],
      ...['setCommunityQuietHours', 'setCommunityReminder', 'getWayToMeet', 'chooseWayToMeet'],
      ...['setCommunityLanguage', 'tryMeetingsAgain', 'setCommunityZone'],
    ],
  },
};

const formOf = (intent: string): Form | null => {
  const route = routes[intent];
  return route && 'opens' in route ? route.opens({ requestId, questionId, mentorId: requestId }) : null;
};

/**
 * The intents to which somebody gets who types these commands, looks at their Home, is welcomed, and then presses every button and
 * sends every form.
 */
function reachable(reader: Reader, types: readonly string[]): Set<string> {
  const start = commands.filter(({ name }) => types.includes(name)).map(({ intent }) => intent);
  const atHome = types.includes('home') ? everyDashboard([reader]) : [];
  const welcomed = types.includes('installed') ? [installedCard()] : [];
  start.push(
    ...[...atHome.map(({ card }) => card), ...welcomed].flatMap((card) =>
      buttonsOf(card).map(({ intent }) => intent),
    ),
  );
  const seen = new Set<string>();
  const next = [...start];
  for (let intent = next.pop(); intent !== undefined; intent = next.pop()) {
    if (seen.has(intent)) continue;
    seen.add(intent);
    const form = formOf(intent);
    next.push(
      ...(form ? [form.intent] : []),
      ...everyAnswer(intent, [reader]).flatMap(({ card }) => buttonsOf(card).map((button) => button.intent)),
    );
  }
  return seen;
}

const verbsOf = (intents: Iterable<string>): string[] =>
  [...intents].flatMap((intent) => {
    const route = routes[intent];
    return route && 'verb' in route ? [route.verb.name] : [];
  });

describe('Routes', () => {
  const reached = {
    student: reachable('student', promised.student.types),
    holder: reachable('holder', promised.holder.types),
    other: reachable('other', promised.other.types),
    coordinator: reachable('holder', promised.coordinator.types),
  };

  test.each(
    (['student', 'holder', 'other', 'coordinator'] as const).flatMap((who) =>
      promised[who].verbs.map((verb) => [who, verb] as const),
    ),
  )('the %s gets to %s by typing a command and pressing what is shown', (who, verb) => {
    expect(verbsOf(reached[who])).toContain(verb);
  });

  test('none leads nowhere: each one is behind a command, a Home, a welcome, a form or a button', () => {
    const { student, holder, other, coordinator } = reached;
    const all = new Set([
      ...[...student, ...holder, ...other, ...coordinator],
      ...reachable('holder', ['home', 'installed']),
    ]);
    expect([...all].sort()).toEqual(Object.keys(routes).sort());
  });

  test('the walk notices what cannot be reached', () => {
    for (const verb of ['claimRequest', 'releaseRequest', 'scheduleSession', 'wrapUpSession']) {
      expect(verbsOf(reached.student)).not.toContain(verb);
    }
    expect(reachable('student', ['no-such-command'])).toEqual(new Set());
  });

  test('their names can be carried by a button', () => {
    for (const name of Object.keys(routes)) {
      expect(name).toMatch(/^[a-z]+(\.[a-z-]+)+$/);
      const code = encodeIntent(name, { requestId, startsAt: nowPlus(0).toISOString() });
      expect(code.length).toBeLessThanOrEqual(MAX_INTENT_CODE);
    }
  });

  test('every button carries what its use-case asks for', () => {
    const asked = everyCard().flatMap(({ card }) => buttonsOf(card));
    const kinds = new Map(asked.map((button) => [`${button.intent} ${Object.keys(button.args)}`, button]));
    for (const { intent, args } of kinds.values()) {
      const route = routes[intent];
      if (!route || 'opens' in route) continue;
      expect(route.verb.input.safeParse(args).error?.issues, intent).toBeUndefined();
    }
  });

  test('every form, filled, is what its use-case asks for', () => {
    const filled: Record<string, FieldValue> = {
      text: 'https://example.org/room',
      channel: 'C0123456789',
      roles: ['523456789012345678'],
      tags: ['git'],
      times: [{ start: nowPlus(1).toISOString(), end: null }],
      zone: 'Europe/Berlin',
    };
    for (const intent of Object.keys(routes)) {
      const form = formOf(intent);
      if (!form) continue;
      const values = Object.fromEntries(
        form.fields.map((field) => [
          field.name,
          field.name === 'email'
            ? 'ada@example.org'
            : field.field === 'choice'
              ? (field.choices[0]?.value ?? '')
              : (filled[field.field] ?? ''),
        ]),
      );
      const target = routes[form.intent];
      if (!target || 'opens' in target) throw new Error(`${form.title} submits to nothing`);
      const { error } = target.verb.input.safeParse({ ...form.args, ...values });
      expect(error ? z.prettifyError(error) : '', intent).toBe('');
    }
  });
});

describe('Commands', () => {
  test('have names and descriptions that both platforms take', () => {
    const names = commands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, description } of commands) {
      // https://discord.com/developers/docs/interactions/application-commands: 1 to 32 lower-case characters,
      // 1 to 100 of description. https://docs.slack.dev/interactivity/implementing-slash-commands: no blanks.
      expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      expect(inEnglish(description).length).toBeGreaterThan(0);
      expect(inEnglish(description).length).toBeLessThanOrEqual(100);
    }
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    '/%s has options that both platforms take, and that fill fields of its form',
    (_name, { intent, views, options }) => {
      expect(options.length).toBeLessThanOrEqual(25);
      const fields = formOf(intent)?.fields ?? [];
      // Each view leads to what people can open or do.
      for (const view of Object.values(views ?? {})) expect(routes, view).toHaveProperty([view]);
      for (const { name, description, fills, choices, suggests } of options) {
        expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
        expect(inEnglish(description).length).toBeLessThanOrEqual(100);
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const choice of choices) expect(inEnglish(choice.label).length).toBeLessThanOrEqual(100);
        if (fills === 'view') {
          expect(choices.map(({ value }) => value)).toEqual(Object.keys(views ?? {}));
          continue;
        }
        const field = fields.find((each) => each.name === fills);
        const expected = suggests ? { field: suggests } : { field: 'choice', choices };
        expect(field, `${name} fills "${fills}"`).toMatchObject(expected);
      }
    },
  );

  test('typed bare, each one leads somewhere', () => {
    for (const { name, intent } of commands) {
      const route = routes[intent];
      if (route && 'verb' in route) {
        expect(route.verb.input.safeParse({}).success, name).toBe(true);
      } else {
        expect(formOf(intent), name).not.toBeNull();
      }
    }
  });
});
