import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tidy, type WeeklyHours } from '../../src/core/availability.ts';
import { type Language, languages } from '../../src/core/language.ts';
import { readHours, readWeek } from '../../src/core/typed-hours.ts';
import { WEEK_LIMIT } from '../../src/core/use-cases/set-weekly-availability.ts';
import { packWeek, unpackWeek, weekWords } from '../../src/messages/availability-forms.ts';
import { worded } from '../../src/messages/in-language.ts';

/** A week as the form begins with it. */
const written = (week: WeeklyHours[], language: Language): string =>
  worded(weekWords(week), { language, timeZone: null });
const at = (weekday: number, ...hours: [from: number, to: number][]): WeeklyHours[] =>
  hours.map(([from, to]) => ({ weekday, from: from * 60, to: to * 60 }));

describe('a week as people write it', () => {
  test.each<[string, WeeklyHours[]]>([
    ['', []],
    ['Mon 18:00-20:00, 21:00-22:00', at(1, [18, 20], [21, 22])],
    ['mon 18-20', at(1, [18, 20])],
    ['Monday: 6pm - 8pm', at(1, [18, 20])],
    ['Mondays 6pm to 8:00 pm', at(1, [18, 20])],
    ['Tue 12am–12pm', at(2, [0, 12])],
    ['Fri 22:00-24:00', at(5, [22, 24])],
    ['Fri 22:00-0:00', at(5, [22, 24])],
    ['Mon-Wed 9-10', [...at(1, [9, 10]), ...at(2, [9, 10]), ...at(3, [9, 10])]],
    ['Sat to Mon 9-10', [...at(1, [9, 10]), ...at(6, [9, 10]), ...at(7, [9, 10])]],
    ['Tue, Thu 9-10', [...at(2, [9, 10]), ...at(4, [9, 10])]],
    ['Tue and Thu: 9.00-10.00', [...at(2, [9, 10]), ...at(4, [9, 10])]],
    ['weekends 10-16', [...at(6, [10, 16]), ...at(7, [10, 16])]],
    ['Wed 9-11\nWed 10-12', at(3, [9, 12])],
    ['lunes 18:00 a 20:00', at(1, [18, 20])],
    ['Lun-mié 9-10', [...at(1, [9, 10]), ...at(2, [9, 10]), ...at(3, [9, 10])]],
    ['sábados y domingos: 10-16', [...at(6, [10, 16]), ...at(7, [10, 16])]],
    ['MAR, JUE 12-13 y 15-16', [...at(2, [12, 13], [15, 16]), ...at(4, [12, 13], [15, 16])]],
    ['fines de semana 10-16', [...at(6, [10, 16]), ...at(7, [10, 16])]],
    ['\n Sun 9-10 ; Mon 9-10\n\n', [...at(1, [9, 10]), ...at(7, [9, 10])]],
  ])('%j', (text, value) => expect(readWeek(text)).toEqual({ ok: true, value }));

  test.each([
    ['Mon', 'hours_unreadable', 'Mon'],
    ['18:00-20:00', 'hours_unreadable', '18:00-20:00'],
    ['Mon 18-20\nSomeday 9-10', 'hours_unreadable', 'Someday 9-10'],
    ['Mon 18', 'hours_unreadable', 'Mon 18'],
    ['Mon 18-19-20', 'hours_unreadable', 'Mon 18-19-20'],
    ['Mon 25:00-26:00', 'hours_unreadable', 'Mon 25:00-26:00'],
    ['Mon 18:60-20:00', 'hours_unreadable', 'Mon 18:60-20:00'],
    ['Mon 13pm-14pm', 'hours_unreadable', 'Mon 13pm-14pm'],
    ['Tue 9-10\nMon 20:00-18:00', 'hours_backwards', 'Mon 20:00-18:00'],
    ['Mon 22:00-02:00', 'hours_backwards', 'Mon 22:00-02:00'],
    ['Mon 9-9', 'hours_backwards', 'Mon 9-9'],
    ['M 9-10', 'hours_unreadable', 'M 9-10'],
  ])('%j is refused, with the line', (text, code, detail) => {
    expect(readWeek(text)).toEqual({ ok: false, problem: { code, detail } });
  });

  test('a line of any length is named in short', () => {
    const read = readWeek('x'.repeat(5_000));
    expect(read.ok ? '' : read.problem.detail).toHaveLength(60);
  });

  const minute = fc.integer({ min: 0, max: 1_440 });
  const week = fc
    .array(
      fc.tuple(fc.integer({ min: 1, max: 7 }), minute, minute).filter(([, from, to]) => from < to),
      { maxLength: 12 },
    )
    .map((rows) =>
      [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
        tidy(rows.filter(([day]) => day === weekday).map(([, from, to]) => ({ from, to }))).map((hours) => ({
          weekday,
          ...hours,
        })),
      ),
    );

  test('what is written is read the same', () => {
    fc.assert(
      fc.property(week, (value) => {
        for (const language of languages) {
          expect(readWeek(written(value, language))).toEqual({ ok: true, value });
        }
      }),
    );
  });

  test('a button carries a week whole, or not at all', () => {
    const order = (rows: WeeklyHours[]) => [...rows].sort((a, b) => a.weekday - b.weekday || a.from - b.from);
    fc.assert(
      fc.property(week, (value) => {
        const { now } = packWeek(value);
        if (now === undefined) expect(value.length === 0 || value.length > 9).toBe(true);
        else expect(order(unpackWeek(now))).toEqual(value);
        // What the form begins with is what it takes.
        for (const language of languages) {
          expect(written(unpackWeek(now ?? ''), language).length).toBeLessThanOrEqual(WEEK_LIMIT);
        }
      }),
    );
  });

  test('anything is read or refused, never thrown', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => typeof readWeek(text).ok === 'boolean'));
    fc.assert(fc.property(fc.string({ maxLength: 100 }), (text) => Array.isArray(unpackWeek(text))));
  });
});

test('hours of a date', () => {
  expect(readHours('')).toEqual({ ok: true, value: [] });
  expect(readHours('10:00-12:00, 14-16')).toEqual({
    ok: true,
    value: [
      { from: 600, to: 720 },
      { from: 840, to: 960 },
    ],
  });
  expect(readHours('all day')).toMatchObject({ ok: false });
});
