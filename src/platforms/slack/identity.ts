import type { Clients } from './client.ts';

/** Who we are, as our token says. */
export interface WhoWeAre {
  teamId: string;
  teamName: string;
  botUserId: string;
  /** Its handle, as one types it after an @. */
  botName: string;
  /** Scopes of the token; null when Slack did not say. */
  scopes: string[] | null;
}

/** Asks Slack once; asks again when that failed. */
export type Identity = () => Promise<WhoWeAre>;

export function createIdentity({ lookup }: Pick<Clients, 'lookup'>): Identity {
  let known: Promise<WhoWeAre> | null = null;
  const ask = async (): Promise<WhoWeAre> => {
    const { team_id, team, user_id, user, response_metadata } = await lookup.auth.test();
    return {
      teamId: team_id ?? '',
      teamName: team || 'Slack',
      botUserId: user_id ?? '',
      botName: user ?? '',
      scopes: response_metadata?.scopes ?? null,
    };
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
