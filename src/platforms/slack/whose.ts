import { z } from 'zod';

const id = z.string().min(1).nullish();
const ofTeam = z.looseObject({ id }).nullish();

/** https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/interaction-payloads */
const payload = z.looseObject({
  team_id: id,
  team: ofTeam.catch(null),
  user: z.looseObject({ team_id: id }).nullish().catch(null),
  view: z.looseObject({ app_installed_team_id: id }).nullish().catch(null),
  authorizations: z
    .array(z.looseObject({ team_id: id }))
    .nullish()
    .catch(null),
});

/**
 * The workspace for whose installation a payload is meant. In a channel that two workspaces share, this is not always
 * the one of whoever acted.
 * @returns null when the payload names none, as those of an organisation-wide installation may
 */
export function whose(body: unknown): string | null {
  const read = payload.safeParse(body);
  if (!read.success) return null;
  const { view, authorizations, team_id, team, user } = read.data;
  return (
    view?.app_installed_team_id ||
    authorizations?.[0]?.team_id ||
    team?.id ||
    team_id ||
    user?.team_id ||
    null
  );
}
