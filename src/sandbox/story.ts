import { after, DAY, HOUR, type Instant, MINUTE, SECOND } from '../core/time.ts';
import type { Bot } from './bot.ts';
import type { MovableClock } from './movable-clock.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

/** One step of the story: plain words for it, and the doing, which throws when something is not as told. */
export interface Step {
  says: string;
  does(): Promise<void>;
}

type Platform = keyof World['people'];

/** Where each platform's people give what the story needs; all else is the same on both. */
interface Hands {
  /** Fills and sends the request form that `/mini-session` opened. */
  asks(student: Person, title: string, times: Instant[]): Promise<void>;
  /** A form that cannot be used: the student is told what to mend, and nothing typed is lost. */
  mistakes(student: Person, past: Instant): Promise<void>;
}

const pad = (n: number) => String(n).padStart(2, '0');
/** "2026-12-01 18:30", in UTC. */
const typedInUtc = (at: Instant): string =>
  `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;

const DESCRIPTION =
  'The tests pass here and fail on the server.\nI would like to find out *why*, @everyone <!channel>.';
const TAGS = 'git, ci';

const hands: Record<Platform, Hands> = {
  slack: {
    mistakes: async (student, past) => {
      await student.types('mini-session');
      await student.fills({
        Title: 'Tests fail on the server',
        'Session type': 'Help with a bug',
        Description: DESCRIPTION,
        'Preferred times (1)': past.toISOString(),
        Tags: [...'abcdefghijk'].join(', '),
      });
      const form = await student.form();
      const problem = (label: string) => form.fields.find((field) => field.label === label)?.error ?? '';
      expect(problem('Tags'), /at most 10/, 'the error beside the tags');
      expect(
        form.fields.find((field) => field.label === 'Description')?.value ?? '',
        DESCRIPTION,
        'what was typed',
      );
      await student.closesForm();
    },
    asks: async (student, title, times) => {
      await student.types('mini-session');
      await student.fills({
        Title: title,
        'Session type': 'Help with a bug',
        Description: DESCRIPTION,
        ...Object.fromEntries(times.map((time, i) => [`Preferred times (${i + 1})`, time.toISOString()])),
        Tags: TAGS,
        Duration: '45 minutes',
        Urgency: 'High: I am stuck now',
      });
    },
  },
  discord: {
    mistakes: async (student, past) => {
      await student.types('mini-session', { duration: '45', urgency: 'high' });
      await student.fills({
        Title: 'Tests fail on the server',
        'Session type': 'Help with a bug',
        Description: DESCRIPTION,
        'Preferred times': `${typedInUtc(past)} UTC`,
        Tags: Array.from({ length: 40 }, (_, i) => `t${i}`).join(', '),
      });
      await student.sees(/A preferred time is in the past/, 'private');
      await student.presses('Edit');
      await student.fills({ 'Preferred times': `${typedInUtc(after(past, 2 * DAY))} UTC` });
      await student.sees(/Ready to send/, 'private');
      await student.presses('Send');
      await student.sees(/at most 10/, 'private');
      await student.presses('Edit and send again');
      const form = await student.form();
      expect(
        form.fields.find((field) => field.label === 'Description')?.value ?? '',
        DESCRIPTION,
        'what was typed',
      );
      await student.closesForm();
    },
    asks: async (student, title, times) => {
      await student.types('mini-session', { duration: '45', urgency: 'high' });
      await student.fills({
        Title: title,
        'Session type': 'Help with a bug',
        Description: DESCRIPTION,
        'Preferred times': times.map((time) => `${typedInUtc(time)} UTC`).join(', '),
        Tags: TAGS,
      });
      // The times that were typed are shown as they were understood, before anything is sent.
      await student.sees(/Ready to send/, 'private');
      await student.presses('Send');
    },
  },
};

/** Fails with what was expected and what there was. */
function expect(actual: string | string[], wanted: string | RegExp, what: string): void {
  const text = String(actual);
  if (typeof wanted === 'string' ? text !== wanted : !wanted.test(text)) {
    throw new Error(`Expected ${what} to be ${String(wanted)}, but it is: ${text}`);
  }
}

/** The next full hour, `days` ahead. */
const hourIn = (now: Instant, days: number): Instant =>
  new Date(Math.ceil(after(now, days * DAY).getTime() / HOUR) * HOUR);

/** The whole life of one request on one platform, and of the same request on the other. */
export function journey(platform: Platform, world: World, bot: Bot, clock: MovableClock): Step[] {
  const { student, mentor, rival } = world.people[platform];
  const elsewhere = world.people[platform === 'slack' ? 'discord' : 'slack'].mentor;
  const where = platform === 'slack' ? 'Slack' : 'Discord';
  const title = `Why does CI fail? (${where})`;
  let start = hourIn(clock.now(), 3);
  const inRequest = new RegExp(title.replace(/[?()]/g, '\\$&'));
  return [
    {
      says: `${student.name} types /mini-session in ${where}, and mistypes: the bot says what to mend, and keeps what was typed`,
      does: () => hands[platform].mistakes(student, after(clock.now(), -DAY)),
    },
    {
      says: `${student.name} fills in the form: title, type, description, times, tags, duration, urgency`,
      does: async () => {
        start = hourIn(clock.now(), 3);
        await hands[platform].asks(student, title, [start, after(start, DAY)]);
        await student.sees(/Your request is with the mentors/, 'private');
      },
    },
    {
      says: 'Mentors see the card in both mentors channels; nobody is pinged by the @everyone in it',
      does: async () => {
        for (const reader of [mentor, elsewhere]) {
          const card = await reader.sees(inRequest, 'channel');
          expect(card.buttons, /Claim/, `the buttons of the card for ${reader.name}`);
          expect(card.text, /@everyone/, 'the description');
        }
      },
    },
    {
      says: `${mentor.name} presses Claim; the card changes for everyone, and ${student.name} is told by direct message`,
      does: async () => {
        await mentor.presses('Claim', inRequest);
        await mentor.sees(/It is yours/, 'private');
        await student.sees(/A mentor claimed your request/, 'dm');
        for (const reader of [rival, elsewhere]) {
          const card = await reader.sees(new RegExp(`Claimed by @?${mentor.name}`), 'channel');
          expect(card.buttons.join(), '', `the buttons of the claimed card for ${reader.name}`);
        }
      },
    },
    {
      says: `${rival.name} looks for it in /mini-mentor, where it no longer waits`,
      does: async () => {
        await rival.types('mini-mentor');
        const list = await rival.sees(/Requests that wait for a mentor/, 'private');
        if (inRequest.test(list.text))
          throw new Error(`A claimed request is still listed as open: ${list.text}`);
      },
    },
    {
      says: `${mentor.name} presses Schedule and takes ${student.name}'s first time; both get it in their own zone, with a Google Meet link`,
      does: async () => {
        await mentor.types('mini-mentor');
        await mentor.sees(/Requests that wait for a mentor/, 'private');
        await mentor.presses('What I claimed');
        await mentor.sees(inRequest, 'private');
        await mentor.presses('Schedule', inRequest);
        await mentor.sees(/When do you meet/, 'private');
        await mentor.presses('Take time 1');
        await mentor.sees(/The session is set/, 'private');
        for (const who of [student, mentor]) {
          await who.sees(
            new RegExp(
              `Mini session scheduled[\\s\\S]*${title.slice(0, 10)}[\\s\\S]*https://meet\\.google\\.com/`,
            ),
            'dm',
          );
        }
      },
    },
    {
      says: 'A day before the start, both are reminded by direct message',
      does: async () => {
        await bot.moveTo(after(start, -DAY + SECOND));
        for (const who of [student, mentor])
          await who.sees(/coming up[\s\S]*(tomorrow|in (a day|24 hours|1 day))/i, 'dm');
      },
    },
    {
      says: 'A quarter of an hour before, both are reminded again, and join',
      does: async () => {
        await bot.moveTo(after(start, -15 * MINUTE + SECOND));
        for (const who of [student, mentor]) {
          await who.sees(/coming up[\s\S]*in 1[45] minutes/, 'dm');
          await who.presses('Join', /coming up/);
          const way = await who.sees(/Your session is coming up/, 'private');
          expect(
            way.links.map((link) => link.url),
            /https:\/\/meet\.google\.com\//,
            'the way into the call',
          );
        }
      },
    },
    {
      says: 'After the end, both are asked how it went',
      does: async () => {
        await bot.moveTo(after(start, 45 * MINUTE + SECOND));
        for (const who of [student, mentor]) await who.sees(/How was your mini session/, 'dm');
      },
    },
    {
      says: `${mentor.name} leaves a next step and a private note; ${student.name} gives feedback`,
      does: async () => {
        await mentor.presses('Wrap up', /How was your mini session/);
        await mentor.fills({ 'Next step': 'Read how the cache is keyed.', 'Private note': 'Well prepared.' });
        await mentor.sees(/Thank you for wrapping up/, 'private');
        await student.sees(/A next step from your mentor[\s\S]*how the cache is keyed/, 'dm');
        await student.presses('Give feedback', /How was your mini session/);
        await student.fills({
          Rating: '5: very helpful',
          'Did it help?': 'Yes',
          Comment: 'We found it together.',
        });
        await student.sees(/Thank you for your feedback/, 'private');
      },
    },
    {
      says: `${student.name} sees it in /mini-sessions as completed, and the calendar holds exactly one event for it`,
      does: async () => {
        await student.types('mini-sessions');
        await student.sees(
          new RegExp(`My requests[\\s\\S]*${title.slice(0, 10)}[\\s\\S]*Completed`),
          'private',
        );
        const events = world.google.events().filter((event) => event.summary?.includes(title));
        expect(String(events.length), '1', 'the number of calendar events');
      },
    },
  ];
}

/** A request that nobody claims: it expires, the student is told, and renews it with one press. */
export function expiry(platform: Platform, world: World, bot: Bot, clock: MovableClock): Step[] {
  const { student, mentor } = world.people[platform];
  const where = platform === 'slack' ? 'Slack' : 'Discord';
  const title = `Nobody has time (${where})`;
  return [
    {
      says: `${student.name} asks in ${where} for something that nobody claims`,
      does: async () => {
        await hands[platform].asks(student, title, [hourIn(clock.now(), 2)]);
        await student.sees(/Your request is with the mentors/, 'private');
        await mentor.sees(title, 'channel');
      },
    },
    {
      says: `After seven days ${student.name} is told, and renews it with one press`,
      does: async () => {
        await bot.moveTo(after(clock.now(), 7 * DAY + MINUTE));
        await student.sees(/Nobody could take your request in time/, 'dm');
        await student.presses('Renew', /Nobody could take your request/);
        await student.sees(/open again/, 'private');
        const card = await mentor.sees(/Nobody has time[\s\S]*Waits for a mentor/, 'channel');
        expect(card.buttons, /Claim/, 'the buttons of the renewed card');
      },
    },
  ];
}

/** The whole story, on both platforms. */
export const story = (world: World, bot: Bot, clock: MovableClock): Step[] => [
  ...journey('slack', world, bot, clock),
  ...journey('discord', world, bot, clock),
  ...expiry('slack', world, bot, clock),
  ...expiry('discord', world, bot, clock),
];
