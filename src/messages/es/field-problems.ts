/** What is wrong with a field, and what to do. The names stand inside the sentences, so they carry their article. */
export const fieldProblems = {
  'The title': 'el título',
  'The session type': 'el tipo de sesión',
  'The description': 'la descripción',
  'The duration': 'la duración',
  'The urgency': 'la urgencia',
  'A preferred time': 'un horario preferido',
  'The tags': 'las etiquetas',
  'The topics': 'los temas',
  'The start': 'el inicio',
  'The time zone': 'la zona horaria',
  'The week': 'la semana',
  'The difference': 'la diferencia',
  'The date': 'la fecha',
  'The last date': 'la última fecha',
  'The hours': 'las horas',
  'The notice': 'la antelación',
  'The free time': 'el tiempo libre',
  'The number of sessions': 'el número de sesiones',
  'The rating': 'la valoración',
  'The comment': 'el comentario',
  'The reason': 'el motivo',
  'The question': 'la pregunta',
  'The answer': 'la respuesta',
  'The link': 'el enlace',
  'The beginning': 'el comienzo',
  'The end': 'el final',
  'The page': 'la página',
  tags: 'etiquetas',
  topics: 'temas',
  '{field} is missing. Please fill it in.': 'Falta {field}. Rellena ese campo, por favor.',
  '{field} is too short: at least {detail} characters, please.':
    'Revisa {field}: hacen falta al menos {detail} caracteres.',
  'One of the {words} is too long: at most {detail} characters each, please.':
    'Revisa las palabras de {words}: como mucho {detail} caracteres cada una.',
  '{field} is too long: at most {detail} characters, please.':
    'Revisa {field}: caben como mucho {detail} caracteres.',
  'These are too many {words}: at most {detail}, please.':
    'Hay demasiadas palabras en {words}: como mucho {detail}.',
  'These are too many preferred times: at most {detail}, please.':
    'Son demasiados horarios preferidos: como mucho {detail}.',
  '{field} has too many entries: at most {detail}, please.': 'Revisa {field}: como mucho {detail} elementos.',
  '{field} is not one of the choices. Please pick one from the list.':
    'Revisa {field}: elige una opción de la lista.',
  '{field} is in the past. Please choose one that is still ahead.':
    'Revisa {field}: ya ha pasado. Elige un momento que aún esté por llegar.',
  '{field} is too far ahead: within the next {detail} days, please.':
    'Revisa {field}: queda muy lejos. Que sea en los próximos {detail} días, por favor.',
  '{field} ends before it starts. Please write the earlier time first.':
    'Revisa {field}: termina antes de empezar. Escribe primero la hora más temprana.',
  '{field} cannot be read: “{detail}”. Please write it like 2026-12-01 18:30, Fri 10:00-12:00, or tomorrow 3pm.':
    'No entiendo {field}: «{detail}». Escribe algo como 2026-12-01 18:30, vie 10:00-12:00 o mañana 15:00.',
  'I cannot read “{detail}”. Please write hours like 18:00-20:00, in the week with their day: Mon-Fri 18:00-20:00, 21:00-22:00.':
    'No entiendo «{detail}». Escribe horas como 18:00-20:00 y, en la semana, con su día: lun-vie 18:00-20:00, 21:00-22:00.',
  'These hours end before they start: “{detail}”. Over midnight, please write two: Fri 22:00-24:00 and Sat 0:00-1:00.':
    'Estas horas terminan antes de empezar: «{detail}». Si pasan de medianoche, escribe dos: vie 22:00-24:00 y sáb 0:00-1:00.',
  'These hours end when they begin. Please choose two times that differ.':
    'Estas horas terminan cuando empiezan. Elige dos horas distintas.',
  '{field} comes too early: please choose a longer time than for what comes before it.':
    'Revisa {field}: llega demasiado pronto. Elige un plazo más largo que el del paso anterior.',
  '{field} cannot be read: “{detail}”. Please write it like 2026-12-24.':
    'No entiendo {field}: «{detail}». Escribe algo como 2026-12-24.',
  '{field} is over. Please give one that is still ahead.':
    'Revisa {field}: ya ha pasado. Escribe una que aún esté por llegar.',
  '{field} is too far ahead: within {detail} days, please.':
    'Revisa {field}: queda muy lejos. Que sea antes de {detail} días, por favor.',
  '{field} is before the first. Please write the earlier date first.':
    'Revisa {field}: es anterior a la primera. Escribe primero la fecha más temprana.',
  '{field} needs your time zone. Add it after the time, like 2026-12-01 18:30 Europe/Berlin; I remember it.':
    'Para leer {field} necesito tu zona horaria. Añádela después de la hora, como 2026-12-01 18:30 Europe/Madrid; la recordaré.',
  'I do not know the time zone “{detail}”. Please write it like Europe/Berlin or America/New_York.':
    'No conozco la zona horaria «{detail}». Escribe algo como Europe/Madrid o America/Bogota.',
  '{field} is not a web address. Please paste one that begins with https://':
    'Revisa {field}: no es una dirección web. Pega una que empiece por https://',
  '{field} cannot be used like this. Please check it.': 'Revisa {field}: así no sirve.',
} as const;
