/** Lists of requests and sessions. */
export const lists = {
  '{count} request': '{count} solicitud',
  '{count} requests': '{count} solicitudes',
  'Page {page} of {pages}': 'Página {page} de {pages}',
  Previous: 'Anterior',
  Next: 'Siguiente',
  'My settings': 'Mis ajustes',
  'You have no requests yet. Ask for your first mini session: it takes a minute.':
    'Aún no tienes solicitudes. Pide tu primera minisesión: se tarda un minuto.',
  'Ask for a mini session': 'Pedir una minisesión',
  'My sessions': 'Mis sesiones',
  'No session is set yet. Once a mentor schedules one of your requests, it is here.':
    'Aún no hay ninguna sesión fijada. Cuando alguien programe una de tus solicitudes, aparecerá aquí.',
  'What I claimed': 'A mi cargo',
  'Requests that wait for a mentor': 'Solicitudes que esperan mentoría',
  'Nobody waits for a mentor right now. New requests appear in the mentors channel.':
    'Ahora mismo nadie espera mentoría. Las solicitudes nuevas aparecen en el canal de mentoría.',
  'My topics': 'Mis temas',
  'My availability': 'Mi disponibilidad',
  'You hold no request. The open ones wait for you in the mentors channel.':
    'No tienes ninguna solicitud a tu cargo. Las abiertas te esperan en el canal de mentoría.',
  'My sessions as a mentor': 'Mis sesiones de mentoría',
  'No session yet. Claim a request and schedule it, and it is here.':
    'Aún no hay sesiones. Encárgate de una solicitud y prográmala, y aparecerá aquí.',
  'Change topics': 'Cambiar temas',
  'Your topics are saved': 'Tus temas están guardados',
  'When somebody asks about one of them, I tell you by direct message.':
    'Cuando alguien pregunte por uno de ellos, te aviso por mensaje directo.',
  'You have no topics now': 'Ahora no tienes temas',
  'Requests still appear in the mentors channel.':
    'Las solicitudes siguen apareciendo en el canal de mentoría.',
} as const;
