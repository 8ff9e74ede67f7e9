import { afterEach, describe, expect, it } from 'vitest';
import { readTimes, readZone } from '../../src/platforms/typed-times.ts';

/** A Sunday, 14:00 in Berlin. */
const now = new Date('2026-11-22T13:00:00Z');
const berlin = 'Europe/Berlin';

/** Starts and ends as UTC to the minute; problems by code and text. */
const read = (text: string, zone: string | null = berlin, at = now) => {
  const { times, problems } = readTimes(text, zone, at);
  return [
    ...times.map(({ start, end }) =>
      end ? `${start.slice(0, 16)} to ${end.slice(0, 16)}` : start.slice(0, 16),
    ),
    ...problems.map(({ code, detail }) => (detail === undefined ? code : `${code}: ${detail}`)),
  ];
};

const machineZone = process.env.TZ;
afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
});

describe.each([
  ['UTC', 0],
  ['America/New_York', 300],
  ['Pacific/Apia', -780],
])('on a machine in %s', (zone, offset) => {
  const here = (...args: Parameters<typeof read>) => {
    process.env.TZ = zone;
    expect(now.getTimezoneOffset()).toBe(offset);
    return read(...args);
  };

  it.each([
    ['2026-12-01 18:30', '2026-12-01T17:30'],
    ['2026-12-01, 18:30', '2026-12-01T17:30'],
    ['2026-12-01T18:30', '2026-12-01T17:30'],
    ['2026-12-01T18:30:00Z', '2026-12-01T18:30'],
    ['2026-12-01T18:30+05:30', '2026-12-01T13:00'],
    ['2026-12-01 18:30-20:00', '2026-12-01T17:30 to 2026-12-01T19:00'],
    ['2026-12-01 18:30 to 20:00', '2026-12-01T17:30 to 2026-12-01T19:00'],
    ['2026-12-01 22:00-24:00', '2026-12-01T21:00 to 2026-12-01T23:00'],
    ['2026-12-01 22:00 - 2026-12-02 01:00', '2026-12-01T21:00 to 2026-12-02T00:00'],
    ['Fri 10:00–12:00', '2026-11-27T09:00 to 2026-11-27T11:00'],
    ['Fri 10-12', '2026-11-27T09:00 to 2026-11-27T11:00'],
    ['friday 3-5pm', '2026-11-27T14:00 to 2026-11-27T16:00'],
    ['Friday from 9 am to 11 am', '2026-11-27T08:00 to 2026-11-27T10:00'],
    ['10-2pm', '2026-11-23T09:00 to 2026-11-23T13:00'],
    ['10:00 on Friday', '2026-11-27T09:00'],
    ['Thursday at 3.30 pm', '2026-11-26T14:30'],
    ['tomorrow 3pm', '2026-11-23T14:00'],
    ['tomorrow noon', '2026-11-23T11:00'],
    ['day after tomorrow 10:00', '2026-11-24T09:00'],
    ['tonight 8pm', '2026-11-22T19:00'],
    ['15:00', '2026-11-22T14:00'],
    ['Dec 1 18:30', '2026-12-01T17:30'],
    ['Dec 1st 18:30', '2026-12-01T17:30'],
    ['Tue, Dec 1, 2026, 6pm', '2026-12-01T17:00'],
    ['1 December 2026 at 18:30', '2026-12-01T17:30'],
    ['1.12.2026 10:00', '2026-12-01T09:00'],
    ['25/12/2026 10:00', '2026-12-25T09:00'],
    ['Jan 5 10:00', '2027-01-05T09:00'],
    ['next monday 10:00', '2026-11-23T09:00'],
    ['in 3 days 10:00', '2026-11-25T09:00'],
    ['in 2 hours', '2026-11-22T15:00'],
    ['viernes 10:00-12:00', '2026-11-27T09:00 to 2026-11-27T11:00'],
    ['vie 10 a 12', '2026-11-27T09:00 to 2026-11-27T11:00'],
    ['el miércoles a las 15:00', '2026-11-25T14:00'],
    ['Sáb de 10:00 hasta 12:00', '2026-11-28T09:00 to 2026-11-28T11:00'],
    ['mañana 15:00', '2026-11-23T14:00'],
    ['mañana a las 15:00', '2026-11-23T14:00'],
    ['pasado mañana 10:00', '2026-11-24T09:00'],
    ['hoy 20:00, mañana 9:30', '2026-11-22T19:00', '2026-11-23T08:30'],
    ['1 de diciembre 18:30', '2026-12-01T17:30'],
    ['5 de enero a las 10:00', '2027-01-05T09:00'],
    ['en 3 días 10:00', '2026-11-25T09:00'],
  ])('reads %s', (text, ...wanted) => {
    expect(here(text)).toEqual(wanted);
  });

  it('takes the next such day: today when it is still ahead, else in a week', () => {
    expect(here('Sun 15:00')).toEqual(['2026-11-22T14:00']);
    expect(here('Sun 12:00')).toEqual(['2026-11-29T11:00']);
    expect(here('12:00')).toEqual(['2026-11-23T11:00']);
    // Already Monday in Tokyo.
    expect(here('Mon 23:30', 'Asia/Tokyo', new Date('2026-11-22T20:00:00Z'))).toEqual(['2026-11-23T14:30']);
    expect(here('tomorrow 9:00', 'Asia/Tokyo', new Date('2026-11-22T20:00:00Z'))).toEqual([
      '2026-11-24T00:00',
    ]);
  });

  it.each([
    // Spring: the wall clock time that is left out moves ahead by the gap.
    ['Europe/Berlin', '2026-03-29 01:30', '2026-03-29T00:30'],
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T01:30'],
    ['Europe/Berlin', '2026-03-29 03:30', '2026-03-29T01:30'],
    ['America/New_York', '2026-03-08 01:30', '2026-03-08T06:30'],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08T07:30'],
    ['America/New_York', '2026-03-08 18:00', '2026-03-08T22:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-03T15:45'],
    ['Australia/Lord_Howe', '2026-10-04 12:00', '2026-10-04T01:00'],
    // Autumn: the first of the two.
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30'],
    ['Europe/Berlin', '2026-10-25 03:30', '2026-10-25T02:30'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30'],
    ['America/New_York', '2026-11-01 02:30', '2026-11-01T07:30'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45'],
    ['Australia/Lord_Howe', '2026-04-05 12:00', '2026-04-05T01:30'],
    // The gap of another zone than the person's is nothing to them.
    ['Asia/Tokyo', '2026-03-08 02:30', '2026-03-07T17:30'],
  ])('keeps to the clock of %s at %s', (zoneOfPerson, text, wanted) => {
    expect(here(text, zoneOfPerson, new Date('2026-01-01T00:00:00Z'))).toEqual([wanted]);
  });

  it('counts days by the calendar over a change of clocks', () => {
    const eve = new Date('2026-03-28T20:00:00Z');
    expect(here('tomorrow 18:00', berlin, eve)).toEqual(['2026-03-29T16:00']);
    expect(here('Sun 18:00-19:30', berlin, eve)).toEqual(['2026-03-29T16:00 to 2026-03-29T17:30']);
    expect(here('2026-03-29 01:30-03:30', berlin, eve)).toEqual(['2026-03-29T00:30 to 2026-03-29T01:30']);
  });
});

describe('several times', () => {
  it('are parted by commas, semicolons and lines', () => {
    expect(read('2026-12-01 18:30; Tue 7pm\n2026-12-02 10:00, Wed 9:00')).toEqual([
      '2026-12-01T17:30',
      '2026-11-24T18:00',
      '2026-12-02T09:00',
      '2026-11-25T08:00',
    ]);
    expect(read(' , ;\n')).toEqual([]);
  });

  it('share the day in one line, and begin anew in the next', () => {
    expect(read('Fri 10:00, 14:00-15:00')).toEqual([
      '2026-11-27T09:00',
      '2026-11-27T13:00 to 2026-11-27T14:00',
    ]);
    expect(read('Fri 10:00\n18:00')).toEqual(['2026-11-27T09:00', '2026-11-22T17:00']);
  });

  it('are read one by one: what is right stays', () => {
    expect(read('Fri 10:00\nsoonish; 2026-12-01 18:30')).toEqual([
      '2026-11-27T09:00',
      '2026-12-01T17:30',
      'time_unreadable: soonish',
    ]);
  });
});

describe('zones', () => {
  it('at the end hold for all, after an entry for that one', () => {
    const all = readTimes('Mon 10:00, Tue 11:00 America/New_York', berlin, now);
    expect(all.times.map(({ start }) => start)).toEqual([
      '2026-11-23T15:00:00.000Z',
      '2026-11-24T16:00:00.000Z',
    ]);
    expect(all.zone).toBe('America/New_York');
    const one = readTimes('Mon 10:00 Asia/Tokyo, Tue 11:00', berlin, now);
    expect(one.times.map(({ start }) => start)).toEqual([
      '2026-11-23T01:00:00.000Z',
      '2026-11-24T10:00:00.000Z',
    ]);
    expect(one.zone).toBe('Asia/Tokyo');
    const each = readTimes('Mon 10:00 Asia/Tokyo; Tue 11:00 (europe/paris)', null, now);
    expect(each.times.map(({ start }) => start)).toEqual([
      '2026-11-23T01:00:00.000Z',
      '2026-11-24T10:00:00.000Z',
    ]);
    const alone = readTimes('Mon 10:00, Tue 11:00, Asia/Tokyo', null, now);
    expect(alone).toMatchObject({ problems: [], zone: 'Asia/Tokyo', times: [{}, {}] });
    expect(readTimes('Mon 10:00 UTC', berlin, now)).toMatchObject({
      zone: 'UTC',
      times: [{ start: '2026-11-23T10:00:00.000Z' }],
    });
  });

  it('are missed only by times that need one, and once', () => {
    expect(read('Mon 10:00, Tue 11:00', null)).toEqual(['zone_missing']);
    expect(read('2026-12-01T18:30:00Z', null)).toEqual(['2026-12-01T18:30']);
    expect(read('in 2 hours', null)).toEqual(['2026-11-22T15:00']);
    expect(read('', null)).toEqual([]);
  });

  it.each(['Europe/Berln', 'EST', 'PST', 'CET', 'Mars/Olympus'])('does not guess at %s', (zone) => {
    expect(read(`Fri 10:00 ${zone}`)).toEqual([`zone_unknown: ${zone}`]);
    expect(readZone(zone)).toBeNull();
  });

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    [' Berlin ', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
    ['Asia/Kolkata', expect.stringMatching(/^Asia\/(Kolkata|Calcutta)$/)],
  ])('reads %s as %s', (words, zone) => {
    expect(readZone(words)).toEqual(zone);
  });
});

describe('what cannot be used', () => {
  it.each([
    'soon',
    'Fri',
    'friday morning',
    '@everyone Fri 10:00',
    'Fri Sat 10:00',
    '2026-02-30 10:00',
    '2026-12-01 25:00',
    '2026-12-01 10:60',
    '13pm',
    '03/04/2026 10:00',
    '12/1 10:00',
    'Dec 10-12',
    '10',
    'drop table times',
  ])('%s', (text) => {
    expect(read(text)).toEqual([expect.stringMatching(/^time_unreadable: /)]);
  });

  it('windows that end before they start', () => {
    expect(read('2026-12-01 20:00-18:30')).toEqual(['time_backwards: 2026-12-01 20:00-18:30']);
    expect(read('2026-12-01 20:00-20:00')).toEqual(['time_backwards: 2026-12-01 20:00-20:00']);
  });

  it('names the field', () => {
    expect(readTimes('soon', berlin, now, 'preferredTimes').problems).toEqual([
      { field: 'preferredTimes', code: 'time_unreadable', detail: 'soon' },
    ]);
  });

  it('takes no time over long nonsense', () => {
    const start = performance.now();
    for (const bit of ['1:', ' ', 'T', '1-', 'https://', 'a', '10:00 ', 'Fri ', '- ', '(', '2026-', 'pm '])
      read(bit.repeat(4_000 / bit.length));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
