/** What is under way, by what it is about. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Does `work` once everything that was asked for before under the same key has ended, well or not. For services that
 * take no id of ours, so that two calls at once would make two of a thing. Between instances of the bot the outbox sees
 * to it: a notice has one courier at a time.
 */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = underWay.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.then(
    () => {},
    () => {},
  );
  underWay.set(key, settled);
  try {
    return await mine;
  } finally {
    if (underWay.get(key) === settled) underWay.delete(key);
  }
}
