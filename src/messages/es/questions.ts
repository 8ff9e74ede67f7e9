/** A question before a claim. */
export const questions = {
  'A mentor has a question for you': 'Tienes una pregunta del equipo de mentoría',
  '{mentor} would like to know something about {title} first:':
    '{mentor} quiere saber antes algo sobre {title}:',
  'Best answer by {time}: until then it is theirs to take.':
    'Mejor si respondes antes de {time}: hasta entonces se le reserva.',
  '{student} answered about {title}. You asked:': '{student} ha respondido sobre {title}. Preguntaste:',
  'The answer:': 'La respuesta:',
  'The answer to your question': 'La respuesta a tu pregunta',
  'The request is held for you until {time}. Claim it, or let go for the others.':
    'Se te reserva la solicitud hasta {time}. Encárgate de ella, o suéltala para las demás personas.',
  'The request is no longer open, so there is nothing left for you to do. Thank you for asking.':
    'La solicitud ya no está abierta, así que no tienes que hacer nada más. Gracias por preguntar.',
  'Your question is on its way': 'Tu pregunta está en camino',
  '{student} gets it by direct message, and you get the answer.':
    'A {student} le llega por mensaje directo, y a ti, la respuesta.',
  '{title} is held for you until {time}.': 'Se te reserva {title} hasta {time}.',
  'It is open to everybody': 'Está abierta para todo el equipo',
  '{title} waits for any mentor again. The answer still reaches you when it comes.':
    '{title} vuelve a esperar a cualquiera del equipo. La respuesta te llegará igualmente.',
  'Your answer is on its way': 'Tu respuesta está en camino',
  'The mentor gets it at once. I tell you as soon as somebody claims {title}.':
    'Le llega enseguida a quien preguntó. Te aviso en cuanto alguien se encargue de {title}.',
  'The mentor gets it at once. It stays with {title}.':
    'Le llega enseguida a quien preguntó. Queda guardada con {title}.',
  '{mentor} is asking a question, until {time}': '{mentor} está haciendo una pregunta, hasta {time}',
  '{mentor} asked:': '{mentor} preguntó:',
  'Not answered yet.': 'Aún sin respuesta.',
  '{student} answered:': '{student} respondió:',
  'Let go': 'Soltar',
  Answer: 'Responder',
} as const;
