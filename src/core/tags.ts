/**
 * Tags to offer while somebody types one: those that begin like it, then those that hold it, each the most used first;
 * and what they typed itself, so that every tag can be given.
 * @param inUse the community's tags, the most used first, in lower case
 * @param most how many to offer
 */
export function suggestTags(inUse: readonly string[], typed: string, most: number): string[] {
  const words = typed.trim();
  const wanted = words.toLowerCase();
  if (wanted === '') return inUse.slice(0, most);
  const alike = inUse.filter((tag) => tag.includes(wanted));
  const first = alike.filter((tag) => tag.startsWith(wanted)).sort(exactFirst(wanted));
  const offered = [...first, ...alike.filter((tag) => !tag.startsWith(wanted))];
  return offered[0] === wanted ? offered.slice(0, most) : [...offered.slice(0, most - 1), words];
}

const exactFirst =
  (wanted: string) =>
  (a: string, b: string): number =>
    Number(b === wanted) - Number(a === wanted);
