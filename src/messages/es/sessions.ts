/** Sessions: their card, proposals, reminders, links, feedback. */
export const sessions = {
  'There is no session planned for this request.': 'Esta solicitud no tiene ninguna sesión programada.',
  'your mentor': 'tu mentor/a',
  '{title} with {person}': '{title} con {person}',
  When: 'Cuándo',
  'Proposed instead': 'Propuesta en su lugar',
  With: 'Con',
  'Video call': 'Videollamada',
  'by {person}': 'por {person}',
  'Mini session held': 'Minisesión celebrada',
  'Mini session missed': 'Minisesión no celebrada',
  'Mini session over': 'Minisesión terminada',
  'Mini session called off': 'Minisesión cancelada',
  'was planned for {time}': 'estaba prevista para {time}',
  'Mini session scheduled': 'Minisesión programada',
  'You proposed a time': 'Has propuesto una hora',
  Proposed: 'Propuesta',
  nothing: 'nada',
  'I asked {person}. Until they accept, the session stays as planned.':
    'He preguntado a {person}. Hasta que acepte, la sesión sigue como estaba.',
  'I asked {person}. The session is set as soon as they accept.':
    'He preguntado a {person}. La sesión queda fijada en cuanto acepte.',
  'Your own calendar has something then. Only you are told; if it matters, propose another time.':
    'A esa hora tu propio calendario tiene algo. Solo te lo digo a ti; si importa, propón otra hora.',
  'You declined that time': 'Has rechazado esa hora',
  '{person} knows. The session stays as planned.': '{person} ya lo sabe. La sesión sigue como estaba.',
  '{person} knows, and can propose another.': '{person} ya lo sabe y puede proponer otra.',
  'May we move the session?': '¿Podemos cambiar la sesión?',
  'Does this time suit you?': '¿Te viene bien esta hora?',
  '{person} proposes a time for {title}:': '{person} propone una hora para {title}:',
  'Planned now': 'Prevista ahora',
  'The time you proposed does not suit': 'La hora que propusiste no viene bien',
  '{person} cannot make it then for {title}. The session stays as planned.':
    'A {person} no le viene bien esa hora para {title}. La sesión sigue como estaba.',
  '{person} cannot make it then for {title}. Please propose another.':
    'A {person} no le viene bien esa hora para {title}. Propón otra, por favor.',
  'Your mini session has moved': 'Tu minisesión cambia de hora',
  'New time': 'Nueva hora',
  'Instead of': 'En lugar de',
  'The link stays the same. I remind you before the new time.':
    'El enlace es el mismo. Te aviso antes de la nueva hora.',
  'I remind you before the new time.': 'Te aviso antes de la nueva hora.',
  'The session is set': 'La sesión está fijada',
  'Both of you have it in your direct messages, and I remind each of you when they want to be (My settings).':
    'Está en los mensajes directos de las dos partes, y aviso a cada persona cuando prefiera («Mis ajustes»).',
  'Your session is coming up': 'Tu sesión está al llegar',
  'Your session is on': 'Tu sesión está en marcha',
  'Video call: {link}': 'Videollamada: {link}',
  'There is no link yet. I put it into the session card as soon as there is; you can also write to {person}.':
    'Aún no hay enlace. Lo pondré en la tarjeta de la sesión en cuanto lo haya; también puedes escribir a {person}.',
  'Open the video call': 'Abrir la videollamada',
  'Thank you': 'Gracias',
  'Thank you for your feedback': 'Gracias por tu opinión',
  'It is kept with {title}.': 'Queda guardada con {title}.',
  'The link is saved': 'El enlace está guardado',
  'Both of you find it in the session card: {link}':
    'Las dos partes lo tienen en la tarjeta de la sesión: {link}',
  'The link is being made': 'El enlace se está creando',
  'It appears in the session card of both of you.': 'Aparecerá en la tarjeta de la sesión de las dos partes.',
  'Your mini session is coming up': 'Tu minisesión está al llegar',
  'Your mini session has begun': 'Tu minisesión ha empezado',
  'How was your mini session?': '¿Qué tal tu minisesión?',
  '{title} with {person} is over.': '{title} con {person} ha terminado.',
  'Two clicks tell your mentor and the programme what helped.':
    'Con dos clics cuentas a tu mentor/a y al programa qué te ayudó.',
  'Your session needs a link': 'Tu sesión necesita un enlace',
  'The session is set, but no video call could be made for {title}. Paste a link of your own, from any service: both of you get it at once.':
    'La sesión está fijada, pero no se pudo crear la videollamada de {title}. Pega un enlace tuyo, de cualquier servicio: las dos partes lo reciben enseguida.',
  'The session is set. Please give a video call for {title}. Paste a link of your own, from any service: both of you get it at once.':
    'La sesión está fijada. Falta la videollamada de {title}. Pega un enlace tuyo, de cualquier servicio: las dos partes lo reciben enseguida.',
  'Try again': 'Intentar de nuevo',
} as const;
