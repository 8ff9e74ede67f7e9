import { DAY, HOUR } from '../core/time.ts';
import { durationWords } from './durations.ts';
import type { Choice, Field, Form } from './form.ts';
import { quietFields } from './settings/quiet-hours.ts';
import { say, type Words } from './words.ts';

// Several small forms by topic: a form of Discord's holds five fields. Each button carries what its form begins with,
// in hours, by letters: what is named like a field would not be asked.

const waits: readonly number[] = [
  ...[1, 2, 3, 4, 6, 8, 12, 18].map((count) => count * HOUR),
  ...[1, 1.5, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30].map((count) => count * DAY),
];

/** Also what is set already, when it is none of the usual. */
function waitField(name: string, label: Words, carried: string | undefined, usual: number): Field {
  const set = Number(carried) * HOUR || usual;
  const choices: Choice[] = [...new Set([...waits, set])]
    .sort((a, b) => a - b)
    .map((ms) => ({ value: String(ms / HOUR), label: durationWords(ms) }));
  return { field: 'choice', name, label, required: true, choices, initial: String(set / HOUR) };
}

type Args = Record<string, string>;
const form = (title: Words, intent: string, intro: Words, fields: Field[]): Form => ({
  title,
  submit: say('Save'),
  intent,
  args: {},
  intro,
  fields,
});

export const mentorTimesForm = ({ a, b, c, d }: Args): Form =>
  form(
    say('Asking mentors'),
    'admin.set-mentor-times',
    say('When nobody claims a request, all mentors are asked again after this long, by how urgent it is.'),
    [
      waitField('high', say('High urgency'), a, 2 * HOUR),
      waitField('normal', say('Normal urgency'), b, DAY),
      waitField('low', say('Low urgency'), c, 2 * DAY),
      waitField('openFor', say('Open for'), d, 7 * DAY),
    ],
  );

export const coordinatorTimesForm = ({ a, b, c }: Args): Form =>
  form(
    say('Telling coordinators'),
    'admin.set-coordinator-times',
    say('When nobody claims a request, coordinators hear of it after this long, by how urgent it is.'),
    [
      waitField('high', say('High urgency'), a, 6 * HOUR),
      waitField('normal', say('Normal urgency'), b, 2 * DAY),
      waitField('low', say('Low urgency'), c, 4 * DAY),
    ],
  );

export const claimTimesForm = ({ a, b, c, d }: Args): Form =>
  form(
    say('Claims'),
    'admin.set-claim-times',
    say('What follows when a mentor claims a request and sets no time.'),
    [
      waitField('nudge', say('Remind the mentor'), a, 12 * HOUR),
      waitField('tellStudent', say('Tell the student'), b, DAY),
      waitField('giveBack', say('Give it back'), c, 2 * DAY),
      waitField('withProposal', say('With a proposed time'), d, 7 * DAY),
    ],
  );

/** @param intent where it leads from there */
const communityZone = (intent: string): Form =>
  form(
    say('Time zone'),
    intent,
    say(
      'Where most people of the programme live. Discord tells nobody’s time zone: this one is offered first when I have to ask, and never taken for known.',
    ),
    [
      {
        field: 'text',
        name: 'zone',
        label: say('Time zone'),
        hint: say('A city or an IANA name, such as Berlin or America/New_York. Nothing: none is offered.'),
        required: false,
        long: false,
        minLength: 0,
        maxLength: 100,
      },
    ],
  );
export const communityZoneForm = (): Form => communityZone('admin.set-zone');
export const zoneOnTheWayForm = (): Form => communityZone('space.set-zone');

export const communityQuietForm = (args: Args): Form =>
  form(
    say('Quiet hours'),
    'admin.set-quiet',
    say(
      'Meanwhile direct messages wait, on each person’s own clock. People can choose other hours for themselves.',
    ),
    [
      {
        field: 'choice',
        name: 'hours',
        label: say('Which hours'),
        required: true,
        choices: [
          { value: 'own', label: say('Those below') },
          { value: 'none', label: say('None: write at any hour') },
        ],
        initial: args.now === 'none' ? 'none' : 'own',
      },
      ...quietFields(args),
    ],
  );
