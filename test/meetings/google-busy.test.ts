import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GoogleIdentity } from '../../src/meetings/google-auth.ts';
import { googleBusy } from '../../src/meetings/google-busy.ts';
import { type Fault, type GoogleStandIn, startGoogle } from '../../src/sandbox/google/index.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { failureOf as failure } from './failure.ts';
import { settingsAt } from './google-settings.ts';

let google: GoogleStandIn;
let wire: WireEntry[];

beforeEach(async () => {
  wire = [];
  google = await startGoogle({ record: (entry) => wire.push(entry) });
  google.calendarsOf({
    'ada@example.org': { busy: [{ start: '2026-12-01T10:00:00+01:00', end: '2026-12-01T11:30:00+01:00' }] },
    'grace@example.org': { busy: [] },
  });
});
afterEach(() => google.close());

const both: GoogleIdentity['kind'][] = ['service-account', 'refresh-token'];
const calendarsBy = (kind: GoogleIdentity['kind'] = 'refresh-token', changes = {}, timeoutMs?: number) =>
  googleBusy({ ...settingsAt(google, kind, changes), timeoutMs });
const within = { from: new Date('2026-12-01T00:00:00Z'), to: new Date('2026-12-08T00:00:00Z') };
const asked = () => wire.filter(({ path }) => path.startsWith('/calendar/v3/freeBusy'));

describe.each(both)('by a %s', (kind) => {
  it('tells when people are busy, with one question for all of them', async () => {
    const told = await calendarsBy(kind).busy(['ada@example.org', 'grace@example.org'], within);
    expect(told).toEqual(
      new Map([
        [
          'ada@example.org',
          [{ from: new Date('2026-12-01T09:00:00Z'), to: new Date('2026-12-01T10:30:00Z') }],
        ],
        ['grace@example.org', []],
      ]),
    );
    expect(asked()).toHaveLength(1);
  });

  it('says what is missing when calendars may not be looked at, with all that is to be granted', async () => {
    await calendarsBy(kind).check();
    google.withholdsFreeBusy();
    const { kind: what, message } = await failure(calendarsBy(kind).check());
    expect(what).toBe('setup');
    expect(message).toMatch(
      /calendar\.events\b[\s\S]*calendar\.calendars\.readonly[\s\S]*calendar\.freebusy/,
    );
    expect(await failure(calendarsBy(kind).busy(['ada@example.org'], within))).toMatchObject({ kind: what });
  });

  it('gets a fresh token when Google no longer takes the old one', async () => {
    const calendars = calendarsBy(kind);
    await calendars.busy(['grace@example.org'], within);
    google.expireTokens();
    expect((await calendars.busy(['grace@example.org'], within)).get('grace@example.org')).toEqual([]);
  });
});

it('a calendar that tells nothing costs the others nothing', async () => {
  google.calendarsOf({ 'broken@example.org': 'internalError', 'all@example.org': 'groupTooBig' });
  const everybody = ['ada@example.org', 'nobody@example.org', 'broken@example.org', 'all@example.org'];
  const told = await calendarsBy().busy(everybody, within);
  expect(told.get('ada@example.org')).toHaveLength(1);
  expect(everybody.slice(1).map((address) => told.get(address))).toEqual([
    'notFound',
    'internalError',
    'groupTooBig',
  ]);
});

it.each<[Fault]>([
  ['rateLimitExceeded'],
  ['userRateLimitExceeded'],
  ['tooManyRequests'],
  ['backendError'],
  ['dropped'],
])('when Google says %s, nothing is known for now, and it is asked once', async (fault) => {
  google.fails(fault, /freeBusy/);
  expect(await failure(calendarsBy().busy(['ada@example.org'], within))).toMatchObject({ kind: 'later' });
  expect(asked()).toHaveLength(1);
});

it.each([/token/, /freeBusy/])('has no more patience than it was given when %s hangs', async (where) => {
  google.fails('hangs', where);
  const began = performance.now();
  const error = await failure(calendarsBy('refresh-token', {}, 200).busy(['ada@example.org'], within));
  expect(error).toMatchObject({ kind: 'later', message: expect.stringMatching(/did not answer in time/) });
  expect(performance.now() - began).toBeLessThan(1_500);
});

it('signing in and asking share the patience', async () => {
  google.fails({ slowMs: 250 }, /token/);
  google.fails({ slowMs: 250 }, /freeBusy/);
  const error = await failure(calendarsBy('refresh-token', {}, 400).busy(['ada@example.org'], within));
  expect(error.message).toMatch(/did not answer in time/);
});

it('says that the time asked about is too long, as Google does', async () => {
  const year = { from: within.from, to: new Date('2027-12-01T00:00:00Z') };
  expect(await failure(calendarsBy().busy(['ada@example.org'], year))).toMatchObject({
    kind: 'setup',
    message: expect.stringMatching(/timeRangeTooLong/),
  });
});
