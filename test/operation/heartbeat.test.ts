import { describe, expect, test } from 'vitest';
import { after, HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { heartbeatCard, type Word } from '../../src/messages/heartbeat-cards.ts';
import { beat, calm, type Heart, type Pulse } from '../../src/worker/heartbeat.ts';
import { spoken } from '../support/spoken.ts';

const start = new Date('2027-03-01T12:00:00Z');
const well: Pulse = {
  platforms: [
    { name: 'slack', up: true },
    { name: 'discord', up: true },
  ],
  sinceTickMs: 900,
  dead: 0,
  setUp: [],
};
const slackDown: Pulse = {
  ...well,
  platforms: [
    { name: 'slack', up: false },
    { name: 'discord', up: true },
  ],
};

/** Feels the pulse at these times after the start, and says what was told at each. */
function told(...beats: [at: number, pulse: Pulse][]): Word[][] {
  let heart: Heart = calm;
  return beats.map(([at, pulse]) => {
    const next = beat(heart, pulse, after(start, at));
    heart = next.heart;
    return next.say;
  });
}
const cutOff: Word = { about: 'platform', name: 'slack' };

describe('the heartbeat', () => {
  test('says nothing while all is well', () => {
    expect(told([0, well], [MINUTE, well], [HOUR, well])).toEqual([[], [], []]);
  });

  test('tells of a platform that is away for two minutes, and that it is back', () => {
    expect(
      told(
        [0, slackDown],
        [2 * MINUTE - SECOND, slackDown],
        [2 * MINUTE, slackDown],
        [3 * MINUTE, well],
        [4 * MINUTE, well],
      ),
    ).toEqual([[], [], [cutOff], [{ about: 'well' }], []]);
  });

  test('says nothing of a short break, and begins anew after it', () => {
    expect(
      told([0, slackDown], [MINUTE, well], [MINUTE + SECOND, slackDown], [3 * MINUTE, slackDown]),
    ).toEqual([[], [], [], []]);
  });

  test('repeats itself once an hour at most', () => {
    const days = Array.from({ length: 70 }, (_, minute): [number, Pulse] => [minute * MINUTE, slackDown]);
    expect(told(...days).flat()).toEqual([cutOff, cutOff]);
  });

  test('a platform that comes and goes is told once an hour, and well once for it', () => {
    const flapping = Array.from({ length: 55 }, (_, minute): [number, Pulse] => [
      minute * MINUTE,
      minute % 5 === 4 ? well : slackDown,
    ]);
    expect(told(...flapping).flat()).toEqual([cutOff, { about: 'well' }]);
  });

  test('each cause is told for itself, and well only when all are over', () => {
    const both: Pulse = { ...slackDown, dead: null };
    expect(
      told([0, both], [MINUTE, both], [2 * MINUTE, both], [3 * MINUTE, slackDown], [4 * MINUTE, well]),
    ).toEqual([[], [{ about: 'database' }], [cutOff], [], [{ about: 'well' }]]);
  });

  test('a clock that stands still is told, unless the database explains it', () => {
    const stalled = { ...well, sinceTickMs: MINUTE };
    expect(told([0, stalled])).toEqual([[{ about: 'clock' }]]);
    expect(told([0, { ...stalled, dead: null }])).toEqual([[]]);
  });

  test('counts what was given up since it last said so, not what was before the start', () => {
    const dead = (count: number) => ({ ...well, dead: count });
    expect(
      told(
        [0, dead(3)],
        [MINUTE, dead(4)],
        [2 * MINUTE, dead(5)],
        [3 * MINUTE, dead(6)],
        [HOUR + MINUTE, dead(6)],
        [2 * HOUR + MINUTE, dead(6)],
      ),
    ).toEqual([[], [{ about: 'given_up', count: 1 }], [], [], [{ about: 'given_up', count: 2 }], []]);
  });

  test('given up is no state: nothing is "well again" after it, and a database that is away hides no count', () => {
    const dead = (count: number | null) => ({ ...well, dead: count });
    expect(told([0, dead(0)], [SECOND, dead(null)], [2 * SECOND, dead(1)], [3 * SECOND, dead(1)])).toEqual([
      [],
      [],
      [{ about: 'given_up', count: 1 }],
      [],
    ]);
  });

  test('what was taken away is told once it is sure, once a day, each thing for itself, and when it is back', () => {
    const role = { what: 'Discord: roles', remedy: 'Choose another.' };
    const lost = { ...well, setUp: [role] };
    const word: Word = { about: 'set_up', name: role.what, remedy: role.remedy };
    expect(told([0, lost], [MINUTE, lost], [HOUR + MINUTE, lost], [2 * HOUR, well])).toEqual([
      [],
      [word],
      [],
      [{ about: 'well' }],
    ]);
    expect(told([0, lost], [30 * SECOND, well], [MINUTE, lost])).toEqual([[], [], []]);
    const more = { ...lost, setUp: [role, { what: 'Discord: server' }] };
    expect(told([0, lost], [MINUTE, more], [2 * MINUTE, more]).flat()).toEqual([
      word,
      { about: 'set_up', name: 'Discord: server', remedy: '' },
    ]);
  });

  test('has words for everything, and says what to do', () => {
    const words: Word[] = [
      cutOff,
      { about: 'database' },
      { about: 'clock' },
      { about: 'given_up', count: 2 },
      { about: 'set_up', name: 'Discord: roles', remedy: 'Choose another.' },
      { about: 'well' },
    ];
    for (const word of words) expect(heartbeatCard(word).blocks.length).toBeGreaterThan(0);
    expect(JSON.stringify(heartbeatCard(cutOff))).toMatch(/Slack.*doctor/);
    expect(spoken(heartbeatCard({ about: 'given_up', count: 1 })).title).toBe('I gave up on 1 message');
  });
});
