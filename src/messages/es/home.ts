/** The Home of each person. */
export const home = {
  'A mini session is a one-to-one video call with a mentor: 30 to 60 minutes, one time, about what you are stuck on or curious about.':
    'Una minisesión es una videollamada a solas con alguien del equipo de mentoría: de 30 a 60 minutos, una sola vez, sobre lo que se te resiste o te da curiosidad.',
  'Mini sessions': 'Minisesiones',
  'Request a mini session': 'Pedir una minisesión',
  'Your Home is up to date': 'Tu página de inicio está al día',
  'Open my Home tab to see it.': 'Abre mi pestaña Inicio para verla.',
  'Coming up': 'Próximas sesiones',
  'Past sessions': 'Sesiones pasadas',
  'When I have time': 'Cuándo tengo tiempo',
  'You have not asked for anything yet. Request your first mini session: it takes a minute, and I tell you as soon as a mentor claims it.':
    'Todavía no has pedido nada. Pide tu primera minisesión: lleva un minuto, y te aviso en cuanto alguien se encargue de ella.',
  'Nobody waits for a mentor right now. New requests appear here and in the mentors channel.':
    'Ahora mismo nadie espera mentoría. Las solicitudes nuevas aparecen aquí y en el canal de mentoría.',
  'with {person}': 'con {person}',
  'you gave it {rating} of 5': 'le diste {rating} de 5',
  'Without a time it goes back to all mentors: {when}':
    'Sin una hora, vuelve a todo el equipo de mentoría: {when}',
  'proposed: {when}': 'propuesta: {when}',
  'asked {when}': 'pedida {when}',
  'About your topics: {topics}': 'Sobre tus temas: {topics}',
  'Tags: {tags}': 'Etiquetas: {tags}',
  'None yet. Name some, and I ask you first when somebody needs them.':
    'Ninguno todavía. Nombra algunos, y te pregunto primero cuando alguien los necesite.',
} as const;
