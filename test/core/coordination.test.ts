import { describe, expect, test } from 'vitest';
import { usualSettings } from '../../src/core/community.ts';
import { assign, takeBack } from '../../src/core/coordination.ts';
import { UserError } from '../../src/core/errors.ts';
import { takeOver } from '../../src/core/handing-over.ts';
import { takeOverAsked } from '../../src/core/handing-over-notices.ts';
import type { Actor } from '../../src/core/people.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { type Context, runUseCase, type UseCase } from '../../src/core/use-case.ts';
import { getAttention } from '../../src/core/use-cases/get-attention.ts';
import { setCommunityQuietHours } from '../../src/core/use-cases/set-community-quiet-hours.ts';
import { setCommunityReminder } from '../../src/core/use-cases/set-community-reminder.ts';
import {
  setClaimTimes,
  setCoordinatorTimes,
  setMentorTimes,
} from '../../src/core/use-cases/set-community-times.ts';
import { cardFor } from '../../src/messages/index.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import {
  ada,
  claimed,
  grace,
  linus,
  now,
  nowPlus,
  offered,
  onlyGoogle,
  open,
  roles,
  scheduled,
  toldTo,
} from './samples.ts';

const coordinator: Actor = { ...roles['somebody else'], isCoordinator: true };
const told = ({ notices }: { notices: Parameters<typeof toldTo>[0][] }) =>
  notices.map((notice) => `${notice.kind} to ${toldTo(notice)}`);

describe('a coordinator', () => {
  test('gives back what a mentor holds, and both hear of it', () => {
    const change = takeBack(claimed(), coordinator, now);
    expect(change.request).toMatchObject({ status: 'OPEN', mentor: null, claimedAt: null });
    expect(told(change)).toEqual(
      expect.arrayContaining([
        'request_card to mentors',
        'claim_returned to student',
        'claim_returned to holder',
        'mentors_sought to matching',
      ]),
    );
  });

  test('takes back what another mentor is asked to take over: nobody is asked any more', () => {
    const { request } = takeBack(offered(claimed()), coordinator, now);
    expect(request.offer).toBeNull();
    const given = assign(request, coordinator, grace, now).request;
    expect(given.offer).toBeNull();
    for (const one of [request, given]) {
      expect(() => takeOver(one, roles['another mentor'], now, true, null)).toThrow('offer_gone');
      const card = cardFor(takeOverAsked(one, linus, now) as never, one, now);
      expect(card).toBeNull();
    }
  });

  test('gives an open request to a mentor, who hears of it as the student does', () => {
    const hold = { by: grace, until: nowPlus(HOUR) };
    const change = assign(open({ hold }), coordinator, linus, now);
    expect(change.request).toMatchObject({ status: 'CLAIMED', mentor: linus, claimedAt: now, hold: null });
    expect(told(change)).toEqual(
      expect.arrayContaining([
        'request_card to mentors',
        'room to room',
        'request_claimed to student',
        'claim_assigned to another mentor',
        'claim_nudge to another mentor',
      ]),
    );
  });

  test.each<[string, () => unknown, string]>([
    ['takes back what nobody holds', () => takeBack(open(), coordinator, now), 'request_not_claimed'],
    ['takes back what is planned', () => takeBack(scheduled(DAY), coordinator, now), 'request_not_claimed'],
    ['is no coordinator', () => takeBack(claimed(), roles.holder, now), 'coordinators_only'],
    ['is no coordinator, giving', () => assign(open(), roles.holder, linus, now), 'coordinators_only'],
    ['gives what is held', () => assign(claimed(), coordinator, linus, now), 'request_not_open'],
    [
      'gives what ran out',
      () => assign(open({ expiresAt: now }), coordinator, linus, now),
      'request_not_open',
    ],
    ['gives it to its student', () => assign(open(), coordinator, ada, now), 'request_is_your_own'],
    [
      'is one elsewhere',
      () => takeBack(claimed({ communityId: 'elsewhere' }), coordinator, now),
      'request_not_found',
    ],
  ])('is refused who %s', (_what, act, code) => {
    expect(act).toThrow(code);
  });
});

describe('settings', () => {
  const as = (actor: Actor): Context => ({
    store: memoryStore(),
    availability: memoryAvailability(),
    profile: memoryProfile(),
    ...memoryCommunity(),
    home: { show: async () => {} },
    space: memorySpace(),
    people: memoryPeople(),
    zoneFromPlatform: false,
    actor,
    clock: { now: () => now },
    newId: 'x',
    links: null,
    linkMaker: 'google-meet',
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put',
  });
  const run = (verb: unknown, raw: unknown, actor = coordinator) =>
    runUseCase(verb as UseCase, as(actor), raw);
  const problem = async (verb: unknown, raw: unknown) => {
    const error = await run(verb, raw).catch((thrown: unknown) => thrown);
    return error instanceof UserError ? (error as UserError<'invalid_input'>).detail.fields[0] : error;
  };

  test('take hours, and keep the rest', async () => {
    expect(await run(setMentorTimes, { high: '1', normal: '12', low: '24', openFor: '240' })).toEqual({
      ...usualSettings,
      openFor: 10 * DAY,
      circle: {
        high: { mentorsAgain: HOUR, coordinators: 6 * HOUR },
        normal: { mentorsAgain: 12 * HOUR, coordinators: 2 * DAY },
        low: { mentorsAgain: DAY, coordinators: 4 * DAY },
      },
    });
    expect(
      await run(setClaimTimes, { nudge: 1, tellStudent: 2, giveBack: 3, withProposal: 3 }),
    ).toMatchObject({
      claim: { nudge: HOUR, giveBack: 3 * HOUR, withProposal: 3 * HOUR },
    });
    expect(await run(setCommunityQuietHours, { hours: 'none', from: 0, to: 0 })).toMatchObject({
      quietHours: null,
    });
    expect(await run(setCommunityReminder, { reminder: '1h', wanted: 'yes' })).toMatchObject({
      reminders: ['24h', '1h', '15m'],
    });
  });

  test.each([
    [
      'coordinators before mentors',
      setCoordinatorTimes,
      { high: 1, normal: 48, low: 96 },
      'high',
      'out_of_order',
    ],
    [
      'the end before coordinators',
      setMentorTimes,
      { high: 1, normal: 1, low: 1, openFor: 72 },
      'low',
      'out_of_order',
    ],
    [
      'the word before the reminder',
      setClaimTimes,
      { nudge: 4, tellStudent: 4, giveBack: 5, withProposal: 6 },
      'tellStudent',
      'not_later',
    ],
    [
      'giving back before the word',
      setClaimTimes,
      { nudge: 1, tellStudent: 4, giveBack: 2, withProposal: 6 },
      'giveBack',
      'not_later',
    ],
    [
      'less time with a proposal',
      setClaimTimes,
      { nudge: 1, tellStudent: 4, giveBack: 8, withProposal: 6 },
      'withProposal',
      'not_later',
    ],
    ['a night of no length', setCommunityQuietHours, { hours: 'own', from: 60, to: 60 }, 'to', 'same_time'],
    ['no time at all', setMentorTimes, { high: 0, normal: 1, low: 1, openFor: 72 }, 'high', 'missing'],
  ])('refuse %s', async (_what, verb, raw, field, code) => {
    expect(await problem(verb, raw)).toMatchObject({ field, code });
  });

  test.each([
    ['setMentorTimes', setMentorTimes, { high: 1, normal: 12, low: 24, openFor: 240 }],
    ['setClaimTimes', setClaimTimes, { nudge: 1, tellStudent: 2, giveBack: 3, withProposal: 3 }],
    ['setCommunityQuietHours', setCommunityQuietHours, { hours: 'none', from: 0, to: 0 }],
    ['setCommunityReminder', setCommunityReminder, { reminder: '1h', wanted: 'yes' }],
    ['getAttention', getAttention, {}],
  ])('are for coordinators: %s', async (_name, verb, raw) => {
    await expect(run(verb, raw, roles.holder)).rejects.toThrow('coordinators_only');
  });
});
