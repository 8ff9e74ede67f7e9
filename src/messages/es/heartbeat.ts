/** What the bot tells coordinators about itself. */
export const heartbeat = {
  'Please tell whoever runs the bot: the log and “doctor” say more.':
    'Avisa a quien mantiene el bot, por favor: el registro y «doctor» dicen más.',
  'I am cut off': 'Estoy sin conexión',
  '{platform} has been out of my reach for more than two minutes: there, commands and buttons do not work now. I keep trying.':
    'Hace más de dos minutos que no alcanzo {platform}: allí no funcionan ahora ni los comandos ni los botones. Sigo intentándolo.',
  'I cannot reach my database': 'No alcanzo mi base de datos',
  'Nobody can ask for or claim sessions until it is back. I keep trying.':
    'Nadie puede pedir sesiones ni encargarse de ellas hasta que vuelva. Sigo intentándolo.',
  'My clock stands still': 'Mi reloj está parado',
  'Reminders and deadlines wait.': 'Los recordatorios y los plazos esperan.',
  'I gave up on {count} message': 'He desistido de entregar {count} mensaje',
  'I gave up on {count} messages': 'He desistido de entregar {count} mensajes',
  'Somebody may be waiting for a word from me that does not come.':
    'Puede que alguien espere un mensaje mío que no llega.',
  'All is well again': 'Todo vuelve a ir bien',
  'Everything works, and what waited is on its way.': 'Todo funciona, y lo que esperaba ya está en camino.',
} as const;
