import type { Settings } from '../../core/preferences.ts';
import { type QuietHours, usualQuietHours } from '../../core/quiet-hours.ts';
import { button } from '../card.ts';
import { clockWords, quietWords } from '../durations.ts';
import type { Choice, Field, Form } from '../form.ts';
import type { Section } from '../settings-card.ts';
import { say, type Words } from '../words.ts';

export function quietHoursSection({ preferences, community, timeZone }: Settings): Section {
  const own = preferences.quietHours;
  const hours = own === 'off' ? null : (own ?? community.quietHours);
  return {
    label: say('Quiet hours'),
    value: [
      quietWords(hours),
      ...(own === null ? [' ', say('(as usual here)')] : []),
      ...(hours && !timeZone ? ['. ', say('They begin to count once I know your time zone.')] : []),
    ],
    change: button(say('Quiet hours'), 'settings.quiet', packQuiet(own)),
  };
}

/** The present hours as a button carries them; not named like the fields, which would not be asked then. */
export const packQuiet = (own: QuietHours | 'off' | null): Record<string, string> =>
  own === 'off' ? { now: 'none' } : own ? { now: 'own', since: String(own.from), until: String(own.to) } : {};

const wholeHours: Choice[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour * 60),
  label: clockWords(hour * 60),
}));

/** From when and until when, by whole hours. */
export const quietFields = ({ since, until }: Record<string, string>): Field[] => [
  hourField('from', say('From'), since ?? String(usualQuietHours.from)),
  hourField('to', say('Until'), until ?? String(usualQuietHours.to)),
];

const hourField = (name: string, label: Words, initial: string): Field => ({
  field: 'choice',
  name,
  label,
  required: true,
  choices: wholeHours,
  initial: wholeHours.some(({ value }) => value === initial) ? initial : '0',
});

/** When nobody may write to a member. `args`: the present hours, from {@link packQuiet}. */
export const quietHoursForm = (args: Record<string, string>): Form => ({
  title: say('Quiet hours'),
  submit: say('Save quiet hours'),
  intent: 'settings.set-quiet',
  args: {},
  intro: say(
    'Meanwhile I keep what I have to tell you. What is about a session that starts soon comes all the same, and so does what comes of your own doing.',
  ),
  fields: [
    {
      field: 'choice',
      name: 'hours',
      label: say('Which hours'),
      required: true,
      choices: [
        { value: 'usual', label: say('As usual here') },
        { value: 'own', label: say('Those below') },
        { value: 'none', label: say('None: write at any hour') },
      ],
      initial: args.now === 'own' || args.now === 'none' ? args.now : 'usual',
    },
    ...quietFields(args),
  ],
});
