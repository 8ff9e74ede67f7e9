import { Prisma } from './generated/client.ts';
import type { Installation, Installations } from './store.ts';
import type { Transact, Tx } from './transaction.ts';

/** Spaces of one platform that installed the bot. */
export function installations(transact: Transact, platform: string): Installations {
  const found = (tx: Tx, only: Prisma.Sql): Promise<Installation[]> => tx.$queryRaw<Installation[]>`
    SELECT platform, external_id AS "spaceId", name, mentors_channel AS "mentorsChannel",
      coordinators_channel AS "coordinatorsChannel", sessions_channel AS "sessionsChannel", sealed_token AS "sealedToken", bot_user_id AS "botUserId", scopes,
      installed_by AS "installedBy"
    FROM installations installation JOIN spaces space ON space.id = installation.space_id
    WHERE platform = ${platform} AND ${only} ORDER BY external_id`;

  return {
    save: (installation, now) => transact('worker', (tx) => save(tx, installation, now)),
    get: (spaceId) =>
      transact('worker', async (tx) => {
        const [one] = await found(tx, Prisma.sql`external_id = ${spaceId}`);
        return one ?? null;
      }),
    list: () => transact('worker', (tx) => found(tx, Prisma.sql`true`)),
    reseal: (spaceId, was, sealedToken) =>
      transact('worker', async (tx) => {
        const where = { sealedToken: was, space: { platform, externalId: spaceId } };
        return (await tx.installation.updateMany({ where, data: { sealedToken } })).count > 0;
      }),
    remove: (spaceId, sealedToken) =>
      transact('worker', async (tx) => {
        const where = { sealedToken, space: { platform, externalId: spaceId } };
        if ((await tx.installation.deleteMany({ where })).count === 0) return false;
        await tx.space.updateMany({
          where: { platform, externalId: spaceId },
          data: { mentorsChannel: '', coordinatorsChannel: '' },
        });
        return true;
      }),
  };
}

async function save(
  tx: Tx,
  installation: Parameters<Installations['save']>[0],
  now: Parameters<Installations['save']>[1],
): Promise<void> {
  const { platform, spaceId: externalId, name, ...kept } = installation;
  // Two installations of one space at once make one community.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`space ${platform} ${externalId}`}, 0))`;
  const known = await tx.space.findUnique({
    where: { platform_externalId: { platform, externalId } },
    select: { id: true, communityId: true },
  });
  const space = known ?? (await found(tx, platform, externalId, name));
  if (known) await tx.space.updateMany({ where: { id: known.id }, data: { name } });
  const data = { ...kept, installedAt: now };
  await tx.installation.upsert({
    where: { spaceId: space.id },
    create: { ...data, spaceId: space.id, communityId: space.communityId },
    update: data,
  });
}

/** Founds a community for a space that nobody knew. */
async function found(tx: Tx, platform: string, externalId: string, name: string) {
  const { id: communityId } = await tx.community.create({
    data: { slug: `${platform}:${externalId}` },
    select: { id: true },
  });
  return tx.space.create({
    data: { communityId, platform, externalId, name, mentorsChannel: '' },
    select: { id: true, communityId: true },
  });
}
