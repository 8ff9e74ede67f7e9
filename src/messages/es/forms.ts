/** Forms: titles, labels, hints. Titles, labels and submit buttons have 24 characters. */
export const forms = {
  'Your time zone': 'Tu zona horaria',
  Start: 'Inicio',
  'When the session starts.': 'Cuándo empieza la sesión.',
  'Send request': 'Enviar solicitud',
  'A mentor meets you one-to-one in a video call, once, for 30 to 60 minutes.':
    'Alguien del equipo de mentoría se reúne contigo por videollamada, una vez, de 30 a 60 minutos.',
  Title: 'Título',
  'What it is about, in one line.': 'De qué se trata, en una línea.',
  'My first pull request keeps failing': 'Mi primer pull request falla siempre',
  'Session type': 'Tipo de sesión',
  Description: 'Descripción',
  'What you tried, and what you want to have after the session.':
    'Qué has probado y qué quieres tener después de la sesión.',
  'Leave it empty and your mentor chooses.': 'Si lo dejas vacío, lo elige tu mentor/a.',
  'Topics, such as git, python.': 'Temas, como git, python.',
  'Schedule the session': 'Programar la sesión',
  'A time that the student did not name is a proposal: the session is set once they accept it.':
    'Una hora que tu estudiante no ofreció es una propuesta: la sesión queda fijada cuando la acepte.',
  Reason: 'Motivo',
  'A word for the other side.': 'Unas palabras para la otra persona.',
  Propose: 'Proponer',
  'It holds once the other side accepts it. Until then everything stays as planned.':
    'Vale cuando la otra persona la acepte. Hasta entonces, todo sigue como estaba.',
  'Cancel the session': 'Cancelar la sesión',
  'The session is called off and your request is closed. To keep it, propose another time instead.':
    'La sesión se cancela y tu solicitud se cierra. Para conservarla, mejor propón otra hora.',
  'Give it back': 'Devolver la solicitud',
  'Call off and give back': 'Cancelar y devolver',
  'The session is called off, and the request waits for another mentor. To keep it, propose another time instead.':
    'La sesión se cancela y la solicitud espera a otra persona. Para conservarla, mejor propón otra hora.',
  'How was the session?': '¿Qué tal la sesión?',
  'Send feedback': 'Enviar opinión',
  Rating: 'Valoración',
  '5: very helpful': '5: muy útil',
  '4: helpful': '4: útil',
  '3: all right': '3: no estuvo mal',
  '2: not very helpful': '2: poco útil',
  '1: not helpful': '1: nada útil',
  Comment: 'Comentario',
  'What helped, and what would have helped more.': 'Qué ayudó, y qué habría ayudado más.',
  'Meeting link': 'Enlace de la reunión',
  'Save link': 'Guardar enlace',
  Link: 'Enlace',
  'The address of the video call. Both of you find it in the session card.':
    'La dirección de la videollamada. Las dos partes la tienen en la tarjeta de la sesión.',
  'Save topics': 'Guardar temas',
  'When somebody asks about one of them, I tell you by direct message. What you enter takes the place of what you gave before; leave it empty to be asked about none.':
    'Cuando alguien pregunte por uno de ellos, te aviso por mensaje directo. Lo que escribas sustituye a lo anterior; déjalo vacío para que no te pregunte por ninguno.',
  Topics: 'Temas',
  'What you know well, such as git, python.': 'Lo que conoces bien, como git, python.',
  'Ask a question first': 'Preguntar antes',
  Ask: 'Preguntar',
  'The student gets it by direct message. Everybody sees that you ask, and for half an hour only you can claim the request.':
    'Le llega a tu estudiante por mensaje directo. Se verá que preguntas, y durante media hora solo tú puedes tomar la solicitud.',
  'Your question': 'Tu pregunta',
  'What you need to know to say yes.': 'Lo que necesitas saber para decir que sí.',
  'Answer the mentor': 'Responder a la pregunta',
  'Send answer': 'Enviar respuesta',
  'Your answer': 'Tu respuesta',
  'The mentor gets it at once.': 'Le llega enseguida a quien preguntó.',
} as const;
