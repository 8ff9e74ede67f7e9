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
  '{field} is one that I cannot see. Please open it, type /invite with my name after an @, and press Save again.':
    'No puedo ver {field}. Por favor, ábrelo, escribe /invite con mi nombre después de una @ y pulsa Guardar otra vez.',
  '{field} is one that I am not in yet. Please open it, type /invite with my name after an @, and press Save again.':
    'Aún no estoy en {field}. Por favor, ábrelo, escribe /invite con mi nombre después de una @ y pulsa Guardar otra vez.',
  'These channels are chosen elsewhere': 'Estos canales se eligen en otro sitio',
  'They stand in my settings, where whoever runs me can change them.':
    'Están en mi configuración, donde quien me administra puede cambiarlos.',
  'Choose the channels': 'Elegir los canales',
  'Choose others': 'Elegir otros',
  'Thank you for having me here': 'Gracias por recibirme aquí',
  'People ask for a short video call with a mentor; a mentor claims the request, and both meet. One thing is left to do: make a channel for mentors, invite me there, and tell me which one it is. Whoever is in that channel is a mentor.':
    'La gente pide una videollamada breve de mentoría; alguien del equipo se encarga de la solicitud y se reúnen. Queda una cosa por hacer: crea un canal de mentoría, invítame y dime cuál es. Quien está en ese canal forma parte del equipo.',
  'Until then I keep what people ask for, and show it to the mentors once there is a channel.':
    'Hasta entonces guardo lo que la gente pide, y lo muestro al equipo de mentoría en cuanto haya un canal.',
  'I am up to date here': 'Aquí estoy al día',
  'Everything goes on as it was, in the same channels. You can choose others.':
    'Todo sigue como estaba, en los mismos canales. Puedes elegir otros.',
  'Now I know where to speak': 'Ya sé dónde hablar',
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
