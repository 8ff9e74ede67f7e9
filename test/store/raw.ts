import pg from 'pg';
import type { Actor } from '../../src/core/people.ts';
import type { Request } from '../../src/core/request.ts';

/** Whom a raw connection plays. `role: null`: it takes on none. */
export interface Claims {
  role: 'mini_mentorship_member' | 'mini_mentorship_worker' | null;
  community?: string;
  member?: string;
  mentor?: boolean;
  coordinator?: boolean;
}

export const claimsOf = ({ communityId, memberId, isMentor, isCoordinator }: Actor): Claims => ({
  role: 'mini_mentorship_member',
  community: communityId,
  member: memberId,
  mentor: isMentor,
  coordinator: isCoordinator,
});

/** The same person, a mentor no longer. */
export const former = (actor: Actor): Claims => ({ ...claimsOf(actor), mentor: false });

/** A member who claims nothing. */
export const nobody = { role: 'mini_mentorship_member' } as const;

export const worker: Claims = { role: 'mini_mentorship_worker' };

/** @returns the rows; for a statement without rows, as many empty ones as it touched */
export type Run = (sql: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>;

/** A connection on which anybody can be played; whatever they do is rolled back. */
export async function rawConnection(url: string): Promise<{
  as<Result>(claims: Claims, work: (run: Run) => Promise<Result>): Promise<Result>;
  end(): Promise<void>;
}> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    as: async (claims, work) => {
      await client.query('BEGIN');
      try {
        if (claims.role) await client.query(`SET LOCAL ROLE ${claims.role}`);
        for (const [name, value] of [
          ['community', claims.community],
          ['member', claims.member],
          ['is_mentor', claims.mentor],
          ['is_coordinator', claims.coordinator],
        ]) {
          if (value === undefined) continue;
          await client.query('SELECT set_config($1, $2, true)', [`app.${name}`, String(value)]);
        }
        return await work(async (sql, ...values) => {
          const result = await client.query(sql, values);
          return result.rows.length > 0
            ? result.rows
            : Array.from({ length: result.rowCount ?? 0 }, () => ({}));
        });
      } finally {
        await client.query('ROLLBACK');
      }
    },
    end: () => client.end(),
  };
}

export const idsOf = (rows: Record<string, unknown>[]) => rows.map(({ id }) => id).sort();
export const sorted = (requests: readonly Request[]) => requests.map(({ id }) => id).sort();
