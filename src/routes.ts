import type { z } from 'zod';
import type { UseCase } from './core/use-case.ts';
import { acceptTime } from './core/use-cases/accept-time.ts';
import { answerQuestion } from './core/use-cases/answer-question.ts';
import { askQuestion } from './core/use-cases/ask-question.ts';
import { assignMentor } from './core/use-cases/assign-mentor.ts';
import { cancelRequest } from './core/use-cases/cancel-request.ts';
import { checkSetUp } from './core/use-cases/check-set-up.ts';
import { chooseCalendarLook } from './core/use-cases/choose-calendar-look.ts';
import { chooseReminders } from './core/use-cases/choose-reminders.ts';
import { chooseWayToMeet } from './core/use-cases/choose-way-to-meet.ts';
import { claimRequest } from './core/use-cases/claim-request.ts';
import { completeSession } from './core/use-cases/complete-session.ts';
import { createRequest } from './core/use-cases/create-request.ts';
import { declineHandOver } from './core/use-cases/decline-hand-over.ts';
import { declineTime } from './core/use-cases/decline-time.ts';
import { dropCalendarFeed } from './core/use-cases/drop-calendar-feed.ts';
import { dropInvitations } from './core/use-cases/drop-invitations.ts';
import { findMentors } from './core/use-cases/find-mentors.ts';
import { generateMeetingLink } from './core/use-cases/generate-meeting-link.ts';
import { getAttention } from './core/use-cases/get-attention.ts';
import { getAvailability } from './core/use-cases/get-availability.ts';
import { getCandidates } from './core/use-cases/get-candidates.ts';
import { getClaimedRequests } from './core/use-cases/get-claimed-requests.ts';
import { getCommunitySettings } from './core/use-cases/get-community-settings.ts';
import { getMyMentorSessions } from './core/use-cases/get-my-mentor-sessions.ts';
import { getMyRequests } from './core/use-cases/get-my-requests.ts';
import { getMySessions } from './core/use-cases/get-my-sessions.ts';
import { getNumbers } from './core/use-cases/get-numbers.ts';
import { getOpenRequests } from './core/use-cases/get-open-requests.ts';
import { getRequestById } from './core/use-cases/get-request-by-id.ts';
import { getSettings } from './core/use-cases/get-settings.ts';
import { getTimeOptions } from './core/use-cases/get-time-options.ts';
import { getWayToMeet } from './core/use-cases/get-way-to-meet.ts';
import { joinSession } from './core/use-cases/join-session.ts';
import { keepRequest } from './core/use-cases/keep-request.ts';
import { letGo } from './core/use-cases/let-go.ts';
import { offerHandOver } from './core/use-cases/offer-hand-over.ts';
import { pauseAvailability } from './core/use-cases/pause-availability.ts';
import { postPanel } from './core/use-cases/post-panel.ts';
import { proposeTime } from './core/use-cases/propose-time.ts';
import { releaseRequest } from './core/use-cases/release-request.ts';
import { renewCalendarFeed } from './core/use-cases/renew-calendar-feed.ts';
import { renewRequest } from './core/use-cases/renew-request.ts';
import { reportMoved } from './core/use-cases/report-moved.ts';
import { reportNoShow } from './core/use-cases/report-no-show.ts';
import { resumeAvailability } from './core/use-cases/resume-availability.ts';
import { scheduleSession } from './core/use-cases/schedule-session.ts';
import { setAvailabilityRules } from './core/use-cases/set-availability-rules.ts';
import { setChannels } from './core/use-cases/set-channels.ts';
import { setCommunityLanguage } from './core/use-cases/set-community-language.ts';
import { setCommunityQuietHours } from './core/use-cases/set-community-quiet-hours.ts';
import { setCommunityReminder } from './core/use-cases/set-community-reminder.ts';
import { setClaimTimes, setCoordinatorTimes, setMentorTimes } from './core/use-cases/set-community-times.ts';
import { setCommunityZone, setZoneOnTheWay } from './core/use-cases/set-community-zone.ts';
import { setDateOverride } from './core/use-cases/set-date-override.ts';
import { setInvitations } from './core/use-cases/set-invitations.ts';
import { setMeetingRoom } from './core/use-cases/set-meeting-room.ts';
import { setPlaces } from './core/use-cases/set-places.ts';
import { setQuietHours } from './core/use-cases/set-quiet-hours.ts';
import { setRoles } from './core/use-cases/set-roles.ts';
import { setTimeZone } from './core/use-cases/set-time-zone.ts';
import { setTopics } from './core/use-cases/set-topics.ts';
import { setWeeklyAvailability } from './core/use-cases/set-weekly-availability.ts';
import { showHome } from './core/use-cases/show-home.ts';
import { submitSessionFeedback } from './core/use-cases/submit-session-feedback.ts';
import { takeBackClaim } from './core/use-cases/take-back-claim.ts';
import { takeOverRequest } from './core/use-cases/take-over-request.ts';
import { tryMeetingsAgain } from './core/use-cases/try-meetings-again.ts';
import { tryNoticeAgain } from './core/use-cases/try-notice-again.ts';
import { wrapUpSession } from './core/use-cases/wrap-up-session.ts';
import {
  assignedAnswer,
  attentionCard,
  candidatesCard,
  communityCard,
  communityLanguageCard,
  communityRemindersCard,
  numbersCard,
  takenBackAnswer,
} from './messages/admin-cards.ts';
import {
  claimTimesForm,
  communityQuietForm,
  communityZoneForm,
  coordinatorTimesForm,
  mentorTimesForm,
  zoneOnTheWayForm,
} from './messages/admin-forms.ts';
import { availabilityCard } from './messages/availability-cards.ts';
import { dateForm, pauseForm, rulesForm, weekForm } from './messages/availability-forms.ts';
import type { Card } from './messages/card.ts';
import { homeShownAnswer } from './messages/dashboard-card.ts';
import { feedbackAnswer, wrapUpAnswer } from './messages/feedback-cards.ts';
import { feedbackForm, wrapUpForm } from './messages/feedback-forms.ts';
import type { Form } from './messages/form.ts';
import {
  cancelForm,
  linkForm,
  otherTimeForm,
  proposeForm,
  releaseForm,
  requestForm,
  topicsForm,
} from './messages/forms.ts';
import {
  handOverDeclinedAnswer,
  handOverForm,
  keptAnswer,
  otherMentorsCard,
  takenOverAnswer,
  takeOverAskedAnswer,
} from './messages/handing-over-cards.ts';
import {
  claimedRequestsCard,
  mentorSessionsCard,
  myRequestsCard,
  mySessionsCard,
  openRequestsCard,
  topicsSavedAnswer,
} from './messages/list-cards.ts';
import { panelForm, panelPostedAnswer } from './messages/panel-cards.ts';
import type { View } from './messages/parts.ts';
import { noShowAnswer } from './messages/promise-cards.ts';
import { letGoAnswer, questionAnsweredAnswer, questionAskedAnswer } from './messages/question-cards.ts';
import { answerForm, questionForm } from './messages/question-forms.ts';
import {
  requestCancelledAnswer,
  requestClaimedAnswer,
  requestDetailsCard,
  requestReceivedCard,
  requestReleasedAnswer,
  requestRenewedAnswer,
} from './messages/request-cards.ts';
import {
  acceptedAnswer,
  completedAnswer,
  declinedAnswer,
  joinAnswer,
  linkAnswer,
  proposedAnswer,
  timeChosenAnswer,
} from './messages/session-cards.ts';
import { setUpCard } from './messages/set-up-card.ts';
import { calendarCard, feedCard, invitationsForm } from './messages/settings/calendar.ts';
import { meetingRoomCard, meetingRoomForm } from './messages/settings/meeting-room.ts';

import { quietHoursForm } from './messages/settings/quiet-hours.ts';
import { remindersCard } from './messages/settings/reminders.ts';
import { zoneForm } from './messages/settings/zone.ts';
import { settingsCard } from './messages/settings-card.ts';
import { channelsChosenAnswer, channelsForm, placesForm, rolesForm } from './messages/space-cards.ts';
import { scheduleOptionsCard } from './messages/time-cards.ts';
import { wayToMeetCard } from './messages/way-to-meet-cards.ts';

/** Shows a form at once; nothing is looked up for it. */
export interface Opens {
  opens: (args: Record<string, string>) => Form;
}
/** Runs a use-case, then answers the person with a card. */
export interface Does {
  verb: UseCase;
  answer: (result: never, view: View) => Card;
}

const opens = (form: Opens['opens']): Opens => ({ opens: form });
const does = <Schema extends z.ZodType, Result>(
  verb: UseCase<Schema, Result>,
  answer: (result: Result, view: View) => Card,
): Does => ({ verb: verb as unknown as UseCase, answer });

/** What every command, button and form of every platform means. */
export const routes: Readonly<Record<string, Opens | Does>> = {
  'request.new': opens(requestForm),
  'request.submit': does(createRequest, requestReceivedCard),
  'request.list': does(getMyRequests, myRequestsCard),
  'request.details': does(getRequestById, requestDetailsCard),
  'request.cancel': does(cancelRequest, requestCancelledAnswer),
  'request.renew': does(renewRequest, requestRenewedAnswer),
  'request.claim': does(claimRequest, requestClaimedAnswer),
  'request.release': does(releaseRequest, requestReleasedAnswer),
  'request.question': opens(questionForm),
  'request.ask': does(askQuestion, questionAskedAnswer),
  'request.let-go': does(letGo, letGoAnswer),
  'request.reply': opens(answerForm),
  'request.answer': does(answerQuestion, questionAnsweredAnswer),

  'request.hand-over': does(findMentors, otherMentorsCard),
  'request.hand-to': opens(handOverForm),
  'request.offer': does(offerHandOver, takeOverAskedAnswer),
  'request.keep': does(keepRequest, keptAnswer),
  'request.take-over': does(takeOverRequest, takenOverAnswer),
  'request.decline-hand-over': does(declineHandOver, handOverDeclinedAnswer),

  'session.options': does(getTimeOptions, scheduleOptionsCard),
  'session.other-time': opens(otherTimeForm),
  'session.schedule': does(scheduleSession, timeChosenAnswer),
  'session.move': opens(proposeForm),
  'session.propose': does(proposeTime, proposedAnswer),
  'session.accept': does(acceptTime, acceptedAnswer),
  'session.decline': does(declineTime, declinedAnswer),
  'session.call-off': opens(cancelForm),
  'session.give-back': opens(releaseForm),
  'session.list': does(getMySessions, mySessionsCard),
  'session.join': does(joinSession, joinAnswer),
  'session.complete': does(completeSession, completedAnswer),
  'session.missing': does(reportNoShow, noShowAnswer),
  'session.moved': does(reportMoved, noShowAnswer),
  'session.feedback': opens(feedbackForm),
  'session.rate': does(submitSessionFeedback, feedbackAnswer),
  'session.look-back': opens(wrapUpForm),
  'session.wrap-up': does(wrapUpSession, wrapUpAnswer),
  'session.link': opens(linkForm),
  'session.set-link': does(generateMeetingLink, linkAnswer),

  'settings.show': does(getSettings, settingsCard),
  'settings.zone': opens(zoneForm),
  'settings.set-zone': does(setTimeZone, settingsCard),
  'settings.reminders': does(getSettings, remindersCard),
  'settings.remind': does(chooseReminders, remindersCard),
  'settings.quiet': opens(quietHoursForm),
  'settings.set-quiet': does(setQuietHours, settingsCard),
  'settings.calendar': does(getSettings, calendarCard),
  'settings.new-feed': does(renewCalendarFeed, feedCard),
  'settings.drop-feed': does(dropCalendarFeed, calendarCard),
  'settings.invite': opens(invitationsForm),
  'settings.set-invite': does(setInvitations, calendarCard),
  'settings.drop-invite': does(dropInvitations, calendarCard),
  'settings.look': does(chooseCalendarLook, calendarCard),
  'settings.room': does(getSettings, meetingRoomCard),
  'settings.give-room': opens(meetingRoomForm),
  'settings.set-room': does(setMeetingRoom, settingsCard),

  'admin.show': does(getAttention, attentionCard),
  'admin.retry': does(tryNoticeAgain, attentionCard),
  'admin.retry-meetings': does(tryMeetingsAgain, attentionCard),
  'admin.back': does(takeBackClaim, takenBackAnswer),
  'admin.mentors': does(getCandidates, candidatesCard),
  'admin.assign': does(assignMentor, assignedAnswer),
  'admin.numbers': does(getNumbers, numbersCard),
  'admin.set-up': does(checkSetUp, setUpCard),
  'admin.panel': opens(panelForm),
  'admin.put-panel': does(postPanel, panelPostedAnswer),
  'admin.settings': does(getCommunitySettings, communityCard),
  'admin.mentor-times': opens(mentorTimesForm),
  'admin.set-mentor-times': does(setMentorTimes, communityCard),
  'admin.coordinator-times': opens(coordinatorTimesForm),
  'admin.set-coordinator-times': does(setCoordinatorTimes, communityCard),
  'admin.claim-times': opens(claimTimesForm),
  'admin.set-claim-times': does(setClaimTimes, communityCard),
  'admin.quiet': opens(communityQuietForm),
  'admin.set-quiet': does(setCommunityQuietHours, communityCard),
  'admin.reminders': does(getCommunitySettings, communityRemindersCard),
  'admin.remind': does(setCommunityReminder, communityRemindersCard),

  'admin.links': does(getWayToMeet, wayToMeetCard),
  'admin.choose-links': does(chooseWayToMeet, wayToMeetCard),
  'admin.zone': opens(communityZoneForm),
  'admin.set-zone': does(setCommunityZone, communityCard),
  'admin.language': does(getCommunitySettings, communityLanguageCard),
  'admin.set-language': does(setCommunityLanguage, communityLanguageCard),

  'mentor.open': does(getOpenRequests, openRequestsCard),
  'mentor.claimed': does(getClaimedRequests, claimedRequestsCard),
  'mentor.sessions': does(getMyMentorSessions, mentorSessionsCard),
  'mentor.topics': opens(topicsForm),
  'mentor.set-topics': does(setTopics, topicsSavedAnswer),

  'home.show': does(showHome, homeShownAnswer),
  'space.channels': opens(channelsForm),
  'space.set-channels': does(setChannels, channelsChosenAnswer),
  'space.places': opens(placesForm),
  'space.set-places': does(setPlaces, setUpCard),
  'space.roles': opens(rolesForm),
  'space.set-roles': does(setRoles, setUpCard),
  'space.zone': opens(zoneOnTheWayForm),
  'space.set-zone': does(setZoneOnTheWay, setUpCard),

  'availability.show': does(getAvailability, availabilityCard),
  'availability.week': opens(weekForm),
  'availability.set-week': does(setWeeklyAvailability, availabilityCard),
  'availability.date': opens(dateForm),
  'availability.set-date': does(setDateOverride, availabilityCard),
  'availability.rules': opens(rulesForm),
  'availability.set-rules': does(setAvailabilityRules, availabilityCard),
  'availability.pause': opens(pauseForm),
  'availability.set-pause': does(pauseAvailability, availabilityCard),
  'availability.resume': does(resumeAvailability, availabilityCard),
};

export { commands, shortcuts } from './entries.ts';
