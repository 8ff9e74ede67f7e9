import type { Request } from './request.ts';

/** What a mentor may give as topics; `messages/forms.ts` states the same limits. */
export const topicLimits = { topics: 20, topic: 30 } as const;
/** How many mentors are asked by direct message at once: few enough that each feels meant. */
export const ASKED_AT_ONCE = 5;

/** A mentor who gave topics, in lower case. */
export interface Expert {
  memberId: string;
  topics: string[];
}

/**
 * Who is asked about a request: those whose topics are among its tags or in its title, never the student.
 * @param experts those who were asked least recently first
 * @param gaveBack the mentor who just held it
 */
export const whomToAsk = (request: Request, experts: readonly Expert[], gaveBack?: string): Expert[] =>
  experts
    .filter(({ memberId }) => memberId !== request.student.id && memberId !== gaveBack)
    .filter(({ topics }) => topics.some((topic) => isAbout(request, topic)))
    .slice(0, ASKED_AT_ONCE);

/** Which of these topics a request is about. */
export const topicsOf = (request: Request, topics: readonly string[]): string[] =>
  topics.filter((topic) => isAbout(request, topic));

/** Whole words only: "git" is not in "digital", nor "c" in "C++". */
function isAbout({ tags, title }: Request, topic: string): boolean {
  if (tags.includes(topic)) return true;
  const literally = topic.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}+#])${literally}(?![\\p{L}\\p{N}+#])`, 'u').test(title.toLowerCase());
}
