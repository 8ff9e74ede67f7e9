/** Installing the bot, and the channels in which it speaks. */
export const spaces = {
  'Where I speak': 'Dónde hablo',
  'Invite me to a channel before you choose it: open it, and type /invite with my name after an @.':
    'Invítame a un canal antes de elegirlo: ábrelo y escribe /invite con mi nombre después de una @.',
  'Mentors channel': 'Canal de mentoría',
  'Requests appear there. Whoever is in it is a mentor.':
    'Allí aparecen las solicitudes. Quien está en él es mentor.',
  'Coordinators channel': 'Canal de coordinación',
  'I say there what needs somebody who looks after it all. Whoever is in it is a coordinator.':
    'Allí digo lo que necesita a alguien que cuide de todo. Quien está en él coordina el programa.',
  'The mentors channel': 'el canal de mentoría',
  'The coordinators channel': 'el canal de coordinación',
  '{field} is one that I cannot see. Please open it, type /invite with my name after an @, and try again.':
    'No puedo ver {field}. Por favor, ábrelo, escribe /invite con mi nombre después de una @ e inténtalo otra vez.',
  '{field} is one that I am not in yet. Please open it, type /invite with my name after an @, and try again.':
    'Aún no estoy en {field}. Por favor, ábrelo, escribe /invite con mi nombre después de una @ e inténtalo otra vez.',
  'The channel': 'el canal',
  Channel: 'Canal',
  'Post a request button': 'Publicar un botón',
  'A button for a channel': 'Un botón para un canal',
  'Post it': 'Publicar',
  'I post a card that says what a mini session is, with a button that opens the form.':
    'Publico una tarjeta que dice qué es una minisesión, con un botón que abre el formulario.',
  'I must be able to write there. On Slack, invite me first: type /invite with my name after an @.':
    'Debo poder escribir allí. En Slack, invítame antes con /invite y mi nombre tras una @.',
  'Only you see the form. I tell you as soon as a mentor claims your request.':
    'El formulario solo lo ves tú. Te aviso en cuanto alguien se encargue de tu solicitud.',
  'The button is there': 'El botón ya está',
  'Whoever sees it can ask for a mini session with it. Pin it to keep it in sight; when it is in the way, delete it like any message. Posting it again makes another one.':
    'Quien lo vea puede pedir con él una minisesión. Fíjalo para que siga a la vista; si estorba, bórralo como cualquier mensaje. Si lo publicas otra vez, aparece otro.',
  'I may not write in that channel': 'No puedo escribir en ese canal',
  'On Slack, open it and type /invite with my name after an @. On Discord, let my role see the channel and send messages in it. Then try again.':
    'En Slack, ábrelo y escribe /invite con mi nombre después de una @. En Discord, deja que mi rol vea el canal y envíe mensajes en él. Luego inténtalo otra vez.',
  'I could not post it just now': 'No he podido publicarlo ahora',
  'The platform asks for patience. Please try again in a minute.':
    'La plataforma pide paciencia. Inténtalo otra vez dentro de un minuto.',
  'These channels are chosen elsewhere': 'Estos canales se eligen en otro sitio',
  'They stand in my settings, where whoever runs me can change them.':
    'Están en mi configuración, donde quien me administra puede cambiarlos.',
  'Choose the channels': 'Elegir los canales',
  'Choose others': 'Elegir otros',
  'Requests appear there: a text channel, or a forum with a post for each.':
    'Allí aparecen las solicitudes: un canal de texto, o un foro con una publicación por cada una.',
  'I say there what needs somebody who looks after it all.':
    'Allí digo lo que necesita a alguien que cuide de todo.',
  'Sessions channel': 'Canal de sesiones',
  'Student and mentor get a private thread under it. Both must see it.':
    'Estudiante y mentor reciben en él un hilo privado. Ambos deben poder verlo.',
  'Fallback channel': 'Canal alternativo',
  'For those whose direct messages are closed. Everybody must see it.':
    'Para quien no acepta mensajes directos. Todo el mundo debe poder verlo.',
  'Who is who': 'Quién es quién',
  'Mentor roles': 'Roles de mentoría',
  'Whoever has one of them is a mentor.': 'Quien tiene uno de ellos es mentor.',
  'Coordinator roles': 'Roles de coordinación',
  'Their holders look after it all, as do those who may manage the server.':
    'Quien los tiene cuida de todo, igual que quien puede gestionar el servidor.',
  'Choose the roles': 'Elegir los roles',
  'Almost there: a little is left to choose': 'Casi está: falta elegir un poco',
  'not chosen yet': 'aún sin elegir',
  'set by the operator': 'lo fija quien administra el bot',
  'Go from left to right: channels, roles, time zone, meeting links. Each choice is tried before it counts, and “Look again” tries all of it.':
    'Ve de izquierda a derecha: canales, roles, zona horaria, enlaces. Cada elección se prueba antes de valer, y «Mirar otra vez» lo prueba todo.',
  'Where most people of the programme live. Discord tells nobody’s time zone: this one is offered first when I have to ask, and never taken for known.':
    'Donde vive la mayoría de la gente del programa. Discord no dice la zona horaria de nadie: ofrezco esta la primera cuando tengo que preguntar, y nunca la doy por sabida.',
  'A city or an IANA name, such as Berlin or America/New_York. Nothing: none is offered.':
    'Una ciudad o un nombre IANA, como Berlin o America/New_York. Nada: no se ofrece ninguna.',
  'People ask for a short video call with a mentor; a mentor claims the request, and both meet. Whoever may manage this server tells me two things first: in which channel the mentors see requests, and which role makes somebody a mentor.':
    'La gente pide una videollamada breve de mentoría; alguien del equipo se encarga de la solicitud y se reúnen. Antes, quien puede gestionar este servidor me dice dos cosas: en qué canal ve las solicitudes el equipo de mentoría, y qué rol hace mentor a alguien.',
  'Set me up': 'Configurarme',
  'Later it is found with /mini-admin, under Set-up.': 'Más tarde está en /mini-admin, en Instalación.',
  'That is done in {server}: type /mini-admin there, and press Set-up.':
    'Eso se hace en {server}: escribe allí /mini-admin y pulsa Instalación.',
  'Open the server': 'Abrir el servidor',
  'That is chosen in the server': 'Eso se elige en el servidor',
  'Channels and roles can only be shown there. Type /mini-admin in a channel of the server, and press Set-up.':
    'Los canales y los roles solo pueden mostrarse allí. Escribe /mini-admin en un canal del servidor y pulsa Instalación.',
  'The sessions channel': 'el canal de sesiones',
  'The fallback channel': 'el canal alternativo',
  'The mentor roles': 'los roles de mentoría',
  'The coordinator roles': 'los roles de coordinación',
  '{field} is one in which I may not do all that I need. Please open it, Edit Channel, Permissions, add my role, and allow: {detail}. Then send this again.':
    'No puedo hacer todo lo que necesito en {field}. Por favor, ábrelo, Editar canal, Permisos, añade mi rol y permite: {detail}. Después envía esto de nuevo.',
  '{field} is one that is closed to me. Please open it, Edit Channel, Permissions, add my role, and allow: {detail}. Then send this again.':
    'No puedo ver {field}. Por favor, ábrelo, Editar canal, Permisos, añade mi rol y permite: {detail}. Después envía esto de nuevo.',
  '{field} hold one that nobody can be given: {detail}. Please choose roles that people have.':
    'En {field} hay uno que no se puede dar a nadie: {detail}. Por favor, elige roles que la gente tenga.',
  'View Channel': 'Ver canal',
  'Send Messages': 'Enviar mensajes',
  'Embed Links': 'Insertar enlaces',
  'Read Message History': 'Leer el historial de mensajes',
  'Send Messages in Threads': 'Enviar mensajes en hilos',
  'Create Private Threads': 'Crear hilos privados',
  'Manage Threads': 'Gestionar hilos',
  'Thank you for having me here': 'Gracias por recibirme aquí',
  'People ask for a short video call with a mentor; a mentor claims the request, and both meet. One thing is left to do: make a channel for mentors, invite me there, and tell me which one it is. Whoever is in that channel is a mentor.':
    'La gente pide una videollamada breve de mentoría; alguien del equipo se encarga de la solicitud y se reúnen. Queda una cosa por hacer: crea un canal de mentoría, invítame y dime cuál es. Quien está en ese canal forma parte del equipo.',
  'Until then I keep what people ask for, and show it to the mentors once there is a channel.':
    'Hasta entonces guardo lo que la gente pide, y lo muestro al equipo de mentoría en cuanto haya un canal.',
  'I am up to date here': 'Aquí estoy al día',
  'Everything goes on as it was, in the same channels. You can choose others.':
    'Todo sigue como estaba, en los mismos canales. Puedes elegir otros.',
  'Now I know where to speak': 'Ya sé dónde hablar',
  'What I tried:': 'Lo que he probado (en inglés, como lo dice la orden doctor):',
  'Requests appear in the mentors channel from now on, and those that are open are on their way there. Whoever is in it can claim them. Try it: anybody can ask with /mini-session.':
    'Desde ahora las solicitudes aparecen en el canal de mentoría, y las que están abiertas van de camino. Quien está en él puede tomarlas. Pruébalo: cualquiera puede pedir una sesión con /mini-session.',
  'A request waits for a mentors channel': 'Una solicitud espera un canal de mentoría',
  'Somebody asked: {title}. I do not know yet which channel the mentors are in. Make one, invite me there, and choose it: the request appears there at once.':
    'Alguien ha pedido: {title}. Aún no sé en qué canal está el equipo de mentoría. Crea uno, invítame y elígelo: la solicitud aparecerá allí enseguida.',
  'I am not installed here': 'No estoy instalado aquí',
  'Somebody removed me from this workspace, or I lost my key to it. Whoever manages its apps can add me again.':
    'Alguien me ha quitado de este espacio de trabajo, o he perdido mi clave. Quien administra sus aplicaciones puede volver a añadirme.',

  'Add Mini Mentorship to Slack': 'Añadir Mini Mentorship a Slack',
  'People of your workspace ask for a short video call with a mentor; a mentor claims the request, and both meet.':
    'La gente de tu espacio de trabajo pide una videollamada breve con un mentor; un mentor toma la solicitud y los dos se reúnen.',
  'On the next page Slack shows what the bot may do, and asks whether you allow it. It reads no conversations but its own.':
    'En la página siguiente Slack muestra lo que el bot puede hacer y te pregunta si lo permites. No lee más conversaciones que las suyas.',
  'Add to Slack': 'Añadir a Slack',
  'Mini Mentorship is in {team}': 'Mini Mentorship está en {team}',
  'I wrote to you in Slack: there you choose the channel of your mentors. You can close this page.':
    'Te he escrito en Slack: allí eliges el canal de tu equipo de mentoría. Puedes cerrar esta página.',
  'I could not write to you in Slack just now. As soon as somebody asks for a session with /mini-session, I ask you which channel your mentors are in.':
    'Ahora mismo no he podido escribirte en Slack. En cuanto alguien pida una sesión con /mini-session, te pregunto en qué canal está tu equipo de mentoría.',
  'I am here already': 'Ya estoy aquí',
  'This workspace has me by my settings. There is nothing to install, and nothing was changed.':
    'Este espacio de trabajo ya me tiene por mi configuración. No hay nada que instalar y nada ha cambiado.',
  'One workspace at a time, please': 'Un espacio de trabajo a la vez, por favor',
  'You chose a whole organisation. A mentorship programme lives in one workspace, so I declined, and gave the access back.':
    'Has elegido una organización entera. Un programa de mentoría vive en un solo espacio de trabajo, así que no he aceptado y he devuelto el acceso.',
  'Please add me again, and choose the workspace of your programme.':
    'Por favor, añádeme otra vez y elige el espacio de trabajo de tu programa.',
  'Choose a workspace': 'Elegir un espacio de trabajo',
  'Nothing was installed': 'No se ha instalado nada',
  'You did not allow it, and that is fine.': 'No lo has permitido, y está bien.',
  'Please begin once more': 'Por favor, empieza de nuevo',
  'This page belongs to an installation that was begun more than ten minutes ago, or in another browser. Nothing was installed.':
    'Esta página es de una instalación que empezó hace más de diez minutos o en otro navegador. No se ha instalado nada.',
  'That did not work': 'No ha funcionado',
  'Slack or I had a problem, and nothing was installed. Please try again in a moment.':
    'Slack o yo hemos tenido un problema y no se ha instalado nada. Por favor, inténtalo de nuevo en un momento.',
} as const;
