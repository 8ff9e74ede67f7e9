/**
 * An answer with which Discord refuses a request.
 * Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export const refuse = {
  unauthorized: () => new Refusal(401, 0, '401: Unauthorized'),
  notFound: () => new Refusal(404, 0, '404: Not Found'),
  wrongMethod: () => new Refusal(405, 0, '405: Method Not Allowed'),
  unknownChannel: () => new Refusal(404, 10_003, 'Unknown Channel'),
  unknownGuild: () => new Refusal(404, 10_004, 'Unknown Guild'),
  unknownMember: () => new Refusal(404, 10_007, 'Unknown Member'),
  unknownMessage: () => new Refusal(404, 10_008, 'Unknown Message'),
  unknownUser: () => new Refusal(404, 10_013, 'Unknown User'),
  unknownWebhook: () => new Refusal(404, 10_015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10_062, 'Unknown interaction'),
  unknownCommand: () => new Refusal(404, 10_063, 'Unknown application command'),
  acknowledged: () => new Refusal(400, 40_060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new Refusal(403, 50_001, 'Missing Access'),
  emptyMessage: () => new Refusal(400, 50_006, 'Cannot send an empty message'),
  cannotDm: () => new Refusal(403, 50_007, 'Cannot send messages to this user'),
  missingPermissions: () => new Refusal(403, 50_013, 'Missing Permissions'),
  expiredToken: () => new Refusal(401, 50_027, 'Invalid Webhook Token'),
  badJson: () => new Refusal(400, 50_109, 'The request body contains invalid JSON.'),
  wrongChannelType: () => new Refusal(400, 50_024, 'Cannot execute action on this channel type'),
  notText: () => new Refusal(400, 50_008, 'Cannot send messages in a non-text channel'),
  threadArchived: () => new Refusal(400, 50_083, 'Thread is archived'),
  tagRequired: () => new Refusal(400, 40_067, 'A tag is required to create a forum post in this channel'),
  threadExists: () => new Refusal(400, 160_004, 'A thread has already been created for this message'),
};

export type Path = readonly (string | number)[];

/** One thing that is wrong with a request's body, and where. */
export interface Problem {
  at: Path;
  code: string;
  message: string;
}

/**
 * "Invalid Form Body" with the problems nested by their places, as Discord words it.
 * https://docs.discord.com/developers/reference#error-messages
 */
export function invalidForm(problems: readonly Problem[]): Refusal {
  const errors: Record<string, unknown> = {};
  for (const { at, code, message } of problems) {
    let node = errors;
    for (const step of at) {
      node[step] ??= {};
      node = node[step] as Record<string, unknown>;
    }
    node._errors ??= [];
    (node._errors as unknown[]).push({ code, message });
  }
  return new Refusal(400, 50_035, 'Invalid Form Body', errors);
}

/** @throws Refusal (50035) when there is any problem. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalidForm(problems);
}
