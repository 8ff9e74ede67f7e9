import type { Instant } from '../core/time.ts';
import type { Tx } from './transaction.ts';

/** The community's tags and topics, the most used first. */
export async function tagsInUse(tx: Tx, since: Instant): Promise<string[]> {
  const rows = await tx.$queryRaw<{ tag: string }[]>`SELECT tag FROM tags_in_use(${since})`;
  return rows.map(({ tag }) => tag);
}

/** Minutes from asking to the claim, of requests opened in that time; null where there was no claim. */
export async function claimWaits(tx: Tx, since: Instant, until: Instant): Promise<(number | null)[]> {
  const rows = await tx.$queryRaw<{ minutes: number | null }[]>`
    SELECT minutes FROM claim_waits(${since}, ${until})`;
  return rows.map(({ minutes }) => minutes);
}
