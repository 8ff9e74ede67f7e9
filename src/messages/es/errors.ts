/** Why something was not done, and what to do next. */
export const errors = {
  closed: 'cerrada',
  'Almost: please look at this once more': 'Casi: mira esto una vez más, por favor',
  'This is for mentors': 'Esto es para el equipo de mentoría',
  'Ask a coordinator to make you a mentor (in Slack: join the mentors channel; in Discord: get the mentor role), then try again.':
    'Pide a la coordinación que te incluya en el equipo de mentoría (en Slack, entrando en su canal; en Discord, con su rol) e inténtalo de nuevo.',
  'This is for coordinators': 'Esto es para la coordinación',
  'In Slack, those are the members of the coordinators channel; in Discord, whoever has a coordinator role or may manage the server. Ask one of them.':
    'En Slack la forman los miembros de su canal; en Discord, quien tiene un rol de coordinación o puede gestionar el servidor. Pregunta a alguien de ella.',
  'I cannot find that request': 'No encuentro esa solicitud',
  'It may have been taken back. /mini-sessions shows yours, /mini-mentor those that wait for a mentor.':
    'Quizá la hayan retirado. /mini-sessions muestra las tuyas; /mini-mentor, las que esperan mentoría.',
  'This request is your own': 'Esta solicitud es tuya',
  'Another mentor has to claim it. With /mini-sessions you can see or cancel it.':
    'Tiene que encargarse otra persona. Con /mini-sessions puedes verla o cancelarla.',
  '{name} was quicker': '{name} se adelantó',
  'This request is taken care of. Others wait for you in /mini-mentor.':
    'De esta solicitud ya se encarga alguien. Otras te esperan en /mini-mentor.',
  'You hold this request already': 'Ya te encargas de esta solicitud',
  '/mini-mentor shows what you claimed, with everything that comes next.':
    '/mini-mentor muestra las que están a tu cargo, con todo lo que sigue.',
  '{name} is asking a question first': '{name} está haciendo antes una pregunta',
  'So the request is held for them until {time}. If they do not claim it by then, it is open to everybody again. Others wait for you in /mini-mentor.':
    'Por eso se le reserva la solicitud hasta {time}. Si para entonces no la ha tomado, vuelve a estar abierta para todo el equipo. Otras te esperan en /mini-mentor.',
  'You have asked about this request already': 'Ya preguntaste sobre esta solicitud',
  'One question each, so that nobody keeps a request waiting. You find yours, with its answer, in the details. Claim it if you like: the rest you can ask when you meet.':
    'Una pregunta por persona, para que ninguna solicitud se quede esperando. La tuya, con su respuesta, está en los detalles. Encárgate si quieres: lo demás puedes preguntarlo en la sesión.',
  'You have answered this question already': 'Ya respondiste a esta pregunta',
  'The mentor has your answer. /mini-sessions shows how your request stands.':
    'Quien preguntó ya tiene tu respuesta. /mini-sessions muestra cómo va tu solicitud.',
  'I cannot find that question': 'No encuentro esa pregunta',
  '/mini-sessions shows your requests, and what mentors asked about them.':
    '/mini-sessions muestra tus solicitudes y lo que te han preguntado sobre ellas.',
  'This request is no longer open': 'Esta solicitud ya no está abierta',
  'It was {status}. Others wait for you in /mini-mentor.': 'Fue {status}. Otras te esperan en /mini-mentor.',
  'Nobody holds this request right now': 'Ahora mismo nadie se encarga de esta solicitud',
  'Claim it first, then you can schedule it. You find it in /mini-mentor.':
    'Encárgate primero de ella y podrás programarla. La encuentras en /mini-mentor.',
  '{name} holds this request': '{name} se encarga de esta solicitud',
  'Only they can change it. Others wait for you in /mini-mentor.':
    'Solo esa persona puede cambiarla. Otras te esperan en /mini-mentor.',
  'There is a time already': 'Ya hay una hora',
  'The session is set for {time}. To change that, press Move in the session card in your direct messages.':
    'La sesión está fijada para {time}. Para cambiarla, pulsa «Cambiar hora» en la tarjeta de la sesión, en tus mensajes directos.',
  'This proposal no longer stands': 'Esta propuesta ya no vale',
  'It was answered, or another one took its place. /mini-sessions and /mini-mentor show how things stand.':
    'Ya fue respondida, o la sustituyó otra. /mini-sessions y /mini-mentor muestran cómo está todo.',
  'You proposed this time yourself': 'Esta hora la propusiste tú',
  'The other side answers it. You can propose another one in its place.':
    'Le toca responder a la otra persona. Puedes proponer otra en su lugar.',
  'The session is at that time already': 'La sesión ya es a esa hora',
  'Choose another time if you want to move it.': 'Elige otra hora si quieres cambiarla.',
  'One of you has another mini session then': 'A esa hora, una de las dos partes tiene otra minisesión',
  'Nobody can be in two at once, so {time} was not set. Everything stays as it was. Please choose another time.':
    'Nadie puede estar en dos a la vez, así que no se fijó {time}. Todo queda como estaba. Elige otra hora, por favor.',
  'This belongs to somebody else': 'Esto es de otra persona',
  'Only the student and the mentor of a session can do this. /mini-sessions shows what is yours.':
    'Solo pueden hacerlo las dos personas de la sesión. /mini-sessions muestra lo que es tuyo.',
  'This request is closed': 'Esta solicitud está cerrada',
  'It was {status}, so this button no longer does anything. /mini-session asks for a new one.':
    'Fue {status}, así que este botón ya no hace nada. /mini-session pide una nueva.',
  'There is nothing to renew': 'No hay nada que renovar',
  'Your request has not run out of time. /mini-sessions shows how it stands.':
    'El plazo de tu solicitud no ha vencido. /mini-sessions muestra cómo va.',
  'There is no session set any more': 'Ya no hay ninguna sesión fijada',
  'It was called off, or not scheduled yet. /mini-sessions shows how things stand.':
    'Se canceló, o aún no se ha programado. /mini-sessions muestra cómo está todo.',
  'The session has begun': 'La sesión ya ha empezado',
  'It started {time}, so it can no longer be moved or called off. When it is over, I ask you both about it.':
    'Empezó {time}, así que ya no se puede cambiar ni cancelar. Cuando termine, preguntaré a las dos partes.',
  'The session has not begun yet': 'La sesión aún no ha empezado',
  'It starts {time}. Press Complete once it took place.':
    'Empieza {time}. Pulsa «Marcar como hecha» cuando se haya celebrado.',
  'The session is not over yet': 'La sesión aún no ha terminado',
  'I ask you for feedback when it ends, {time}.': 'Te pediré tu opinión cuando termine, {time}.',
  'This session is over': 'Esta sesión ya terminó',
  'If you still want to talk, /mini-session asks for a new one.':
    'Si aún quieres hablar, /mini-session pide una nueva.',
  'This session was called off': 'Esta sesión se canceló',
  '/mini-sessions shows how your requests stand.': '/mini-sessions muestra cómo van tus solicitudes.',
  'This session did not take place': 'Esta sesión no llegó a celebrarse',
  'So there is nothing to rate or to close. /mini-sessions and /mini-mentor show the way to another time.':
    'Por eso no hay nada que valorar ni que cerrar. Con /mini-sessions o /mini-mentor puedes buscar otra hora.',
  'This session is complete already': 'Esta sesión ya está completada',
  'There is nothing left to do. Thank you.': 'No queda nada por hacer. Gracias.',
  'You gave your feedback already': 'Ya diste tu opinión',
  'It is kept as it is. Thank you.': 'Queda guardada tal como está. Gracias.',
  'I no longer have what you typed': 'Ya no tengo lo que escribiste',
  'It was sent already, or it is older than a day. /mini-session opens a fresh form.':
    'Ya se envió, o tiene más de un día. /mini-session abre un formulario nuevo.',
  'Something went wrong on my side': 'Algo falló por mi parte',
  'Nothing you did is at fault. Please try again in a moment. If it happens again, tell a coordinator this reference: {reference}':
    'No es culpa tuya. Inténtalo de nuevo en un momento. Si vuelve a pasar, dile a la coordinación esta referencia: {reference}',
  'I do not know this button any more': 'Ya no conozco este botón',
  'It is from an older message. /mini-sessions and /mini-mentor show how things stand now.':
    'Es de un mensaje antiguo. /mini-sessions y /mini-mentor muestran cómo está todo ahora.',
  'We have not met yet': 'Aún no nos conocemos',
  'Type /mini-session once in your community’s Slack workspace or Discord server, so that I know where you belong.':
    'Escribe /mini-session una vez en el espacio de Slack o el servidor de Discord de tu comunidad, para que sepa cuál es.',
  'I could not send you this by direct message: they are closed to me. Please allow them, so that I can remind you.':
    'No he podido enviarte esto por mensaje directo: los tienes cerrados para mí. Permítelos, por favor, para que pueda avisarte.',
} as const;
