/** The bot's pages on the web, and what stands in people's own calendars. */
export const web = {
  'With {person}, {time}.': 'Con {person}, {time}.',
  'I have noted that you are here.': 'He anotado que estás aquí.',
  'This mini session was called off, or is somebody else’s now. There is nothing to join.':
    'Esta minisesión se canceló, o ahora es de otra persona. No hay nada a lo que entrar.',
  'In the chat, /mini-sessions shows what is planned for you.':
    'En el chat, /mini-sessions muestra lo que tienes programado.',
  'This mini session is over. It was planned for {time}.':
    'Esta minisesión ya terminó. Estaba programada para el {time}.',
  'In the chat, /mini-sessions is where you say how it was.':
    'En el chat, con /mini-sessions puedes decir qué tal fue.',
  'It has not begun. From {time} on you can come in here, and that counts as being there.':
    'Aún no ha empezado. Desde el {time} puedes entrar aquí, y eso cuenta como haber llegado.',
  'Keep this page: it knows when the session moves, and when its link changes.':
    'Guarda esta página: sabe cuándo se mueve la sesión y cuándo cambia su enlace.',
  'Look at the video call already': 'Ver ya la videollamada',
  'Join the video call': 'Entrar en la videollamada',
  'There is no link to a video call yet. Say that you are here, and look at this page again in a minute.':
    'Todavía no hay enlace a la videollamada. Di que estás aquí y vuelve a mirar esta página en un minuto.',
  'I am here': 'Estoy aquí',
  'This link leads nowhere': 'Este enlace no lleva a ninguna parte',
  'Maybe it was cut off when it was copied. In the chat, /mini-sessions shows your sessions, and the way into them.':
    'Quizá se cortó al copiarlo. En el chat, /mini-sessions muestra tus sesiones y cómo entrar en ellas.',
  'I have a problem right now. Please load this page again in a moment, or join by the card in your direct messages.':
    'Ahora mismo tengo un problema. Vuelve a cargar esta página en un momento, o entra desde la tarjeta de tus mensajes directos.',
  'Mini session: {title}': 'Minisesión: {title}',
  'With {person}. This is your way into the video call, also when it changes: {link}':
    'Con {person}. Por aquí entras en la videollamada, también si cambia: {link}',
  'This mini session was called off.': 'Esta minisesión se canceló.',
  'Add to calendar': 'Añadir al calendario',
  'Take it off my calendar': 'Quitar de mi calendario',
} as const;
