import { durationChoices, sessionTypeChoices, urgencyChoices } from './messages/labels.ts';
import { say } from './messages/words.ts';
import type { Command, CommandOption, Shortcut } from './platforms/platform.ts';

// What people find of the bot in the platforms' own menus. What each leads to stands in routes.ts.

/** Where a command goes straight to, by its views. */
const viewOption = (choices: CommandOption['choices']): CommandOption => ({
  name: 'view',
  label: say('view'),
  description: say('What to show'),
  fills: 'view',
  choices,
});

/** The slash commands, on every platform. */
export const commands: readonly Command[] = [
  {
    name: 'mini-session',
    description: say('Ask a mentor for a one-to-one mini session of 30 to 60 minutes'),
    intent: 'request.new',
    options: [
      {
        name: 'type',
        label: say('type'),
        description: say('What kind of help'),
        fills: 'sessionType',
        choices: sessionTypeChoices,
      },
      {
        name: 'duration',
        label: say('duration'),
        description: say('How long'),
        fills: 'durationMinutes',
        choices: durationChoices,
      },
      {
        name: 'urgency',
        label: say('urgency'),
        description: say('How soon'),
        fills: 'urgency',
        choices: urgencyChoices,
      },
      {
        name: 'tags',
        label: say('tags'),
        description: say('Topics, with commas between'),
        fills: 'tags',
        choices: [],
        suggests: 'tags',
      },
      {
        name: 'time-zone',
        label: say('time-zone'),
        description: say('Your time zone, to read the times that you type'),
        fills: 'timeZone',
        choices: [],
        suggests: 'zone',
      },
    ],
  },
  {
    name: 'mini-sessions',
    description: say('Your requests and sessions: how they stand, join, cancel, give feedback'),
    intent: 'request.list',
    options: [],
  },
  {
    name: 'mini-mentor',
    description: say('For mentors: requests that wait, what you claimed, your sessions'),
    intent: 'mentor.open',
    views: {
      open: 'mentor.open',
      claimed: 'mentor.claimed',
      sessions: 'mentor.sessions',
      availability: 'availability.show',
      topics: 'mentor.topics',
    },
    options: [
      viewOption([
        { value: 'open', label: say('Open requests') },
        { value: 'claimed', label: say('What I claimed') },
        { value: 'sessions', label: say('My sessions') },
        { value: 'availability', label: say('My availability') },
        { value: 'topics', label: say('My topics') },
      ]),
    ],
  },
  {
    name: 'mini-admin',
    description: say('For coordinators: what needs you, the numbers, and the settings of the programme'),
    intent: 'admin.show',
    views: {
      attention: 'admin.show',
      numbers: 'admin.numbers',
      settings: 'admin.settings',
      setup: 'admin.set-up',
    },
    options: [
      viewOption([
        { value: 'attention', label: say('What needs you') },
        { value: 'numbers', label: say('Numbers') },
        { value: 'settings', label: say('Settings') },
        { value: 'setup', label: say('Set-up') },
      ]),
    ],
  },
];

/** The entries of menus, on every platform that has such menus. */
export const shortcuts: readonly Shortcut[] = [
  {
    id: 'ask_about_message',
    name: 'Ask a mentor about this',
    label: say('Ask a mentor about this'),
    description: say('Ask for a mini session about what this message says'),
    on: 'message',
    intent: 'request.new',
    fills: 'description',
  },
  {
    id: 'request_mini_session',
    name: 'Request a mini session',
    label: say('Request a mini session'),
    description: say('Ask a mentor for a one-to-one mini session of 30 to 60 minutes'),
    on: 'app',
    intent: 'request.new',
    fills: '',
  },
];
