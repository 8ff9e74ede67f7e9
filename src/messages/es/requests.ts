/** Requests: their cards, the answers to what is done with them, and what is told about them. */
export const requests = {
  'Any: the mentor chooses': 'Cualquiera: lo elige tu mentor/a',
  '{start} until {end}': 'de {start} a {end}',
  'It is being made, and appears here.': 'Se está creando y aparecerá aquí.',
  'The mentor adds it here.': 'Quien da la mentoría lo añade aquí.',
  'proposed: {time}': 'propuesta: {time}',
  'missed: {time}': 'no se celebró: {time}',
  '{status} by {mentor}': '{status} · {mentor}',
  '{status} until {time}': '{status} hasta {time}',
  '{status} by {mentor} for {time}': '{status} · {mentor} · {time}',
  '{mentor} helped {student}': '{mentor} ayudó a {student}',
  '{mentor} and {student}': '{mentor} y {student}',
  'This request was {status}.': 'Esta solicitud fue {status}.',
  'a mentor': 'alguien del equipo de mentoría',
  'the other side': 'la otra persona',
  'Waits for a mentor until {time}': 'Espera a un mentor o mentora hasta {time}',
  'Your request is with the mentors': 'Tu solicitud ya está con el equipo de mentoría',
  'I tell you by direct message as soon as a mentor claims it. If nobody does until {time}, I tell you too, and you can renew it with one press.':
    'Te aviso por mensaje directo en cuanto alguien se encargue de ella. Si nadie lo hace hasta {time}, también te aviso, y podrás renovarla con un clic.',
  'It is yours': 'Es tuya',
  'You claimed {title} by {student}. They know already. Agree on a time next:':
    'Te encargas de {title}, de {student}, que ya lo sabe. Ahora toca acordar la hora:',
  'You find it again with /mini-mentor.': 'La encuentras de nuevo con /mini-mentor.',
  'You gave it back': 'La has devuelto',
  '{title} waits for another mentor again, and {student} knows.':
    '{title} vuelve a esperar a otra persona, y {student} ya lo sabe.',
  'Your request is cancelled': 'Tu solicitud está cancelada',
  '{title} is off, and your mentor knows.': '{title} queda cancelada, y tu mentor/a ya lo sabe.',
  '{title} is off the mentors’ list.': '{title} ya no está en la lista del equipo de mentoría.',
  'Your request is open again': 'Tu solicitud vuelve a estar abierta',
  '{title} is back with the mentors until {time}.':
    '{title} está de nuevo con el equipo de mentoría hasta {time}.',
  'A mentor claimed your request': 'Ya hay quien se encarga de tu solicitud',
  '{mentor} takes {title}. You hear from me as soon as the time is set.':
    '{mentor} se encarga de {title}. Te aviso en cuanto haya una hora.',
  '{mentor} cannot take {title} after all. It is back with all mentors, and I tell you when one claims it. Any time that was set no longer holds.':
    'Al final, {mentor} no puede encargarse de {title}. Ha vuelto a todo el equipo de mentoría, y te aviso cuando alguien la tome. Si había una hora fijada, ya no vale.',
  'Nobody could take your request in time': 'Nadie pudo encargarse a tiempo de tu solicitud',
  'I am sorry: no mentor claimed {title}. Renew it to ask again for {duration} as it is, or send a new one: a wider choice of times helps.':
    'Lo siento: nadie se encargó de {title}. Renuévala para pedirla {duration} más tal como está, o envía una nueva: ayuda ofrecer más horarios.',
  'The student cancelled': 'La solicitud fue cancelada',
  '{student} took back {title}. There is nothing left for you to do; thank you for offering.':
    '{student} ha retirado {title}. No tienes que hacer nada más; gracias por ofrecerte.',
  'My messages do not reach the other side': 'Mis mensajes no le llegan a la otra persona',
  'I cannot send direct messages to {person} about {title}: they are closed. Please write to them yourself, so that nobody waits in vain.':
    'No puedo enviar mensajes directos a {person} sobre {title}: los tiene cerrados. Escríbele tú, por favor, para que nadie espere en vano.',
} as const;
