import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';
import { Id } from './input.ts';

/** A coordinator has a message tried once more that the bot had given up. @returns what needs them then */
export const tryNoticeAgain = useCase(
  'tryNoticeAgain',
  z.object({ noticeId: Id }),
  async ({ coordination, actor, settings, clock }, { noticeId }) => {
    mustCoordinate(actor);
    await coordination.tryAgain(noticeId, clock.now());
    return coordination.attention(settings, clock.now());
  },
);
