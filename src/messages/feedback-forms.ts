import type { Helpfulness } from '../core/session.ts';
import { COMMENT_LIMIT } from '../core/use-cases/submit-session-feedback.ts';
import type { Field, Form } from './form.ts';
import { say, type Words } from './words.ts';

const helpedLabels: Record<Helpfulness, Words> = {
  yes: say('Yes'),
  partly: say('Partly'),
  no: say('No'),
};

const words = (name: string, label: Words, hint: Words): Field => ({
  field: 'text',
  name,
  label,
  hint,
  required: false,
  long: true,
  minLength: 0,
  maxLength: COMMENT_LIMIT,
});

/** The student: how was it? */
export const feedbackForm = (args: Record<string, string>): Form => ({
  title: say('How was the session?'),
  submit: say('Send feedback'),
  intent: 'session.rate',
  args,
  fields: [
    {
      field: 'choice',
      name: 'rating',
      label: say('Rating'),
      required: true,
      choices: [
        { value: '5', label: say('5: very helpful') },
        { value: '4', label: say('4: helpful') },
        { value: '3', label: say('3: all right') },
        { value: '2', label: say('2: not very helpful') },
        { value: '1', label: say('1: not helpful') },
      ],
    },
    {
      field: 'choice',
      name: 'helped',
      label: say('Did it help?'),
      hint: say('Whether you got what you came for.'),
      required: false,
      choices: Object.entries(helpedLabels).map(([value, label]) => ({ value, label })),
    },
    words('comment', say('Comment'), say('What helped, and what would have helped more.')),
  ],
});

/** The mentor looks back. */
export const wrapUpForm = (args: Record<string, string>): Form => ({
  title: say('Wrap up the session'),
  submit: say('Save'),
  intent: 'session.wrap-up',
  args,
  fields: [
    words(
      'followUp',
      say('Next step'),
      say('What the student could do next. They get it by direct message.'),
    ),
    words('note', say('Private note'), say('For you and the coordinators. The student never sees it.')),
  ],
});
