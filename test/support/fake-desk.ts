import { readSpace, type SpaceSettings } from '../../src/core/space.ts';
import { button, buttons, type Card, type SpokenCard, text } from '../../src/messages/card.ts';
import type { Form } from '../../src/messages/form.ts';
import type {
  AnnouncedSpace,
  Answer,
  Command,
  Desk,
  Draft,
  Intent,
  Shortcut,
  Visitor,
} from '../../src/platforms/platform.ts';
import { spokenCard as card } from './spoken.ts';

/** A desk for tests of platforms: it knows a few forms, notes what it is asked, and answers what it is told. */
export interface FakeDesk extends Desk {
  commands: Command[];
  shortcuts: Shortcut[];
  /** Everything that was performed, oldest first. */
  readonly performed: { intent: Intent; by: Visitor }[];
  readonly announced: AnnouncedSpace[];
  /** What people chose, beside what the settings hold. */
  chosen: Partial<SpaceSettings>;
  /** When the bot introduced itself last. */
  greetedAt: Date | null;
  /** By id. */
  readonly drafts: Map<string, { by: string; draft: Draft }>;
  /** Zones by user id, for {@link Desk.zoneOf}. */
  readonly zones: Map<string, string>;
  /** What {@link Desk.usualZone} says. */
  usual: string | null;
  /** What {@link Desk.suggestTags} offers, and {@link Desk.expectation} says. */
  tags: string[];
  expects: string | null;
  /** Forms by the intent that opens them. */
  readonly forms: Map<string, (args: Record<string, string>) => Form>;
  /** From now on this intent is answered so; a function may take its time. */
  on(name: string, answer: Answer | ((intent: Intent, by: Visitor) => Answer | Promise<Answer>)): void;
  /** Waits until this many intents of this name were performed (not: answered). */
  until(name: string, count?: number): Promise<{ intent: Intent; by: Visitor }[]>;
  /** Moves {@link Desk.now}. */
  setNow(now: Date): void;
}

/** Opened by `everything.new`, submits to `everything.submit`: a field of each kind. */
export const everyField = (args: Record<string, string>): Form => ({
  title: 'Every kind of field',
  submit: 'Send it',
  intent: 'everything.submit',
  args,
  intro: 'Please fill this in. *Not bold*, <!channel> pings nobody.',
  fields: [
    {
      field: 'text',
      name: 'title',
      label: 'Title',
      required: true,
      long: false,
      minLength: 1,
      maxLength: 80,
      placeholder: 'In one line',
    },
    {
      field: 'text',
      name: 'description',
      label: 'Description',
      hint: 'What you tried.',
      required: false,
      long: true,
      minLength: 0,
      maxLength: 2_000,
    },
    {
      field: 'choice',
      name: 'urgency',
      label: 'Urgency',
      required: true,
      choices: [
        { value: 'low', label: 'Low' },
        { value: 'normal', label: 'Normal' },
        { value: 'high', label: 'Very high' },
      ],
      initial: 'normal',
    },
    { field: 'tags', name: 'tags', label: 'Tags', required: false, maxTags: 5, maxTagLength: 20 },
    { field: 'times', name: 'times', label: 'Preferred times', required: false, max: 5 },
    { field: 'zone', name: 'timeZone', label: 'Your time zone', required: false },
  ],
});

/** Opened by `note.new`, submits to `note.submit`: one text. */
export const oneField = (args: Record<string, string>): Form => ({
  title: 'A note',
  submit: 'Keep',
  intent: 'note.submit',
  args,
  fields: [
    { field: 'text', name: 'note', label: 'Note', required: true, long: true, minLength: 1, maxLength: 500 },
  ],
});

const option = (name: string, ...values: [value: string, label: string][]) => ({
  name,
  label: name,
  description: `The ${name}`,
  fills: name,
  choices: values.map(([value, label]) => ({ value, label })),
});

/** `/every` opens a form, `/list` answers, with a button that answers and one that opens a form. */
const commands = (): Command[] => [
  {
    name: 'every',
    description: 'Ask for everything.',
    intent: 'everything.new',
    options: [option('urgency', ['low', 'Low'], ['normal', 'Normal'], ['high', 'Very high'])],
  },
  { name: 'list', description: 'See everything.', intent: 'everything.list', options: [] },
];

/** One on a message and one of the app, both for the form of everything. */
const shortcuts = (): Shortcut[] => [
  {
    id: 'about',
    name: 'About this',
    label: 'About this',
    description: 'Ask about a message.',
    on: 'message',
    intent: 'everything.new',
    fills: 'description',
  },
  {
    id: 'anew',
    name: 'Begin anew',
    label: 'Begin anew',
    description: 'Ask for everything.',
    on: 'app',
    intent: 'everything.new',
    fills: '',
  },
];

export const listCard: SpokenCard = card(
  'neutral',
  'All there is',
  text('Choose.'),
  buttons(button('More', 'everything.more', { page: '2' }), button('New note', 'note.new', { about: 'x' })),
);

export const done = (title: string, ...blocks: Card['blocks']): Answer => ({
  ok: true,
  card: card('good', title, ...blocks),
});
export const refused = (
  title: string,
  words: string,
  fieldProblems: Record<string, string> = {},
): Answer => ({
  ok: false,
  card: card('bad', title, text(words)),
  fieldProblems,
});

export function createFakeDesk(at = new Date('2027-03-01T12:00:00Z')): FakeDesk {
  const answers = new Map<string, Parameters<FakeDesk['on']>[1]>();
  const watchers = new Set<() => void>();
  const forms: FakeDesk['forms'] = new Map([
    ['everything.new', everyField],
    ['note.new', oneField],
  ]);
  let now = at;
  let lastDraft = 0;
  const mine = (by: Visitor, id: string) => {
    const kept = desk.drafts.get(id);
    return kept?.by === by.userId ? kept : undefined;
  };

  const desk: FakeDesk = {
    commands: commands(),
    language: 'en',
    shortcuts: shortcuts(),
    performed: [],
    announced: [],
    chosen: {},
    greetedAt: null,
    drafts: new Map(),
    zones: new Map(),
    usual: null,
    tags: ['git', 'python'],
    expects: null,
    suggestTags: async (_by, typed) =>
      [...new Set([...desk.tags.filter((tag) => tag.startsWith(typed)), typed])].filter((tag) => tag !== ''),
    expectation: async () => desk.expects,
    forms,
    on: (name, answer) => void answers.set(name, answer),
    until: (name, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = desk.performed.filter(({ intent }) => intent.name === name);
          if (found.length < count) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    setNow: (later) => {
      now = later;
    },

    now: () => now,
    form: (name, args) => forms.get(name)?.(args) ?? null,
    formFor: (submitIntent, args) =>
      [...forms.values()].map((make) => make(args)).find(({ intent }) => intent === submitIntent) ?? null,
    async perform(intent, by) {
      desk.performed.push({ intent, by });
      for (const look of [...watchers]) look();
      const answer = answers.get(intent.name) ?? done(`Did ${intent.name}`);
      return typeof answer === 'function' ? answer(intent, by) : answer;
    },
    async keepDraft(by, draft) {
      const id = `00000000-0000-4000-8000-${String(++lastDraft).padStart(12, '0')}`;
      desk.drafts.set(id, { by: by.userId, draft });
      return id;
    },
    async replaceDraft(by, id, draft) {
      if (mine(by, id)) desk.drafts.set(id, { by: by.userId, draft });
    },
    draft: async (by, id) => mine(by, id)?.draft ?? null,
    async dropDraft(by, id) {
      if (mine(by, id)) desk.drafts.delete(id);
    },
    zoneOf: async (by) => desk.zones.get(by.userId) ?? by.timeZone,
    usualZone: async () => desk.usual,
    async meet() {},
    async announce(space) {
      desk.announced.push(space);
      return readSpace(desk.chosen, space.held ?? {});
    },
    settingsOf: async () => readSpace(desk.chosen, desk.announced.at(-1)?.held ?? {}),
    async greets(_space, joinedAt) {
      if (desk.greetedAt && desk.greetedAt >= joinedAt) return false;
      desk.greetedAt = now;
      return true;
    },
    async greetAgain() {
      desk.greetedAt = null;
    },
  };
  return desk;
}
