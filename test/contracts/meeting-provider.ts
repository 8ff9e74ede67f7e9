import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Meeting, MeetingError, type MeetingProvider, type MeetingWish } from '../../src/core/ports.ts';

/** A provider, and the place where its meetings can be looked at from outside. */
export interface ProviderUnderTest {
  provider: MeetingProvider;
  /** A provider with the same settings, as after a restart of the bot. */
  restarted(): MeetingProvider;
  /** Makes the service unreachable. */
  goAway(): Promise<void>;
  close(): Promise<void>;
  /** Somebody deletes the meeting by hand; nothing happens where there is nothing to delete. */
  deletedByHand(made: { sessionId: string; eventId: string }): void;
  /** The service makes links, takes none of our ids and lists nothing: after a restart only the kept id finds them. */
  findsByKeptIdOnly?: true;
  /** What the service's calendar holds for a session; "no calendar" when the service keeps none. */
  held(
    sessionId: string,
  ): { start: Date; end: Date; times: number; guests?: string[] } | undefined | 'no calendar';
}

/** A wish for a new session: 45 minutes from 1 December 2026, 10:00 UTC, unless told otherwise. */
export function aWish(changes: Partial<MeetingWish> = {}): MeetingWish {
  return {
    sessionId: randomUUID(),
    eventId: null,
    title: 'Mini mentorship: Reading stack traces',
    description: 'Ada meets Grace.',
    start: new Date('2026-12-01T10:00:00Z'),
    durationMinutes: 45,
    guests: [],
    ...changes,
  };
}

/** The link of a meeting that must be ready. */
export function linkOf(meeting: Meeting): string {
  if (meeting.state !== 'ready') throw new Error(`The meeting's link is ${meeting.state}.`);
  return meeting.link;
}

/** What every meeting provider promises, whatever service is behind it. */
export function meetingProviderContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`meeting provider contract: ${name}`, () => {
    let under: ProviderUnderTest;

    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    it('makes a meeting with a link for the browser', async () => {
      const meeting = await under.provider.create(aWish());
      expect(new URL(linkOf(meeting)).protocol).toMatch(/^https?:$/);
      expect(meeting.eventId).not.toBe('');
    });

    it('finds the same meeting when asked twice, also after a restart', async () => {
      const wish = aWish();
      const first = await under.provider.create(wish);
      expect(await under.provider.create(wish)).toEqual(first);
      expect(await under.restarted().create({ ...wish, eventId: first.eventId })).toEqual(first);
      if (!under.findsByKeptIdOnly) expect(await under.restarted().create(wish)).toEqual(first);
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held?.times).toBe(1);
    });

    it('makes one meeting when asked many times at once', async () => {
      const wish = aWish();
      const other = under.restarted();
      const made = await Promise.all(
        Array.from({ length: 8 }, (_, n) => (n % 2 ? other : under.provider).create(wish)),
      );
      expect(new Set(made.map(linkOf)).size).toBe(1);
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held?.times).toBe(1);
    });

    it('gives different sessions different links', async () => {
      const links = await Promise.all(
        Array.from({ length: 5 }, async () => linkOf(await under.provider.create(aWish()))),
      );
      expect(new Set(links).size).toBe(5);
    });

    it('keeps the times, and moves them without changing the link', async () => {
      const wish = aWish();
      const { provider, held } = under;
      const link = linkOf(await provider.create(wish));
      const later = { ...wish, start: new Date('2026-12-02T15:30:00Z'), durationMinutes: 30 };
      if (held(wish.sessionId) !== 'no calendar') {
        expect(held(wish.sessionId)).toMatchObject({
          start: new Date('2026-12-01T10:00:00Z'),
          end: new Date('2026-12-01T10:45:00Z'),
        });
      }
      expect(linkOf(await provider.create(later))).toBe(link);
      if (held(wish.sessionId) !== 'no calendar') {
        expect(held(wish.sessionId)).toMatchObject({
          start: new Date('2026-12-02T15:30:00Z'),
          end: new Date('2026-12-02T16:00:00Z'),
        });
      }
    });

    it('invites who wants to be, lets go of who does not, and needs no guests for a meeting', async () => {
      const wish = aWish({ guests: ['ada@example.org'] });
      const first = await under.provider.create(wish);
      const guests = () => {
        const held = under.held(wish.sessionId);
        return held !== 'no calendar' && held ? held.guests : undefined;
      };
      // No calendar, no guests: the meeting is made all the same.
      const invites = guests() !== undefined;
      if (invites) expect(guests()).toEqual(['ada@example.org']);
      const again = { ...wish, eventId: first.eventId };
      const both = await under.provider.create({
        ...again,
        guests: ['ada@example.org', 'grace@example.org'],
      });
      expect(linkOf(both)).toBe(linkOf(first));
      if (invites) expect(guests()).toEqual(['ada@example.org', 'grace@example.org']);
      await under.provider.create({ ...again, guests: ['grace@example.org'] });
      if (invites) expect(guests()).toEqual(['grace@example.org']);
      await under.provider.create({ ...again, guests: [] });
      if (invites) expect(guests()).toEqual([]);
    });

    it('makes the meeting without guests when they cannot be invited', async () => {
      const meeting = await under.provider.create(aWish({ guests: ['no address'] }));
      expect(new URL(linkOf(meeting)).protocol).toMatch(/^https?:$/);
    });

    it('cancels, and does not mind cancelling again or something unknown', async () => {
      const wish = aWish();
      await under.provider.create(wish);
      await under.provider.cancel(wish);
      await under.provider.cancel(wish);
      await under.provider.cancel(aWish());
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held).toBeUndefined();
    });

    it('cancels by the id that is kept, and does not mind that it is gone', async () => {
      const wish = aWish();
      const { eventId } = await under.provider.create(wish);
      await under.restarted().cancel({ sessionId: wish.sessionId, eventId });
      await under.restarted().cancel({ sessionId: wish.sessionId, eventId });
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held).toBeUndefined();
    });

    it('makes a cancelled meeting again when asked for it', async () => {
      const wish = aWish();
      const { eventId } = await under.provider.create(wish);
      await under.provider.cancel(wish);
      expect((await under.provider.create({ ...wish, eventId })).state).toBe('ready');
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held?.times).toBe(1);
    });

    it('has one link again after somebody deleted the meeting by hand', async () => {
      const wish = aWish();
      const { eventId } = await under.provider.create(wish);
      under.deletedByHand({ sessionId: wish.sessionId, eventId });
      const again = await under.restarted().create({ ...wish, eventId });
      expect(new URL(linkOf(again)).protocol).toMatch(/^https?:$/);
      expect(await under.restarted().create({ ...wish, eventId: again.eventId })).toEqual(again);
      const held = under.held(wish.sessionId);
      if (held !== 'no calendar') expect(held).toMatchObject({ start: wish.start, times: 1 });
    });

    it('checks a good set-up without a complaint and without leaving anything behind', async () => {
      await expect(under.provider.check()).resolves.toBeUndefined();
    });

    it('says so with a MeetingError when the service is gone', async () => {
      await under.goAway();
      await expect(under.provider.check()).rejects.toBeInstanceOf(MeetingError);
    });
  });
}
