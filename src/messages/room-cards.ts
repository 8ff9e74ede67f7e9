import type { Request } from '../core/request.ts';
import { endOf } from '../core/session.ts';
import type { Instant } from '../core/time.ts';
import { type Button, button, buttons, type Card, card, mention, note, quote, text } from './card.ts';
import { about, standing } from './parts.ts';
import { say } from './words.ts';

/** In the room of the two: how it stands, and what either can do next. Details knows who presses it. */
export const roomCard = (request: Request, now: Instant): Card =>
  card(
    'good',
    request.title,
    text(
      say(
        '{student} and {mentor}: this place is for the two of you. Ask, answer, share what you tried; I keep the time.',
        { student: mention(request.student), mentor: request.mentor ? mention(request.mentor) : '…' },
      ),
    ),
    text(...standing(request)),
    quote(request.description),
    buttons(...steps(request, now), button(say('Details'), 'request.details', about(request))),
    note(say('Only you two, I, and the moderators of this server can read here.')),
  );

function steps(request: Request, now: Instant): Button[] {
  const args = about(request);
  const { session } = request;
  if (request.status === 'CLAIMED') {
    return [
      button(say('Schedule'), 'session.options', args, 'primary'),
      button(say('Propose a time'), 'session.move', args),
    ];
  }
  if (session?.status !== 'SCHEDULED' || endOf(session) <= now) return [];
  const join = button(say('Join'), 'session.join', args, 'primary');
  return session.startsAt > now ? [join, button(say('Move'), 'session.move', args)] : [join];
}

/** What stays in the room when it closes. */
export const roomClosedCard = (request: Request): Card =>
  card(
    'neutral',
    request.title,
    text(...standing(request)),
    note(say('This place is closed: what it was for is over. What you wrote stays for you to read.')),
  );
