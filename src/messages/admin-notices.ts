import type { Request } from '../core/request.ts';
import { button, buttons, type Card, card, mention, quote, text } from './card.ts';
import { about, isMentorOf, requestFacts, type View } from './parts.ts';
import { say } from './words.ts';

/** To the mentor to whom a coordinator gave a request. @returns null when they hold it no longer */
export const claimAssignedNotice = (request: Request, coordinator: string, view: View): Card | null =>
  request.status === 'CLAIMED' && isMentorOf(request, view)
    ? card(
        request.urgency === 'high' ? 'urgent' : 'waiting',
        say('{coordinator} gave you a request', { coordinator }),
        text({ bold: request.title }),
        requestFacts(request),
        quote(request.description),
        text(
          say(
            'You hold it now. Please agree on a time with {student}; if it does not suit you after all, give it back.',
            { student: mention(request.student) },
          ),
        ),
        buttons(
          button(say('Schedule'), 'session.options', about(request), 'primary'),
          button(say('Release'), 'request.release', about(request), 'danger'),
        ),
      )
    : null;
