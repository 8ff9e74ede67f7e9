import { findTimes, noCalendars, whereToLook } from '../finding-times.ts';
import { after, DAY } from '../time.ts';
import { useCase } from '../use-case.ts';
import { inOwnZone } from './availability-input.ts';
import { requestInput } from './input.ts';

/** How far back sessions count: a week may have begun before now, and a buffer reaches over an end. */
const BACK = 8 * DAY;

/** What the mentor who holds a request can choose from: times that suit both, and what stands against the others. */
export const getTimeOptions = useCase(
  'getTimeOptions',
  requestInput,
  async ({ store, availability, actor, clock, calendarsOf }, { requestId }) => {
    const now = clock.now();
    const request = await store.getRequest(requestId);
    const isMine = request.mentor?.id === actor.memberId;
    const mine = isMine ? inOwnZone(await availability.getAvailability(), actor) : null;
    const bookings = await availability.bookingsBeside(request, after(now, -BACK));
    const within = isMine && request.status === 'CLAIMED' ? whereToLook(request, mine, now) : null;
    if (!within) return findTimes(request, mine, bookings, now, noCalendars);
    const { student } = request;
    const told = await calendarsOf([actor.memberId, student.id], within);
    const calendars = { mentor: told.get(actor.memberId) ?? null, student: told.get(student.id) ?? null };
    return findTimes(request, mine, bookings, now, calendars);
  },
);
