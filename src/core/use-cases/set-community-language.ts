import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { languages } from '../language.ts';
import { useCase } from '../use-case.ts';

/** A coordinator says in which language channels are written to, and people of whom nobody knows one. */
export const setCommunityLanguage = useCase(
  'setCommunityLanguage',
  z.object({ language: z.enum(languages) }),
  async ({ community, actor }, { language }) => {
    mustCoordinate(actor);
    return community.changeSettings((before) => ({ ...before, language }));
  },
);
