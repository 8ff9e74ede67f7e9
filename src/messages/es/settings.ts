/** What members set about themselves, and how long things last. */
export const settings = {
  '{count} day': '{count} día',
  '{count} days': '{count} días',
  '{count} hour': '{count} hora',
  '{count} hours': '{count} horas',
  '1 week': '1 semana',
  '1 day': '1 día',
  '2 hours': '2 horas',
  '1 hour': '1 hora',
  '15 minutes': '15 minutos',
  '5 minutes': '5 minutos',
  None: 'Nada',
  '{times} before': '{times} antes',
  '{from} to {to}': 'de {from} a {to}',
} as const;
