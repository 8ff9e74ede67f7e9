import type { Settings } from '../../core/preferences.ts';
import { type QuietHours, usualQuietHours } from '../../core/quiet-hours.ts';
import { button } from '../card.ts';
import { clockWords, quietWords } from '../durations.ts';
import type { Choice, Field, Form } from '../form.ts';
import type { Section } from '../settings-card.ts';

export function quietHoursSection({ preferences, community, timeZone }: Settings): Section {
  const own = preferences.quietHours;
  const hours = own === 'off' ? null : (own ?? community.quietHours);
  return {
    label: 'Quiet hours',
    value: [
      quietWords(hours),
      ...(own === null ? [' (as usual here)'] : []),
      ...(hours && !timeZone ? ['. They begin to count once I know your time zone.'] : []),
    ],
    change: button('Quiet hours', 'settings.quiet', packQuiet(own)),
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
  hourField('from', 'From', since ?? String(usualQuietHours.from)),
  hourField('to', 'Until', until ?? String(usualQuietHours.to)),
];

const hourField = (name: string, label: string, initial: string): Field => ({
  field: 'choice',
  name,
  label,
  required: true,
  choices: wholeHours,
  initial: wholeHours.some(({ value }) => value === initial) ? initial : '0',
});

/** When nobody may write to a member. `args`: the present hours, from {@link packQuiet}. */
export const quietHoursForm = (args: Record<string, string>): Form => ({
  title: 'Quiet hours',
  submit: 'Save quiet hours',
  intent: 'settings.set-quiet',
  args: {},
  intro:
    'Meanwhile I keep what I have to tell you. What is about a session that starts soon comes all the same, and so does what comes of your own doing.',
  fields: [
    {
      field: 'choice',
      name: 'hours',
      label: 'Which hours',
      required: true,
      choices: [
        { value: 'usual', label: 'As usual here' },
        { value: 'own', label: 'Those below' },
        { value: 'none', label: 'None: write at any hour' },
      ],
      initial: args.now === 'own' || args.now === 'none' ? args.now : 'usual',
    },
    ...quietFields(args),
  ],
});
