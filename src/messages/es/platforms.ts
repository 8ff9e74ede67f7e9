/** What each platform itself has to say. */
export const platforms = {
  'What you typed is kept. If nothing comes for a minute, open the form again.':
    'Lo que escribiste está guardado. Si no llega nada en un minuto, abre el formulario de nuevo.',
  'You may add:': 'Puedes añadir:',
  'Open the form again': 'Abrir de nuevo el formulario',
  'Still working on it…': 'Sigo en ello…',
  'This takes a moment. You may wait here.': 'Tardará un momento. Puedes esperar aquí.',
  'One moment…': 'Un momento…',
  'I am fetching what you typed.': 'Estoy recuperando lo que escribiste.',
  'I am sorry. Nothing was lost on yours: please try again in a moment.':
    'Lo siento. Por tu parte no se ha perdido nada: inténtalo de nuevo en un momento.',
  'Slack was too slow to open the form': 'Slack tardó demasiado en abrir el formulario',
  'Please do that again; a form must open within three seconds.':
    'Hazlo otra vez, por favor; un formulario tiene que abrirse en tres segundos.',
  'It is from an older version of me. Type the command again to get a fresh one.':
    'Es de una versión anterior de mí. Escribe el comando otra vez para obtener uno nuevo.',
  'I do not know this form any more': 'Ya no conozco este formulario',
  'It is from an older version of me. Please type the command again.':
    'Es de una versión anterior de mí. Escribe el comando otra vez, por favor.',
  'I did not understand that': 'No he entendido eso',
  'Slack sent something that I do not know. Please try once more, or type the command again.':
    'Slack envió algo que no conozco. Inténtalo una vez más, o escribe el comando otra vez.',
  'What you typed is no longer kept': 'Lo que escribiste ya no está guardado',
  'It was used already, or a day has passed. Please open the form from the command.':
    'Ya se usó, o ha pasado un día. Abre el formulario con el comando, por favor.',
  Continue: 'Continuar',
  'More options': 'Más opciones',
  'Almost: please look at this once more. What you typed is kept.':
    'Casi: mira esto una vez más, por favor. Lo que escribiste está guardado.',
  'Ready to send. This holds unless you change it:': 'Listo para enviar. Esto vale si no lo cambias:',
  'One more step. What you typed is kept.': 'Un paso más. Lo que escribiste está guardado.',
  'I need your time zone to read the times that you typed. I remember it for the next time.':
    'Necesito tu zona horaria para leer las horas que escribiste. La recordaré para la próxima vez.',
  Send: 'Enviar',
  Edit: 'Editar',
  'not known yet': 'aún no se sabe',
  'still needed': 'falta todavía',
  none: 'nada',
  'Edit and send again': 'Editar y enviar de nuevo',
  'Edit other fields': 'Editar otros campos',
  '{label} ({part} of {parts})': '{label} ({part} de {parts})',
  'What you typed, to copy': 'Lo que escribiste, para copiar',
  'This form is no longer open': 'Este formulario ya no está abierto',
  'It was sent already, or it is older than a day. Type the command again to begin a new one; /mini-sessions shows what you have sent.':
    'Ya se envió, o tiene más de un día. Escribe el comando otra vez para empezar uno nuevo; /mini-sessions muestra lo que has enviado.',
  'I cannot open your form right now': 'Ahora mismo no puedo abrir tu formulario',
  'What you typed is kept. Please press the button again in a moment.':
    'Lo que escribiste está guardado. Pulsa el botón de nuevo en un momento, por favor.',
  'I am restarting': 'Me estoy reiniciando',
  'Nothing was done yet. Please try again in half a minute.':
    'Aún no se ha hecho nada. Inténtalo de nuevo en medio minuto.',
  'I do not know how to do that': 'No sé hacer eso',
  '/mini-session asks for a session; /mini-sessions and /mini-mentor show how things stand.':
    '/mini-session pide una sesión; /mini-sessions y /mini-mentor muestran cómo está todo.',
  'There is more than fits here.': 'Hay más de lo que cabe aquí.',
  'There is more than fits into one message.': 'Hay más de lo que cabe en un mensaje.',
  'That did not work.': 'No ha funcionado.',
  '{date} at {time}': '{date}, {time}',
  '{least} to {most} characters.': 'De {least} a {most} caracteres.',
  'At most {most} characters.': 'Como mucho {most} caracteres.',
  Close: 'Cerrar',
  'So that I read your times right.': 'Para leer bien tus horas.',
  '2026-12-01 18:30, Fri 10:00-12:00, tomorrow 3pm Europe/Berlin':
    '2026-12-01 18:30, vie 10:00-12:00, mañana 15:00 Europe/Madrid',
} as const;
