import { QUESTION_LIMIT } from '../core/use-cases/input.ts';
import type { Field, Form } from './form.ts';

const words = (name: string, label: string, hint: string): Field => ({
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
  title: 'Ask a question first',
  submit: 'Ask',
  intent: 'request.ask',
  args,
  intro:
    'The student gets it by direct message. Everybody sees that you ask, and for half an hour only you can claim the request.',
  fields: [words('question', 'Your question', 'What you need to know to say yes.')],
});

/** The student answers it. */
export const answerForm = (args: Record<string, string>): Form => ({
  title: 'Answer the mentor',
  submit: 'Send answer',
  intent: 'request.answer',
  args,
  fields: [words('answer', 'Your answer', 'The mentor gets it at once.')],
});
