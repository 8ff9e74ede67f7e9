/** What members set about themselves, and how long things last. */
export const settings = {
  '{count} day': '{count} día',
  '{count} days': '{count} días',
  '{count} hour': '{count} hora',
  '{count} hours': '{count} horas',
  '1 week': '1 semana',
  '1 day': '1 día',
  '2 hours': '2 horas',
  '1 hour': '1 hora',
  '15 minutes': '15 minutos',
  '5 minutes': '5 minutos',
  None: 'Nada',
  '{times} before': '{times} antes',
  '{from} to {to}': 'de {from} a {to}',
  'Quiet hours': 'Horas de silencio',
  '(as usual here)': '(como es habitual aquí)',
  'They begin to count once I know your time zone.': 'Empezarán a contar cuando sepa tu zona horaria.',
  From: 'Desde',
  Until: 'Hasta',
  'Save quiet hours': 'Guardar horas',
  'Meanwhile I keep what I have to tell you. What is about a session that starts soon comes all the same, and so does what comes of your own doing.':
    'Mientras tanto guardo lo que tengo que decirte. Lo que trata de una sesión que empieza pronto llega igualmente, y también lo que resulta de lo que tú haces.',
  'Which hours': 'Qué horas',
  'As usual here': 'Lo habitual aquí',
  'Those below': 'Las de abajo',
  'None: write at any hour': 'Ninguna: escribe a cualquier hora',
  'Reminders of sessions': 'Recordatorios de sesiones',
  '{times} (as usual here)': '{times} (como es habitual aquí)',
  Reminders: 'Recordatorios',
  'When shall I remind you?': '¿Cuándo te aviso?',
  'I remind you by direct message, {times} each of your sessions. A press turns one on or off.':
    'Te aviso por mensaje directo, {times} de cada sesión tuya. Un clic activa o desactiva cada aviso.',
  'I do not remind you of sessions. A press turns a reminder on.':
    'No te recuerdo las sesiones. Un clic activa un aviso.',
  'It holds for the sessions that are planned, too.': 'Vale también para las sesiones ya programadas.',
  'Time zone': 'Zona horaria',
  'I do not know it yet.': 'Aún no la sé.',
  'Save time zone': 'Guardar zona',
  'I read the times that you type in this zone. Times that I show you are always in your own.':
    'Leo en esta zona las horas que escribes. Las que te muestro siempre están en la tuya.',
  'A city or an IANA name, such as Berlin or America/New_York.':
    'Una ciudad o un nombre IANA, como Madrid o America/Bogota.',
} as const;
