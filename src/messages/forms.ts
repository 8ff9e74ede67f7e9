import { topicLimits } from '../core/topics.ts';
import { requestLimits } from '../core/use-cases/create-request.ts';
import { REASON_LIMIT } from '../core/use-cases/input.ts';
import { COMMENT_LIMIT } from '../core/use-cases/submit-session-feedback.ts';
import type { Field, Form } from './form.ts';
import { durationChoices, sessionTypeChoices, urgencyChoices } from './labels.ts';

/** Asked only where the platform does not know it, to read the times that were typed. */
const zone: Field = { field: 'zone', name: 'timeZone', label: 'Your time zone', required: false };

const start: Field = {
  field: 'times',
  name: 'time',
  label: 'Start',
  hint: 'When the session starts.',
  required: true,
  max: 1,
};

/** What a student fills in to ask for a mini session. */
export const requestForm = (): Form => ({
  title: 'Ask for a mini session',
  submit: 'Send request',
  intent: 'request.submit',
  args: {},
  intro: 'A mentor meets you one-to-one in a video call, once, for 30 to 60 minutes.',
  fields: [
    {
      field: 'text',
      name: 'title',
      label: 'Title',
      hint: 'What it is about, in one line.',
      placeholder: 'My first pull request keeps failing',
      required: true,
      long: false,
      minLength: 1,
      maxLength: requestLimits.title,
    },
    {
      field: 'choice',
      name: 'sessionType',
      label: 'Session type',
      required: true,
      choices: sessionTypeChoices,
    },
    {
      field: 'text',
      name: 'description',
      label: 'Description',
      hint: 'What you tried, and what you want to have after the session.',
      required: true,
      long: true,
      minLength: 1,
      maxLength: requestLimits.description,
    },
    {
      field: 'times',
      name: 'preferredTimes',
      label: 'Preferred times',
      hint: 'Leave it empty and your mentor chooses.',
      required: false,
      max: requestLimits.preferredTimes,
    },
    {
      field: 'tags',
      name: 'tags',
      label: 'Tags',
      hint: 'Topics, with commas between, such as git, python.',
      required: false,
      maxTags: requestLimits.tags,
      maxTagLength: requestLimits.tag,
    },
    {
      field: 'choice',
      name: 'durationMinutes',
      label: 'Duration',
      required: true,
      choices: durationChoices,
      initial: '30',
    },
    {
      field: 'choice',
      name: 'urgency',
      label: 'Urgency',
      required: true,
      choices: urgencyChoices,
      initial: 'normal',
    },
    zone,
  ],
});

/** The mentor sets a time that is not among the student's: the student is asked. */
export const otherTimeForm = (args: Record<string, string>): Form => ({
  title: 'Schedule the session',
  submit: 'Schedule',
  intent: 'session.schedule',
  args,
  intro: 'A time that the student did not name is a proposal: the session is set once they accept it.',
  fields: [start, zone],
});

const reason: Field = {
  field: 'text',
  name: 'reason',
  label: 'Reason',
  hint: 'A word for the other side.',
  required: false,
  long: false,
  minLength: 0,
  maxLength: REASON_LIMIT,
};

/** One of the two proposes another time. */
export const proposeForm = (args: Record<string, string>): Form => ({
  title: 'Propose another time',
  submit: 'Propose',
  intent: 'session.propose',
  args,
  intro: 'It holds once the other side accepts it. Until then everything stays as planned.',
  fields: [start, reason, zone],
});

/** The student calls a planned session off, and takes the request back. */
export const cancelForm = (args: Record<string, string>): Form => ({
  title: 'Cancel the session',
  submit: 'Cancel the session',
  intent: 'request.cancel',
  args,
  intro: 'The session is called off and your request is closed. To keep it, propose another time instead.',
  fields: [reason],
});

/** The mentor calls a planned session off, and gives the request back. */
export const releaseForm = (args: Record<string, string>): Form => ({
  title: 'Give it back',
  submit: 'Call off and give back',
  intent: 'request.release',
  args,
  intro:
    'The session is called off, and the request waits for another mentor. To keep it, propose another time instead.',
  fields: [reason],
});

/** How was it? */
export const feedbackForm = (args: Record<string, string>): Form => ({
  title: 'How was the session?',
  submit: 'Send feedback',
  intent: 'session.rate',
  args,
  fields: [
    {
      field: 'choice',
      name: 'rating',
      label: 'Rating',
      required: true,
      choices: [
        { value: '5', label: '5: very helpful' },
        { value: '4', label: '4: helpful' },
        { value: '3', label: '3: all right' },
        { value: '2', label: '2: not very helpful' },
        { value: '1', label: '1: not helpful' },
      ],
    },
    {
      field: 'text',
      name: 'comment',
      label: 'Comment',
      hint: 'What helped, and what would have helped more.',
      required: false,
      long: true,
      minLength: 0,
      maxLength: COMMENT_LIMIT,
    },
  ],
});

/** The mentor gives the meeting link. */
export const linkForm = (args: Record<string, string>): Form => ({
  title: 'Meeting link',
  submit: 'Save link',
  intent: 'session.set-link',
  args,
  fields: [
    {
      field: 'text',
      name: 'link',
      label: 'Link',
      hint: 'The address of the video call. Both of you find it in the session card.',
      placeholder: 'https://meet.google.com/abc-defg-hij',
      required: true,
      long: false,
      minLength: 1,
      maxLength: 500,
    },
  ],
});

/** A mentor says what they know well. */
export const topicsForm = (args: Record<string, string>): Form => ({
  title: 'My topics',
  submit: 'Save topics',
  intent: 'mentor.set-topics',
  args,
  intro:
    'When somebody asks about one of them, I tell you by direct message. What you enter takes the place of what you gave before; leave it empty to be asked about none.',
  fields: [
    {
      field: 'tags',
      name: 'topics',
      label: 'Topics',
      hint: 'What you know well, with commas between: git, python',
      required: false,
      maxTags: topicLimits.topics,
      maxTagLength: topicLimits.topic,
    },
  ],
});
