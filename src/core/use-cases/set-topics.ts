import { z } from 'zod';
import { UserError } from '../errors.ts';
import { topicLimits } from '../topics.ts';
import { useCase } from '../use-case.ts';
import { tagList } from './input.ts';

/** A mentor says what they know well, in place of what they said before. @returns the topics as they are kept */
export const setTopics = useCase(
  'setTopics',
  z.object({ topics: tagList(topicLimits.topics, topicLimits.topic) }),
  async ({ profile, actor }, { topics }) => {
    if (!actor.isMentor) throw new UserError('mentors_only', {});
    await profile.setTopics(topics);
    return topics;
  },
);
