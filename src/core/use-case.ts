import type { z } from 'zod';
import type { Span } from './availability.ts';
import type { CommunitySettings } from './community.ts';
import { type FieldProblem, UserError } from './errors.ts';
import type { OwnCalendar } from './finding-times.ts';
import type { Actor } from './people.ts';
import type {
  AvailabilityStore,
  Clock,
  CommunityStore,
  CoordinationStore,
  HomeStore,
  MeetingChoices,
  PanelPut,
  PeopleStore,
  ProfileStore,
  RequestStore,
  SetUpCheck,
  SpaceStore,
  WebLinks,
} from './ports.ts';
import type { LookedAt } from './space.ts';

/** What a use-case runs with, on behalf of one member. */
export interface Context {
  store: RequestStore;
  profile: ProfileStore;
  availability: AvailabilityStore;
  community: CommunityStore;
  coordination: CoordinationStore;
  home: HomeStore;
  space: SpaceStore;
  people: PeopleStore;
  actor: Actor;
  /** What the actor's community has set. */
  settings: CommunitySettings;
  clock: Clock;
  /** For something new. Derived from what the person did, so that the same act delivered twice makes one thing. */
  newId: string;
  /** The platform knows everybody's time zone, so nobody sets it here. */
  zoneFromPlatform: boolean;
  /** Addresses of the bot's own pages; null when it has none. */
  links: WebLinks | null;
  /** Name of the provider that makes the links of the actor's community; null when mentors give theirs. */
  linkMaker: string | null;
  /** Who else could make them. */
  meetings: MeetingChoices & {
    /** Tries one of them, and changes nothing. Never rejects. */
    tried(name: string): Promise<SetUpCheck>;
  };
  /**
   * What the own calendars tell of those of these members who asked us to look, by member. Only in the name of somebody
   * who seeks a time with them; and what they tell is neither kept nor shown.
   */
  calendarsOf(memberIds: readonly string[], within: Span): Promise<ReadonlyMap<string, OwnCalendar>>;
  /** Tries everything that the settings name, and changes nothing. Never rejects. */
  lookAtSetUp: () => Promise<LookedAt>;
  /** Puts the card with which anybody asks for a mini session into a channel of the space where the actor is. */
  putPanel: (channelId: string) => Promise<PanelPut>;
}

/** One verb: its name (also in the audit log), what it takes, what it does. */
export interface UseCase<Schema extends z.ZodType = z.ZodType, Result = unknown> {
  name: string;
  input: Schema;
  run(context: Context, input: z.output<Schema>): Promise<Result>;
}

/** Declares a use-case. */
export const useCase = <Schema extends z.ZodType, Result>(
  name: string,
  input: Schema,
  run: (context: Context, input: z.output<Schema>) => Promise<Result>,
): UseCase<Schema, Result> => ({ name, input, run });

/** Runs a use-case on raw input. @throws UserError invalid_input, or the use-case's own refusal */
export async function runUseCase<Schema extends z.ZodType, Result>(
  verb: UseCase<Schema, Result>,
  context: Context,
  raw: unknown,
): Promise<Result> {
  const parsed = verb.input.safeParse(raw, { reportInput: true });
  if (!parsed.success) throw new UserError('invalid_input', { fields: fieldProblems(parsed.error) });
  return verb.run(context, parsed.data);
}

/**
 * zod's issues in the words of {@link FieldProblem}, the first of each field. Parse with `reportInput`: only the input
 * tells a missing value from a wrong one.
 */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  const first = new Map<string, FieldProblem>();
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!first.has(field)) first.set(field, { field, ...problemOf(issue) });
  }
  return [...first.values()];
}

const formatProblems: Readonly<Record<string, FieldProblem['code']>> = {
  url: 'not_a_link',
  email: 'not_an_address',
};

function problemOf(issue: z.core.$ZodIssue): Omit<FieldProblem, 'field'> {
  switch (issue.code) {
    case 'too_small':
      return Number(issue.minimum) <= 1
        ? { code: 'missing' }
        : { code: 'too_short', detail: Number(issue.minimum) };
    case 'too_big':
      return { code: issue.origin === 'array' ? 'too_many' : 'too_long', detail: Number(issue.maximum) };
    case 'invalid_type':
      return { code: issue.input === undefined ? 'missing' : 'invalid' };
    case 'invalid_value':
      return { code: issue.input === undefined ? 'missing' : 'not_a_choice' };
    case 'invalid_format':
      return { code: formatProblems[issue.format] ?? 'invalid' };
    default:
      return { code: 'invalid' };
  }
}
