import { tagOption } from './form-view.ts';
import type { Ack, Hands } from './hands.ts';
import { LIMITS } from './limits.ts';
import type { Received } from './receive.ts';
import { pause } from './timing.ts';

/**
 * What a menu offers while somebody types into it. Slack waits three seconds for it, so what they typed is offered alone
 * when nothing more is known in time
 * (https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload).
 */
export async function suggest(
  { desk, people, timing }: Hands,
  { by, intent, field, typed }: Extract<Received, { kind: 'suggestion' }>,
  ack: Ack,
): Promise<void> {
  const asked = desk.formFor(intent, {})?.fields.find(({ name }) => name === field);
  if (asked?.field !== 'tags') return ack({ options: [] });
  const words = typed.trim().slice(0, LIMITS.optionValue.max);
  const known = people
    .visitor(by)
    .then((visitor) => desk.suggestTags(visitor, words, LIMITS.suggestions.max));
  const inTime = await Promise.race([known.catch(() => null), pause(timing.answerWithin)]);
  const tags = inTime ?? (words ? [words] : []);
  await ack({ options: tags.filter((tag) => tag !== '').map(tagOption) });
}
