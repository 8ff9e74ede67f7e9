/** What is asked after a session, and said of it. */
export const feedback = {
  'It took place': 'Se celebró',
  'We moved it': 'La cambiamos de hora',
  'Wrap up': 'Cerrar',
  'Did your mini session take place?': '¿Se celebró tu minisesión?',
  '{title} with {person} was to end by now. One press is enough.':
    '{title} con {person} ya debería haber terminado. Basta con pulsar una vez.',
  'Is there a next step for the student, or a note for the coordinators?':
    '¿Hay un próximo paso para tu estudiante, o una nota para la coordinación?',
  'What to do next:': 'Qué hacer ahora:',
  'A next step from your mentor': 'Un próximo paso, de tu mentor/a',
  '{mentor} suggests after {title}:': '{mentor} te propone, después de {title}:',
  'Thank you for wrapping up': 'Gracias por cerrarla',
  '{student} gets the next step by direct message.':
    'A {student} le llega el próximo paso por mensaje directo.',
  'Did it help?': '¿Te ayudó?',
  'Whether you got what you came for.': 'Si conseguiste lo que buscabas.',
  Yes: 'Sí',
  Partly: 'En parte',
  No: 'No',
  'Wrap up the session': 'Cerrar la sesión',
  'Next step': 'Próximo paso',
  'What the student could do next. They get it by direct message.':
    'Qué podría hacer ahora tu estudiante. Le llega por mensaje directo.',
  'Private note': 'Nota privada',
  'For you and the coordinators. The student never sees it.':
    'Para ti y la coordinación. Tu estudiante no la ve nunca.',
  'Mini session moved': 'Minisesión cambiada de hora',
  'Your mini session moved': 'Tu minisesión cambió de hora',
  '{title} did not take place at its time. Please set the new one here, so that I remind you both.':
    '{title} no se celebró a su hora. Fija aquí la nueva, para que la recuerde a las dos partes.',
  'Please set the new time here, so that I remind you both.':
    'Fija aquí la nueva hora, para que la recuerde a las dos partes.',
  '{title} is complete. How was it?': '{title} está hecha. ¿Qué tal fue?',
  'Nobody could say whether you met': 'Nadie pudo decir si se celebró',
  'So there is nothing to rate. If you still want to talk, /mini-session asks for a new session.':
    'Así que no hay nada que valorar. Si aún quieres hablar, /mini-session pide una sesión nueva.',
  'Whether it helped': 'Si te ayudó',
  'The note': 'La nota',
  'The next step': 'El próximo paso',
} as const;
