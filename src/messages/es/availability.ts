/** When mentors have time, and choosing one. */
export const availability = {
  'Every week': 'Cada semana',
  'Any time': 'A cualquier hora',
  Dates: 'Fechas',
  Notice: 'Antelación',
  'Between sessions': 'Entre sesiones',
  'As many as come': 'Todas las que lleguen',
  'At most {count}': 'Como mucho {count}',
  'By the clock in {zone}. What is planned stays, whatever you change here.':
    'Según el reloj de {zone}. Lo que está programado se mantiene, cambies lo que cambies aquí.',
  'Change my week': 'Cambiar mi semana',
  'Set a date': 'Fijar una fecha',
  Rules: 'Reglas',
  Resume: 'Reanudar',
  Pause: 'Pausar',
  'Paused until {time}. Until then I suggest no times to you.':
    'En pausa hasta {time}. Hasta entonces no te sugiero horarios.',
  'Paused until you resume. Until then I suggest no times to you.':
    'En pausa hasta que reanudes. Hasta entonces no te sugiero horarios.',
  'You have not said when you have time, so every time that a student offers is suggested to you. Give your week, and I suggest what fits it.':
    'No has dicho cuándo tienes tiempo, así que te sugiero cualquier horario que te ofrezcan. Indica tu semana y te sugeriré lo que encaje.',
  'When you schedule a session, I suggest the times that suit you both.':
    'Cuando programes una sesión, te sugiero los horarios que encajan para las dos partes.',
  'and {count} more': 'y {count} más',
  away: 'sin disponibilidad',
  'also {hours}': 'también {hours}',
  'only {hours}': 'solo {hours}',
  Mon: 'lun',
  Tue: 'mar',
  Wed: 'mié',
  Thu: 'jue',
  Fri: 'vie',
  Sat: 'sáb',
  Sun: 'dom',
  'My week': 'Mi semana',
  'Save my week': 'Guardar mi semana',
  'It takes the place of your week before. Days that you leave out have no hours.':
    'Sustituye a tu semana anterior. Los días que omitas quedan sin horas.',
  'When you have time': 'Cuándo tienes tiempo',
  'A line a day, or for several: Mon-Fri 18:00-20:00. Leave it empty for any time.':
    'Una línea por día o para varios: lun-vie 18:00-20:00. Vacío: a cualquier hora.',
  'Mon 18:00-20:00, 21:00-22:00\nTue, Thu 12:00-13:00\nSat-Sun 10:00-16:00':
    'lun 18:00-20:00, 21:00-22:00\nmar, jue 12:00-13:00\nsáb-dom 10:00-16:00',
  Save: 'Guardar',
  Date: 'Fecha',
  'Year, month, day.': 'Año, mes, día.',
  'Last date': 'Última fecha',
  'For several days in a row; else leave it empty.': 'Para varios días seguidos; si no, déjala vacía.',
  'What differs': 'Qué cambia',
  'I am away': 'No estoy disponible',
  'Only the hours below': 'Solo las horas de abajo',
  'Also the hours below': 'También las horas de abajo',
  'Nothing: as every week': 'Nada: como cada semana',
  Hours: 'Horas',
  'Unless you are away.': 'Salvo que no estés disponible.',
  '6 hours': '6 horas',
  '12 hours': '12 horas',
  '2 days': '2 días',
  '3 days': '3 días',
  '7 days': '7 días',
  '10 minutes': '10 minutos',
  '30 minutes': '30 minutos',
  'Rules for my sessions': 'Reglas de mis sesiones',
  'Save rules': 'Guardar reglas',
  'How long before its start a session may be planned at the latest.':
    'Con cuánta antelación, como mínimo, se puede programar una sesión.',
  'Free time before and after each.': 'Tiempo libre antes y después de cada una.',
  'Sessions a week': 'Sesiones por semana',
  'From Monday to Sunday.': 'De lunes a domingo.',
  'Meanwhile I suggest no times to you. Sessions that are planned stay.':
    'Mientras tanto no te sugiero horarios. Las sesiones programadas se mantienen.',
  'Back on': 'Vuelvo el',
  'The first day on which you have time again. Leave it empty to pause until you resume.':
    'El primer día en que vuelves a tener tiempo. Vacío: hasta que reanudes.',
  'sooner than the notice that you ask for': 'antes de la antelación que pides',
  'you have another session then': 'a esa hora tienes otra sesión',
  'too close to another session of yours': 'demasiado cerca de otra sesión tuya',
  'you are on pause then': 'entonces estás en pausa',
  'outside your hours': 'fuera de tus horas',
  'your week is full': 'tu semana está completa',
  'the student has another session then': 'a esa hora tu estudiante tiene otra sesión',
  'Take this time': 'Elegir esta hora',
  'Take time {number}': 'Elegir la hora {number}',
  'When do you meet?': '¿Cuándo es la sesión?',
  'Times that suit you both': 'Horarios que vienen bien a las dos partes',
  'What else the student offered': 'Qué más ofrece tu estudiante',
  'What the student offered': 'Lo que ofrece tu estudiante',
  'Another time': 'Otra hora',
  '{time} for the student': '{time} para tu estudiante',
  'You are on pause, so I suggest nothing. You can still take a time, or resume in My availability.':
    'Estás en pausa, así que no sugiero nada. Aun así puedes elegir una hora, o reanudar en «Mi disponibilidad».',
  'None of the student’s times suits you both. You can still take one, or propose another.':
    'Ningún horario de tu estudiante viene bien a las dos partes. Aun así puedes elegir uno, o proponer otro.',
  'The student left the time to you, but your hours of the next weeks are taken. Choose another time, or open more hours in My availability.':
    'Tu estudiante te deja elegir la hora, pero tus horas de las próximas semanas están ocupadas. Elige otra hora, o abre más en «Mi disponibilidad».',
  'The student left the time to you. A word with them first does no harm. Give your hours in My availability, and I suggest some.':
    'Tu estudiante te deja elegir la hora. No está de más hablarlo antes. Indica tus horas en «Mi disponibilidad» y te sugeriré algunas.',
  'What is left of the student’s times is too short. A word with them first does no harm.':
    'Lo que queda de los horarios de tu estudiante es demasiado corto. No está de más hablarlo antes.',
  'None of the student’s times is ahead any more. A word with them first does no harm.':
    'Los horarios de tu estudiante ya han pasado. No está de más hablarlo antes.',
} as const;
