import { describe, expect, test } from 'vitest';
import { type Context, runUseCase } from '../../src/core/use-case.ts';
import { dropCalendarFeed } from '../../src/core/use-cases/drop-calendar-feed.ts';
import { getSettings } from '../../src/core/use-cases/get-settings.ts';
import { renewCalendarFeed } from '../../src/core/use-cases/renew-calendar-feed.ts';
import { setTimeZone } from '../../src/core/use-cases/set-time-zone.ts';
import { createLinks } from '../../src/web/links.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import { now, onlyGoogle, roles } from './samples.ts';

const as = (zoneFromPlatform = false) => {
  const profile = memoryProfile();
  const context: Context = {
    store: memoryStore(),
    availability: memoryAvailability(),
    ...memoryCommunity(),
    space: memorySpace(),
    profile,
    zoneFromPlatform,
    home: { show: async () => {} },
    actor: { ...roles.student, timeZone: 'Europe/Berlin' },
    clock: { now: () => now },
    newId: 'x',
    people: memoryPeople(),
    links: null,
    linkMaker: 'google-meet',
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put',
  };
  return { profile, context };
};

describe('my settings', () => {
  test('a link for the calendar follows from the press, and there is none without pages', async () => {
    const { context, profile } = as();
    await expect(runUseCase(renewCalendarFeed, context, {})).rejects.toMatchObject({ code: 'no_pages' });
    expect(await runUseCase(getSettings, context, {})).toMatchObject({ offersFeed: false });

    const links = createLinks('https://mini.example', 'secret');
    const withPages = { ...context, links };
    const feed = await runUseCase(renewCalendarFeed, withPages, {});
    // The same press delivered twice.
    expect(await runUseCase(renewCalendarFeed, withPages, {})).toEqual(feed);
    expect((await profile.getPreferences()).calendarFeed).toBe(feed.kept);
    expect(links.keptOf(feed.page.split('/').at(-1) ?? '')).toBe(feed.kept);
    const another = await runUseCase(renewCalendarFeed, { ...withPages, newId: 'y' }, {});
    expect(another.kept).not.toBe(feed.kept);
    await runUseCase(dropCalendarFeed, withPages, {});
    expect((await profile.getPreferences()).calendarFeed).toBeNull();
  });

  test('say what is known, and from where', async () => {
    const { context } = as(true);
    expect(await runUseCase(getSettings, context, {})).toMatchObject({
      timeZone: 'Europe/Berlin',
      zoneFromPlatform: true,
      isMentor: false,
    });
  });

  test('take a zone, and answer with it', async () => {
    const { context, profile } = as();
    expect(await runUseCase(setTimeZone, context, { timeZone: ' Asia/Tokyo ' })).toMatchObject({
      timeZone: 'Asia/Tokyo',
    });
    expect(profile.timeZone).toBe('Asia/Tokyo');
  });

  test.each([
    ['Mars/Olympus', 'zone_unknown'],
    ['  ', 'missing'],
    [undefined, 'missing'],
  ])('refuse the zone %j and keep nothing', async (timeZone, code) => {
    const { context, profile } = as();
    await expect(runUseCase(setTimeZone, context, { timeZone })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { fields: [{ field: 'timeZone', code }] },
    });
    expect(profile.timeZone).toBeNull();
  });
});
