/** Who makes the links of meetings, what goes wrong with it, and mentors' rooms of their own. */
export const wayToMeet = {
  'Google Meet, with a calendar': 'Google Meet, con calendario',
  'Google Meet, without a calendar': 'Google Meet, sin calendario',
  'Each mentor gives a link': 'Cada mentor da un enlace',
  'Meeting links': 'Enlaces de videollamada',
  'Now: {provider}. A press chooses another.': 'Ahora: {provider}. Pulsa otro para cambiarlo.',
  '{provider} was chosen here, and is not set up any more.':
    'Aquí se eligió {provider}, que ya no está configurado.',
  'It holds for sessions that are planned from now on. Those that have a link keep it, and mentors with a meeting room of their own use that.':
    'Vale para las sesiones que se planeen desde ahora. Las que ya tienen enlace lo conservan, y quien tiene su propia sala de mentoría usa la suya.',
  'Meeting links do not work as they should': 'Los enlaces de videollamada no funcionan como deben',
  'Mentors are asked for a link meanwhile, and what was planned stands. Please pass this on to whoever runs the bot; once it is mended, press “Try again” in /mini-admin.':
    'Mientras tanto pido un enlace a cada mentor, y lo previsto se mantiene. Cuéntaselo, por favor, a quien administra el bot; cuando esté arreglado, pulsa «Intentar de nuevo» en /mini-admin.',
  'For sessions: {count}': 'Sesiones: {count}',
  '{provider} is not set up': '{provider} no está configurado',
  'Whoever runs me can set it up. Until then please choose another.':
    'Puede configurarlo quien me administra. Hasta entonces, elige otro, por favor.',
  '{provider} does not work yet': '{provider} todavía no funciona',
  'So nothing has changed. This is what whoever runs me has to mend first: {remedy}':
    'Así que no ha cambiado nada. Esto es lo que primero debe arreglar quien me administra: {remedy}',
  'As I was set up': 'Según mi configuración',
  Language: 'Idioma',
  'In which I write to the channels, and to people of whom I do not know their own: {language}. Everybody else reads theirs.':
    'En el que escribo en los canales, y a las personas cuyo idioma no conozco: {language}. Las demás leen en el suyo.',
  'Your video call has another link': 'Tu videollamada tiene otro enlace',
  'The link that you had no longer counts.': 'El enlace que tenías ya no vale.',
  '{mentor} takes over {title} from {former}. The time stays; the link is another one.':
    '{mentor} se encarga de {title} en lugar de {former}. La hora se mantiene; el enlace es otro.',
  'My meeting room': 'Mi sala de reuniones',
  'None: each session gets a link of its own.': 'Ninguna: cada sesión recibe su propio enlace.',
  'If you always meet at the same address, give it to me: it is then the link of your sessions, in place of one that is made for each.':
    'Si siempre te reúnes en la misma dirección, dámela: será el enlace de tus sesiones, en lugar de uno hecho para cada una.',
  'Sessions that have a link keep it; those that wait for one get yours. When you hand a session over, the other mentor’s link takes its place.':
    'Las sesiones que ya tienen enlace lo conservan; las que esperan uno reciben el tuyo. Si pasas una sesión a otra persona, su enlace ocupa el lugar del tuyo.',
  'Change it': 'Cambiarla',
  'Give a link': 'Dar un enlace',
  'Remove it': 'Quitarla',
  'An address that stays the same, beginning with https://.':
    'Una dirección que no cambia y empieza por https://.',
} as const;
