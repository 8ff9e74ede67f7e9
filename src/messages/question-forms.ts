import { QUESTION_LIMIT } from '../core/use-cases/input.ts';
import type { Field, Form } from './form.ts';
import { say, type Words } from './words.ts';

const words = (name: string, label: Words, hint: Words): Field => ({
  field: 'text',
  name,
  label,
  hint,
  required: true,
  long: true,
  minLength: 1,
  maxLength: QUESTION_LIMIT,
});

/** A mentor asks something before claiming. */
export const questionForm = (args: Record<string, string>): Form => ({
  title: say('Ask a question first'),
  submit: say('Ask'),
  intent: 'request.ask',
  args,
  intro: say(
    'The student gets it by direct message. Everybody sees that you ask, and for half an hour only you can claim the request.',
  ),
  fields: [words('question', say('Your question'), say('What you need to know to say yes.'))],
});

/** The student answers it. */
export const answerForm = (args: Record<string, string>): Form => ({
  title: say('Answer the mentor'),
  submit: say('Send answer'),
  intent: 'request.answer',
  args,
  fields: [words('answer', say('Your answer'), say('The mentor gets it at once.'))],
});
