/** A request that goes to another mentor. */
export const handingOver = {
  '{title} is with you.': '{title} está contigo.',
  'There is nothing left for you to do about {title}.': 'Ya no te queda nada por hacer con {title}.',
  'Hand over': 'Pasar a otra persona',
  'Keep it': 'Quedármela',
  'Take it over': 'Hacerme cargo',
  'Who could take it over?': '¿Quién podría hacerse cargo?',
  'I know no other mentor yet. Whoever types /mini-mentor once is on the list; you can also release it for all.':
    'Todavía no conozco a nadie más del equipo de mentoría. Quien escribe /mini-mentor una vez aparece en la lista; también puedes devolverla para todo el equipo.',
  'I ask them by direct message. Until they accept, it stays with you.':
    'Se lo pregunto por mensaje directo. Hasta que acepte, sigue contigo.',
  'Hand it over': 'Pasarla',
  'Ask them': 'Preguntar',
  'Until they accept it stays with you. A time that is set moves over when they are free then.':
    'Hasta que acepte sigue contigo. Si ya hay una hora fijada, pasa también cuando esa persona está libre.',
  'A word': 'Unas palabras',
  'Why you ask, and what they should know.': 'Por qué lo pides y qué conviene saber.',
  Nobody: 'Nadie',
  '{mentor} is asked to take it over.': '{mentor} tiene la pregunta de si se hace cargo.',
  'I asked them': 'Ya he preguntado',
  '{mentor} is asked to take over {title}. It stays with you until they accept.':
    'He preguntado a {mentor} si se hace cargo de {title}. Sigue contigo hasta que acepte.',
  'You keep it': 'Te la quedas',
  '{title} stays with you.': '{title} sigue contigo.',
  'Could you take this over?': '¿Podrías hacerte cargo de esto?',
  '{mentor} asks whether you can be the mentor of:': '{mentor} pregunta si puedes encargarte de:',
  'another mentor': 'otra persona',
  'A mentor': 'Una persona del equipo',
  'When you accept and are free then, the session stays as it is; else you and the student find another time.':
    'Si aceptas y estás libre a esa hora, la sesión sigue como está; si no, buscáis otra hora.',
  'When you accept, you and the student find a time.': 'Si aceptas, buscáis una hora entre las dos partes.',
  'They cannot take it over': 'No puede hacerse cargo',
  '{mentor} cannot take over {title}, so it stays with you.':
    '{mentor} no puede hacerse cargo de {title}, así que sigue contigo.',
  'It is taken over': 'Ya está en otras manos',
  '{mentor} has taken over {title}, and the student knows. There is nothing left for you to do; thank you.':
    '{mentor} se encarga ahora de {title}, y su estudiante lo sabe. No tienes que hacer nada más; gracias.',
  'You have another mentor now': 'Ahora te acompaña otra persona',
  '{mentor} takes over {title} from {former}. The time and the link stay as they are.':
    '{mentor} se encarga de {title} en lugar de {former}. La hora y el enlace siguen igual.',
  '{mentor} takes over {title} from {former}. You hear from me as soon as the time is set; one that was set before no longer holds.':
    '{mentor} se encarga de {title} en lugar de {former}. Te aviso en cuanto haya hora; la que hubiera antes ya no vale.',
  'Another mentor has this session now': 'Esta sesión la lleva ahora otra persona',
  '{title} is with {mentor}. There is nothing left for you to do.':
    '{title} está con {mentor}. No tienes que hacer nada más.',
  'It is yours now': 'Ahora es tuya',
  '{title} by {student} is with you, and both know.':
    '{title}, de {student}, está contigo, y las dos partes lo saben.',
  'You have another session at the time that was set, so it is off. Please agree on another:':
    'A la hora fijada tienes otra sesión, así que se anula. Acordad otra, por favor:',
  'You declined': 'Has dicho que no',
  '{title} stays where it is, and the mentor who asked you knows.':
    '{title} se queda donde está, y quien te preguntó lo sabe.',
  'You are not asked any more': 'Ya no se te pregunta',
  'The mentor who asked you kept it, asked somebody else, or it is over. Others wait for you in /mini-mentor.':
    'Quien te preguntó se la ha quedado, ha preguntado a otra persona, o ya se acabó. Otras te esperan en /mini-mentor.',
  'Your word': 'Tu mensaje',
} as const;
