/** The room of student and mentor, those whom no direct message reaches, and what was taken from the bot. */
export const rooms = {
  '{student} and {mentor}: this place is for the two of you. Ask, answer, share what you tried; I keep the time.':
    '{student} y {mentor}: este lugar es de los dos. Aquí caben preguntas, respuestas y lo que ya se probó; del tiempo me encargo yo.',
  'Only you two, I, and the moderators of this server can read here.':
    'Aquí solo leen los dos, yo y quienes moderan este servidor.',
  'This place is closed: what it was for is over. What you wrote stays for you to read.':
    'Este lugar está cerrado: ya cumplió su fin. Lo escrito sigue aquí y se puede leer.',
  'I could not send you a message': 'No he podido enviarte un mensaje',
  'Your direct messages are closed to me. Type /mini-sessions to read what I have for you; to hear from me in time, allow direct messages from members of this server.':
    'No puedo escribirte mensajes directos. Escribe /mini-sessions para leer lo que tengo para ti; para enterarte a tiempo, permite los mensajes directos de los miembros de este servidor.',
  'Something that I need was taken from me': 'Me falta algo que necesito',
  'Requests go on where they can; what needs this waits until it is mended.':
    'Las solicitudes siguen donde pueden; lo que depende de esto espera hasta que se arregle.',
  'For this you need the role {role}. Ask a coordinator for it, then try again: it counts at once.':
    'Para esto necesitas el rol {role}. Pídeselo a alguien de coordinación y prueba otra vez: cuenta al momento.',
  'Set-up': 'Instalación',
  'Some of it needs attention': 'Hay algo que revisar',
  'Everything that I need works': 'Todo lo que necesito funciona',
  'Look again': 'Mirar otra vez',
  Open: 'Abierta',
  Claimed: 'Aceptada',
  Scheduled: 'Con hora',
  Completed: 'Terminada',
  Cancelled: 'Cancelada',
  Expired: 'Caducada',
} as const;
