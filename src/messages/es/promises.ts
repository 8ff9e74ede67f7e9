/** What is said when something waits too long, or somebody did not come. */
export const promises = {
  'About your topics: {title}': 'Sobre tus temas: {title}',
  'You are among the few I asked first. If it does not suit you now, another mentor finds it too.':
    'Eres de las pocas personas a las que pregunto primero. Si ahora no te viene bien, otra también la encontrará.',
  'Still waiting: {title}': 'Sigue esperando: {title}',
  'Asked {time}. Half an hour of yours would end the wait.':
    'Pedida {time}. Media hora tuya acabaría con la espera.',
  'No mentor yet: {title}': 'Aún sin mentoría: {title}',
  'Asked {asked}, and open until {time}. A word with a mentor who knows the topic often helps.':
    'Pedida {asked} y abierta hasta {time}. Suele ayudar hablar con alguien del equipo que conozca el tema.',
  'No mentor has claimed your request yet': 'Aún nadie se encarga de tu solicitud',
  '{title} is still on the mentors’ list, and I asked them again. It stays open until {time}.':
    '{title} sigue en la lista del equipo de mentoría, y les he vuelto a preguntar. Está abierta hasta {time}.',
  'Do you still need it? Keep it open for another {duration}, or cancel it and ask anew: a wider choice of times helps.':
    '¿Aún la necesitas? Mantenla abierta {duration} más, o cancélala y pide otra: ayuda ofrecer más horarios.',
  'Keep it open': 'Mantenerla abierta',
  'Your claim waits for a time': 'La solicitud a tu cargo espera una hora',
  '{student} is waiting to hear when you meet about {title}.':
    '{student} espera saber cuándo es la sesión sobre {title}.',
  'Without a time it goes back to all mentors {time}. Giving it back yourself is fine too, and so is asking another mentor.':
    'Sin una hora, vuelve a todo el equipo de mentoría {time}. También puedes devolverla tú, o preguntar a otra persona del equipo, sin problema.',
  'Your mentor has not set a time yet': 'Tu mentor/a aún no ha fijado una hora',
  '{mentor} claimed {title}, and I reminded them. Without a time it goes back to all mentors {time}, before the others. You need not do anything; you can also propose a time.':
    '{mentor} se encarga de {title}, y ya se lo he recordado. Sin una hora, vuelve a todo el equipo de mentoría {time}, por delante de las demás. No tienes que hacer nada; también puedes proponer una hora.',
  'Your mentor': 'Tu mentor/a',
  'Your claim went back to the queue': 'La solicitud a tu cargo volvió a la lista',
  'No time was set for {title}, so I gave it back to all mentors.':
    'No se fijó ninguna hora para {title}, así que la he devuelto a todo el equipo de mentoría.',
  'You are welcome to claim it once more.': 'Puedes volver a encargarte de ella cuando quieras.',
  'Your request is with all mentors again': 'Tu solicitud vuelve a estar con todo el equipo de mentoría',
  '{mentor} could not set a time for {title}, so I gave it back to the queue, before the others. It is open until {time}.':
    '{mentor} no pudo fijar una hora para {title}, así que la he devuelto a la lista, por delante de las demás. Está abierta hasta {time}.',
  'I am sorry that you waited': 'Siento que esperaras',
  '{title} counts as not held. Things happen: another time is one press away.':
    '{title} cuenta como no celebrada. Cosas que pasan: otra hora está a un clic.',
  'It seems that you two missed each other': 'Parece que hubo un desencuentro',
  'You came to {title}, and the other side did not find you there. Nobody is to blame; it counts as not held. Please find another time.':
    'Entraste en {title}, y la otra persona no te encontró allí. No es culpa de nadie; cuenta como no celebrada. Busca otra hora, por favor.',
  'You were missed': 'Te echaron de menos',
  'Your session {title} began without you. That happens; the other side would be glad of another time.':
    'Tu sesión {title} empezó sin ti. A veces pasa; a la otra persona le gustaría encontrar otra hora.',
  'Thank you for telling me': 'Gracias por decírmelo',
  '{title} counts as not held. Both of you got a way to another time by direct message.':
    '{title} cuenta como no celebrada. Las dos partes han recibido por mensaje directo cómo buscar otra hora.',
} as const;
