import { z } from 'zod';
import { homeLists } from '../dashboard.ts';
import { useCase } from '../use-case.ts';

const page = z.coerce.number().int().min(1).max(10_000).optional();

/** Somebody looks at their Home, or turns the pages of a list on it. */
export const showHome = useCase(
  'showHome',
  z.object(Object.fromEntries(homeLists.map((list) => [list, page]))),
  async ({ home, clock }, pages) => {
    const given = Object.entries(pages).filter((entry): entry is [string, number] => entry[1] !== undefined);
    await home.show(Object.fromEntries(given), clock.now());
  },
);
