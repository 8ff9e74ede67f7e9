import type { Person } from '../core/people.ts';
import type { Request } from '../core/request.ts';
import { hasRoom } from '../core/room.ts';
import type { Instant } from '../core/time.ts';
import { inLanguage } from '../messages/in-language.ts';
import { roomCard, roomClosedCard } from '../messages/room-cards.ts';
import type { Locale } from '../messages/words.ts';
import { type Delivery, type Platform, PostGone, Undeliverable } from '../platforms/platform.ts';
import type { Delivered, LeasedNotice, Space } from '../store/store.ts';

/**
 * Opens the room of the two, brings its card up to date, or closes it: whatever is right as things stand. Where no room
 * can be had the two go on without one, by direct messages.
 */
export async function tellRoom(
  notice: LeasedNotice,
  request: Request | null,
  platform: Platform | undefined,
  delivery: Delivery,
  locale: Locale,
  now: Instant,
): Promise<Delivered> {
  const { space, post } = notice;
  if (!space || !platform?.rooms || !request) return { how: 'skipped', why: 'there are no rooms' };
  if (!hasRoom(request, notice.detail.mentorId ?? '')) {
    if (!post) return { how: 'skipped', why: 'there is no room to close' };
    await ifThere(async () => {
      await platform.update(post, inLanguage(roomClosedCard(request), locale));
      await platform.rooms?.close(post);
    });
    return { how: 'sent', post };
  }
  const card = inLanguage(roomCard(request, now), locale);
  if (post && (await ifThere(() => platform.update(post, card)))) return { how: 'sent', post };
  const both = [request.student, request.mentor].map((person) => person && accountIn(space, person));
  const userIds = both.filter((userId) => typeof userId === 'string');
  if (userIds.length < both.length) return { how: 'skipped', why: 'one of the two is not in this space' };
  try {
    const where = { spaceId: space.spaceId, channelId: space.sessionsChannel };
    const room = { name: request.title, userIds };
    return { how: 'sent', post: await platform.rooms.open(where, room, card, delivery) };
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    return { how: 'skipped', why: error.message };
  }
}

const accountIn = (space: Space, { accounts }: Person): string | undefined =>
  accounts.find(({ platform, spaceId }) => platform === space.platform && spaceId === space.spaceId)?.userId;

/** @returns false when the room, or its card, is gone */
async function ifThere(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof PostGone || error instanceof Undeliverable) return false;
    throw error;
  }
}
