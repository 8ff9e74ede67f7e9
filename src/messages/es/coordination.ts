/** What coordinators see with /mini-admin, and what comes of it. */
export const coordination = {
  'For coordinators: what needs you, the numbers, and the settings of the programme':
    'Para la coordinación: qué te necesita, los números y los ajustes del programa',
  '{count} minute': '{count} minuto',
  '{count} minutes': '{count} minutos',
  'I know no such mentor': 'No conozco a ese mentor',
  'They may be a mentor no longer. Please choose another one.':
    'Quizá ya no sea mentor. Elige otra persona, por favor.',
  'What needs you': 'Qué te necesita',
  Numbers: 'Números',
  Settings: 'Ajustes',
  'Nothing needs you': 'Nada te necesita',
  'Every request is looked after, and every message arrived.':
    'Todas las solicitudes están atendidas y todos los mensajes llegaron.',
  'Requests without a mentor': 'Solicitudes sin mentor',
  'Claims without a time': 'Solicitudes aceptadas sin hora',
  'Sessions without a link': 'Sesiones sin enlace',
  'People whose direct messages are closed to me': 'Personas que no reciben mis mensajes directos',
  'Messages that I gave up': 'Mensajes que no pude entregar',
  'Assign a mentor': 'Asignar mentor',
  'Give back': 'Devolver',
  '{shown} of {total}': '{shown} de {total}',
  'It is with all mentors again': 'Vuelve a estar con todo el equipo de mentoría',
  'Both know. {title} comes before the other requests.':
    'Las dos personas lo saben. {title} va antes que las demás solicitudes.',
  'Who takes it on?': '¿Quién se encarga?',
  'Ask them first: whom you choose holds it at once, and can still give it back.':
    'Pregúntale antes: quien elijas la tendrá de inmediato, y aún podrá devolverla.',
  'There is no mentor whom I know and who is not on a pause.':
    'No conozco a ningún mentor que no esté en pausa.',
  'holds {count} request': 'tiene {count} solicitud',
  'holds {count} requests': 'tiene {count} solicitudes',
  'It has a mentor': 'Ya tiene mentor',
  '{mentor} holds {title} now, and both know.': '{mentor} tiene ahora {title}, y las dos personas lo saben.',
  'The last 30 days': 'Los últimos 30 días',
  Requests: 'Solicitudes',
  '{opened} opened, {claimed} of them claimed': '{opened} abiertas, {claimed} de ellas aceptadas',
  'Waiting for a mentor': 'Espera de mentor',
  'Nothing to tell yet': 'Aún no hay nada que contar',
  'Half of them within {time}': 'La mitad en menos de {time}',
  'Sessions held': 'Sesiones celebradas',
  'Somebody did not come': 'Alguien no vino',
  'Called off late': 'Canceladas tarde',
  'Students rated': 'Valoración de estudiantes',
  '{rating} of 5': '{rating} de 5',
  'Whoever runs the bot gets all of it as tables for a spreadsheet, with the command “export”.':
    'Quien administra el bot obtiene todo en tablas para una hoja de cálculo, con la orden «export».',
  'Settings of the programme': 'Ajustes del programa',
  'Mentors are asked again after': 'Se vuelve a preguntar tras',
  'A request stays open for': 'Una solicitud queda abierta',
  'You hear of it after': 'Te enteras tras',
  'A claim without a time': 'Una solicitud aceptada sin hora',
  'The mentor is reminded after {nudge}, the student hears after {tell}, and it goes back after {back}':
    'Se recuerda al mentor tras {nudge}, se avisa al estudiante tras {tell} y se devuelve tras {back}',
  'People can choose reminders and quiet hours of their own. What is planned stays; claims and requests that wait go by the new times.':
    'Cada persona puede elegir sus recordatorios y sus horas de silencio. Lo ya previsto se queda; lo que está en espera sigue los nuevos plazos.',
  'Asking mentors': 'Preguntar al equipo',
  'Telling coordinators': 'Avisar a coordinación',
  Claims: 'Solicitudes aceptadas',
  'Who chose none of their own is reminded: {reminders}. A press turns one on or off.':
    'A quien no eligió los suyos se le recuerda: {reminders}. Con un clic activas o desactivas uno.',
  'It holds for sessions that are planned from now on.':
    'Vale para las sesiones que se programen a partir de ahora.',
  'When nobody claims a request, all mentors are asked again after this long, by how urgent it is.':
    'Si nadie se encarga de una solicitud, se vuelve a preguntar a todo el equipo de mentoría tras este tiempo, según la urgencia.',
  'When nobody claims a request, coordinators hear of it after this long, by how urgent it is.':
    'Si nadie acepta una solicitud, la coordinación se entera tras este tiempo, según la urgencia.',
  'What follows when a mentor claims a request and sets no time.':
    'Qué ocurre cuando un mentor acepta una solicitud y no pone hora.',
  'High urgency': 'Urgencia alta',
  'Normal urgency': 'Urgencia normal',
  'Low urgency': 'Urgencia baja',
  'Open for': 'Abierta durante',
  'Remind the mentor': 'Recordar al mentor',
  'Tell the student': 'Avisar al estudiante',
  'With a proposed time': 'Con una hora propuesta',
  'Meanwhile direct messages wait, on each person’s own clock. People can choose other hours for themselves.':
    'Mientras tanto los mensajes directos esperan, según el reloj de cada persona. Cada cual puede elegir otras horas.',
  '{coordinator} gave you a request': '{coordinator} te dio una solicitud',
  'You hold it now. Please agree on a time with {student}; if it does not suit you after all, give it back.':
    'Ahora la tienes tú. Acuerda una hora con {student}; si al final no te viene bien, devuélvela.',
  'The time for high urgency': 'El plazo para urgencia alta',
  'The time for normal urgency': 'El plazo para urgencia normal',
  'The time for low urgency': 'El plazo para urgencia baja',
  'The time for which it stays open': 'El tiempo que queda abierta',
  'The reminder of the mentor': 'El recordatorio al mentor',
  'The word to the student': 'El aviso al estudiante',
  'The time until it is given back': 'El plazo hasta devolverla',
  'The time with a proposal': 'El plazo con una hora propuesta',
  'Mentors are asked again first, then coordinators hear of it, and both before the request runs out. Please choose times in that order.':
    'Primero se vuelve a preguntar al equipo de mentoría, luego se entera la coordinación, y ambas cosas antes de que venza la solicitud. Elige los plazos en ese orden, por favor.',
} as const;
