import { topicLimits } from '../core/topics.ts';
import { requestLimits } from '../core/use-cases/create-request.ts';
import { LINK_LIMIT, REASON_LIMIT } from '../core/use-cases/input.ts';
import type { Field, Form } from './form.ts';
import { durationChoices, sessionTypeChoices, urgencyChoices } from './labels.ts';
import { say } from './words.ts';

/** Asked only where the platform does not know it, to read the times that were typed. */
const zone: Field = { field: 'zone', name: 'timeZone', label: say('Your time zone'), required: false };

const start: Field = {
  field: 'times',
  name: 'time',
  label: say('Start'),
  hint: say('When the session starts.'),
  required: true,
  max: 1,
};

/** What a student fills in to ask for a mini session. */
export const requestForm = (): Form => ({
  title: say('Ask for a mini session'),
  submit: say('Send request'),
  intent: 'request.submit',
  args: {},
  asksForMentor: true,
  intro: say('A mentor meets you one-to-one in a video call, once, for 30 to 60 minutes.'),
  fields: [
    {
      field: 'text',
      name: 'title',
      label: say('Title'),
      hint: say('What it is about, in one line.'),
      placeholder: say('My first pull request keeps failing'),
      required: true,
      long: false,
      minLength: 1,
      maxLength: requestLimits.title,
    },
    {
      field: 'choice',
      name: 'sessionType',
      label: say('Session type'),
      required: true,
      choices: sessionTypeChoices,
    },
    {
      field: 'text',
      name: 'description',
      label: say('Description'),
      hint: say('What you tried, and what you want to have after the session.'),
      required: true,
      long: true,
      minLength: 1,
      maxLength: requestLimits.description,
    },
    {
      field: 'times',
      name: 'preferredTimes',
      label: say('Preferred times'),
      hint: say('Leave it empty and your mentor chooses.'),
      required: false,
      max: requestLimits.preferredTimes,
    },
    {
      field: 'tags',
      name: 'tags',
      label: say('Tags'),
      hint: say('Topics, such as git, python.'),
      required: false,
      maxTags: requestLimits.tags,
      maxTagLength: requestLimits.tag,
    },
    {
      field: 'choice',
      name: 'durationMinutes',
      label: say('Duration'),
      required: true,
      choices: durationChoices,
      initial: '30',
    },
    {
      field: 'choice',
      name: 'urgency',
      label: say('Urgency'),
      required: true,
      choices: urgencyChoices,
      initial: 'normal',
    },
    zone,
  ],
});

/** The mentor sets a time that is not among the student's: the student is asked. */
export const otherTimeForm = (args: Record<string, string>): Form => ({
  title: say('Schedule the session'),
  submit: say('Schedule'),
  intent: 'session.schedule',
  args,
  intro: say('A time that the student did not name is a proposal: the session is set once they accept it.'),
  fields: [start, zone],
});

const reason: Field = {
  field: 'text',
  name: 'reason',
  label: say('Reason'),
  hint: say('A word for the other side.'),
  required: false,
  long: false,
  minLength: 0,
  maxLength: REASON_LIMIT,
};

/** One of the two proposes another time. */
export const proposeForm = (args: Record<string, string>): Form => ({
  title: say('Propose another time'),
  submit: say('Propose'),
  intent: 'session.propose',
  args,
  intro: say('It holds once the other side accepts it. Until then everything stays as planned.'),
  fields: [start, reason, zone],
});

/** The student calls a planned session off, and takes the request back. */
export const cancelForm = (args: Record<string, string>): Form => ({
  title: say('Cancel the session'),
  submit: say('Cancel the session'),
  intent: 'request.cancel',
  args,
  intro: say(
    'The session is called off and your request is closed. To keep it, propose another time instead.',
  ),
  fields: [reason],
});

/** The mentor calls a planned session off, and gives the request back. */
export const releaseForm = (args: Record<string, string>): Form => ({
  title: say('Give it back'),
  submit: say('Call off and give back'),
  intent: 'request.release',
  args,
  intro: say(
    'The session is called off, and the request waits for another mentor. To keep it, propose another time instead.',
  ),
  fields: [reason],
});

/** The mentor gives the meeting link. */
export const linkForm = (args: Record<string, string>): Form => ({
  title: say('Meeting link'),
  submit: say('Save link'),
  intent: 'session.set-link',
  args,
  fields: [
    {
      field: 'text',
      name: 'link',
      label: say('Link'),
      hint: say('The address of the video call. Both of you find it in the session card.'),
      placeholder: 'https://meet.google.com/abc-defg-hij',
      required: true,
      long: false,
      minLength: 1,
      maxLength: LINK_LIMIT,
    },
  ],
});

/** A mentor says what they know well. */
export const topicsForm = (args: Record<string, string>): Form => ({
  title: say('My topics'),
  submit: say('Save topics'),
  intent: 'mentor.set-topics',
  args,
  intro: say(
    'When somebody asks about one of them, I tell you by direct message. What you enter takes the place of what you gave before; leave it empty to be asked about none.',
  ),
  fields: [
    {
      field: 'tags',
      name: 'topics',
      label: say('Topics'),
      hint: say('What you know well, such as git, python.'),
      required: false,
      maxTags: topicLimits.topics,
      maxTagLength: topicLimits.topic,
    },
  ],
});
