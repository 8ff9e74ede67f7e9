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
  Calendar: 'Calendario',
  'My calendar': 'Mi calendario',
  'Your calendar follows your sessions by a private link.':
    'Tu calendario sigue tus sesiones con un enlace privado.',
  'Your calendar can follow your sessions by itself.': 'Tu calendario puede seguir tus sesiones por sí solo.',
  'With a private link your calendar shows all your mini sessions, and follows when they move or are called off.':
    'Con un enlace privado, tu calendario muestra todas tus minisesiones y las sigue cuando se mueven o se cancelan.',
  'You have such a link. I cannot show it again; a new one takes its place, and the old one stops.':
    'Ya tienes un enlace así. No puedo volver a mostrarlo; uno nuevo ocupa su lugar, y el anterior deja de funcionar.',
  'Invitations go to your e-mail address.': 'Las invitaciones van a tu correo.',
  'Invite me by e-mail': 'Invitarme por correo',
  'No invitations any more': 'No más invitaciones',
  'Invitations to your sessions go to {address}. Nobody else is shown it.':
    'Las invitaciones a tus sesiones van a {address}. Nadie más ve esa dirección.',
  'Or I invite you to each session by e-mail, and your calendar learns of moves and cancellations.':
    'También puedo invitarte por correo a cada sesión, y tu calendario se entera de los cambios y las cancelaciones.',
  'Save address': 'Guardar dirección',
  'I keep the address for invitations to your sessions, and for nothing else unless you ask for it. Nobody else is shown it, and you can take it back at any time.':
    'Guardo la dirección para las invitaciones a tus sesiones, y para nada más si no lo pides. Nadie más la ve, y puedes retirarla cuando quieras.',
  'You have both, so your calendar may show a session twice. One of them is enough.':
    'Tienes las dos cosas, así que tu calendario puede mostrar una sesión dos veces. Basta con una.',
  'For sessions in a mentor’s own room no invitation is sent. Their card has a button that adds them to your calendar.':
    'Para las sesiones en una sala propia de quien hace de mentor/a no se envía invitación. Su tarjeta tiene un botón que las añade a tu calendario.',
  'I look at it while a time is sought.': 'Lo consulto mientras se busca una hora.',
  'Look at my calendar': 'Consulta mi calendario',
  'Do not look any more': 'No lo consultes más',
  'While a time for a session is sought, I ask Google when your calendar is busy, and leave those times out. I keep nothing of it. The mentor sees that I looked, and the times that are left.':
    'Mientras se busca una hora para una sesión, pregunto a Google cuándo está ocupado tu calendario y descarto esas horas. No guardo nada de ello. Quien hace de mentor/a ve que lo he consultado y las horas que quedan.',
  'I can also look at your calendar while a time for a session is sought, and leave out when it is busy. I do so only if you ask for it, and keep nothing of it. The mentor sees that I looked, and the times that are left.':
    'También puedo consultar tu calendario mientras se busca una hora para una sesión, y descartar cuando está ocupado. Solo lo hago si lo pides, y no guardo nada de ello. Quien hace de mentor/a ve que lo he consultado y las horas que quedan.',
  'I tried: Google tells me when your calendar is busy.':
    'Lo he probado: Google me dice cuándo está ocupado tu calendario.',
  'I tried, and could not see your calendar. In Google Calendar, share it with the account that invites you: “See only free/busy” is enough. Until then I find times without it.':
    'Lo he probado y no he podido ver tu calendario. En Google Calendar, compártelo con la cuenta que te invita: basta con «Ver solo libre/ocupado». Hasta entonces busco horas sin él.',
  'Your e-mail address': 'Tu correo electrónico',
  'The e-mail address': 'la dirección de correo',
  '{field} is not an e-mail address. Please write one like ada@example.org.':
    'Revisa {field}: debe tener la forma ada@example.org.',
  'New link': 'Enlace nuevo',
  'Get a link': 'Obtener un enlace',
  'Turn it off': 'Desactivarlo',
  'Your private calendar link': 'Tu enlace privado de calendario',
  'Copy it now: I keep nothing by which I could show it again. Google Calendar takes it under “Other calendars”, “From URL”; Outlook under “Add calendar”, “Subscribe from web”.':
    'Cópialo ahora: no guardo nada con lo que pueda volver a mostrarlo. Google Calendar lo acepta en «Otros calendarios», «Desde URL»; Outlook, en «Agregar calendario», «Suscribirse desde la web».',
  'It is for you alone: whoever has it sees when you meet whom. If you had one before, that one has stopped.':
    'Es solo para ti: quien lo tenga ve cuándo te reúnes y con quién. Si tenías otro, ese ya no funciona.',
  'Open in my calendar': 'Abrir en mi calendario',
  'Your mini sessions in your calendar': 'Tus minisesiones en tu calendario',
  'The button opens your calendar program, which asks whether to subscribe. If nothing happens, copy the link from the chat into it.':
    'El botón abre tu programa de calendario, que pregunta si quieres suscribirte. Si no pasa nada, copia en él el enlace del chat.',
  'This address is private: whoever has it sees when you meet whom.':
    'Esta dirección es privada: quien la tenga ve cuándo te reúnes y con quién.',
  'This calendar link does not work (any more). A new one is in the chat: /mini-sessions, My settings, Calendar.':
    'Este enlace de calendario no funciona (o ya no). En el chat hay uno nuevo: /mini-sessions, Mis ajustes, Calendario.',
  'There are no calendar links here': 'Aquí no hay enlaces de calendario',
  'The bot has no address on the web here. Whoever runs it can give it one.':
    'El bot no tiene aquí una dirección en la web. Quien lo administra puede dársela.',
  'Add to calendar': 'Añadir al calendario',
  'Take it off my calendar': 'Quitar de mi calendario',
} as const;
