import { ENDED } from '../core/handing-over-notices.ts';
import type { Notice, NoticeKind } from '../core/notices.ts';
import type { WebLinks } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import type { Instant } from '../core/time.ts';
import { claimAssignedNotice } from './admin-notices.ts';
import type { Card } from './card.ts';
import { didItHappenNotice, howDidItGoNotice, nextStepNotice } from './feedback-cards.ts';
import {
  mentorChangedNotice,
  offerEndedCard,
  sessionGivenCard,
  takenOverNotice,
  takeOverDeclinedNotice,
  takeOverNotice,
} from './handing-over-cards.ts';
import type { View } from './parts.ts';
import {
  claimNudgeNotice,
  claimReturnedNotice,
  claimWaitsNotice,
  needsCoordinatorNotice,
  somebodyMissingNotice,
  stillWaitingNotice,
  stillWantedNotice,
  topicMatchNotice,
} from './promise-cards.ts';
import { answerNotice, questionNotice } from './question-cards.ts';
import {
  cancelledNotice,
  cannotReachNotice,
  claimedNotice,
  expiredNotice,
  releasedNotice,
  requestCard,
} from './request-cards.ts';
import {
  declinedNotice,
  linkChangedNotice,
  linkMissingNotice,
  movedNotice,
  proposedNotice,
  reminderNotice,
  sessionCard,
} from './session-cards.ts';
import { channelMissingNotice } from './space-cards.ts';
import { meetingTroubleNotice } from './way-to-meet-cards.ts';

/** Notices that are words for people; those for the meeting provider, for the worker itself and for Homes are not worded. */
export type WordedKind = Exclude<
  NoticeKind,
  | 'mentors_sought'
  | 'room'
  | 'meeting_wanted'
  | 'meeting_moved'
  | 'meeting_unwanted'
  | 'meeting_check'
  | 'home'
>;

const cards: Record<WordedKind, (request: Request, notice: Notice, view: View) => Card | null> = {
  request_card: (request, _notice, view) => requestCard(request, view),
  request_claimed: (request) => claimedNotice(request),
  request_released: (request, { detail }) =>
    releasedNotice(request, detail.mentor ?? 'Your mentor', detail.reason ?? ''),
  request_cancelled: (request, { detail }) => cancelledNotice(request, detail.reason ?? ''),
  request_expired: (request) => (request.status === 'EXPIRED' ? expiredNotice(request) : null),
  topic_match: (request, _notice, view) => topicMatchNotice(request, view),
  question_asked: (request, { detail }, view) => questionNotice(request, detail.question ?? '', view),
  question_answered: (request, { detail }, view) => answerNotice(request, detail.question ?? '', view),
  take_over_asked: (request, { detail }, view) =>
    detail[ENDED] ? offerEndedCard(request, view) : takeOverNotice(request, view),
  take_over_declined: (request, { detail }, view) => takeOverDeclinedNotice(request, detail.by ?? '', view),
  mentor_changed: (request, { detail }, view) => mentorChangedNotice(request, detail, view),
  taken_over: (request, { detail }) => takenOverNotice(request, detail.by ?? ''),
  still_waiting: (request, _notice, view) => stillWaitingNotice(request, view),
  still_wanted: (request, _notice, view) => stillWantedNotice(request, view),
  needs_coordinator: (request, _notice, view) => needsCoordinatorNotice(request, view),
  claim_nudge: (request, _notice, view) => claimNudgeNotice(request, view),
  claim_waits: (request, _notice, view) => claimWaitsNotice(request, view),
  claim_assigned: (request, { detail }, view) => claimAssignedNotice(request, detail.coordinator ?? '', view),
  claim_returned: (request, { detail }, view) => claimReturnedNotice(request, detail.mentor ?? '', view),
  somebody_missing: (request, { detail }, view) => somebodyMissingNotice(request, detail.by ?? '', view),
  session_card: (request, _notice, view) => sessionCard(request, view),
  session_moved: (request, { detail }, view) => movedNotice(request, detail.from ?? '', view),
  time_proposed: (request, _notice, view) => proposedNotice(request, view),
  proposal_declined: (request, { detail }) => declinedNotice(request, detail.by ?? ''),
  session_reminder: (request, notice, view) => reminderNotice(request, notice, view),
  did_it_happen: (request, _notice, view) => didItHappenNotice(request, view),
  next_step: (request) => nextStepNotice(request),
  how_did_it_go: (request, _notice, view) => howDidItGoNotice(request, view),
  link_changed: (request, _notice, view) => linkChangedNotice(request, view),
  meeting_trouble: (_request, { detail }) => meetingTroubleNotice(detail.provider ?? '', detail.why ?? ''),
  link_missing: (request, _notice, view) => linkMissingNotice(request, view),
  cannot_reach: (request, _notice, view) => cannotReachNotice(request, view),
  channel_missing: (request) => (request.status === 'OPEN' ? channelMissingNotice(request) : null),
};

/**
 * The words of a notice, as true as the state is now.
 * @param links where the bot has pages of its own
 * @returns null when it became pointless and nobody should be told
 */
export function cardFor(
  notice: Notice & { kind: WordedKind },
  request: Request,
  now: Instant,
  links: WebLinks | null = null,
): Card | null {
  const me = notice.recipient.to === 'member' ? notice.recipient.memberId : null;
  const party = me === null || me === request.student.id || me === request.mentor?.id;
  // What was to be said to a mentor about a session that is somebody else's now.
  if (notice.sessionId && !party) return notice.kind === 'session_card' ? sessionGivenCard(request) : null;
  return cards[notice.kind](request, notice, { me, now, args: {}, links });
}

/** Whether a notice is words for people. */
export const isWorded = (notice: Notice): notice is Notice & { kind: WordedKind } => notice.kind in cards;
