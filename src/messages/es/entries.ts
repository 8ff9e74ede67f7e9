/** Ways in, and what people set about themselves. */
export const entries = {
  'What I can do': 'Qué puedo hacer',
  'In the menu behind the + beside any text field, “{name}”: {what}':
    'En el menú del + junto a cualquier campo de texto, «{name}»: {what}',
  'In the menu of any message, “{name}”: {what}': 'En el menú de cualquier mensaje, «{name}»: {what}',
  'I do not know {command}': 'No conozco {command}',
  'These are the commands that I know:': 'Estas son las órdenes que conozco:',
  'Ask for a mini session about what this message says':
    'Pide una mini sesión sobre lo que dice este mensaje',
  'Ask a mentor for a one-to-one mini session of 30 to 60 minutes':
    'Pide a un mentor una mini sesión individual de 30 a 60 minutos',
  '“{words}… (shortened; the whole is behind the link)”':
    '«{words}… (abreviado; el enlace lleva al texto entero)»',
  '“{words}”': '«{words}»',
  '{zone} (from your profile; change it there and I follow)':
    '{zone} (según tu perfil; si la cambias allí, yo la sigo)',
} as const;
