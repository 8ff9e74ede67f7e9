/** What each platform itself has to say. */
export const platforms = {
  'You may add:': 'Puedes añadir:',
} as const;
