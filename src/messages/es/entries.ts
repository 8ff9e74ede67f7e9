/** Ways in, and what people set about themselves. */
export const entries = {
  'What I can do': 'Qué puedo hacer',
  'In the menu behind the + beside any text field, “{name}”: {what}':
    'En el menú del + junto a cualquier campo de texto, «{name}»: {what}',
  'In the menu of any message, “{name}”: {what}': 'En el menú de cualquier mensaje, «{name}»: {what}',
  'I do not know {command}': 'No conozco {command}',
  'These are the commands that I know:': 'Estos son los comandos que conozco:',
  'Ask for a mini session about what this message says': 'Pide una minisesión sobre lo que dice este mensaje',
  'Ask a mentor for a one-to-one mini session of 30 to 60 minutes':
    'Pide una minisesión de mentoría individual de 30 a 60 minutos',
  '“{words}… (shortened; the whole is behind the link)”':
    '«{words}… (abreviado; el enlace lleva al texto entero)»',
  '“{words}”': '«{words}»',
  '{zone} (from your profile; change it there and I follow)':
    '{zone} (según tu perfil; si la cambias allí, yo la sigo)',
  'In the last 30 days, requests here were claimed after about {time}.':
    'En los últimos 30 días, las solicitudes de aquí encontraron mentor al cabo de unos {time}.',
  'In the last 30 days, requests here were claimed after about {time}; {count} of 10 within a day.':
    'En los últimos 30 días, las solicitudes de aquí encontraron mentor al cabo de unos {time}; {count} de cada 10, en un día.',
  'Mentors are busy: in the last 30 days, fewer than half of the requests here were claimed. You hear of yours either way.':
    'El equipo de mentoría tiene mucho que hacer: en los últimos 30 días, menos de la mitad de las solicitudes de aquí encontraron a alguien. De la tuya sabrás en cualquier caso.',
  'Choose, or type your own: at most {most}, each of at most {length} characters.':
    'Elige, o escribe las tuyas: como mucho {most}, cada una de {length} caracteres como mucho.',
  'Your time zone, to read the times that you type': 'Tu zona horaria, para leer las horas que escribes',
  'Topics, with commas between': 'Temas, separados por comas',
  'Ask a mentor about this': 'Pedir mentoría sobre esto',
  'What to show': 'Qué mostrar',
  type: 'tipo',
  duration: 'duración',
  urgency: 'urgencia',
  'time-zone': 'zona-horaria',
  view: 'vista',
} as const;
