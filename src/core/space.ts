import { z } from 'zod';
import type { SetUpCheck } from './ports.ts';

const id = z.string().catch('');
const ids = z.array(z.string()).catch([]);

/**
 * Where in a space the bot speaks and by which roles people are who they are, as ids of the platform; nothing where
 * nothing is chosen. What cannot be read is not chosen.
 */
const schema = z.object({
  mentorsChannel: id,
  coordinatorsChannel: id,
  sessionsChannel: id,
  fallbackChannel: id,
  mentorRoles: ids,
  coordinatorRoles: ids,
});
export type SpaceSettings = z.output<typeof schema>;
export type SpaceSetting = keyof SpaceSettings;

export const spaceChannels = [
  'mentorsChannel',
  'coordinatorsChannel',
  'sessionsChannel',
  'fallbackChannel',
] as const satisfies SpaceSetting[];
export const spaceRoles = ['mentorRoles', 'coordinatorRoles'] as const satisfies SpaceSetting[];

/** What holds: what the operator says wins over what people chose. */
export const readSpace = (chosen: unknown, held: unknown): SpaceSettings =>
  schema.parse({ ...asObject(chosen), ...asObject(held) });

/** Which settings the operator holds. */
export const heldIn = (held: unknown): SpaceSetting[] =>
  [...spaceChannels, ...spaceRoles].filter((name) => name in asObject(held));

const asObject = (kept: unknown): object => (typeof kept === 'object' && kept !== null ? kept : {});

/** A space whose people choose for themselves what the operator does not hold. */
export interface ChosenSpace {
  now: SpaceSettings;
  held: SpaceSetting[];
}

/** What still has to be chosen before anybody can be served. */
export const stillToChoose = ({ mentorsChannel, mentorRoles }: SpaceSettings): SpaceSetting[] => [
  ...(mentorsChannel === '' ? (['mentorsChannel'] as const) : []),
  ...(mentorRoles.length === 0 ? (['mentorRoles'] as const) : []),
];

/** What came out of trying what a space needs. */
export interface LookedAt {
  checks: SetUpCheck[];
  /** The space added the bot by itself: its people choose the channels, and only what is theirs was tried. */
  added: boolean;
}

/** How a space is set up: whether everything works, and what was chosen. */
export interface SpaceSetUp extends LookedAt {
  /** null where nothing is chosen like this. */
  space: ChosenSpace | null;
  /** Of the community: the zone that is offered to people, and who makes the links. */
  timeZone: string | null;
  linkMaker: string | null;
}
