/** Commands and their options, as the platforms list them: at most 100 characters. */
export const commands = {
  'What kind of help': 'Qué tipo de ayuda',
  'How long': 'Cuánto tiempo',
  'How soon': 'Con qué urgencia',
  'Your requests and sessions: how they stand, join, cancel, give feedback':
    'Tus solicitudes y sesiones: cómo van, entrar, cancelar, dar tu opinión',
  'For mentors: requests that wait, what you claimed, your sessions':
    'Para el equipo de mentoría: solicitudes que esperan, las tuyas y tus sesiones',
} as const;
