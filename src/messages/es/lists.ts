/** Lists of requests and sessions. */
export const lists = {
  '{count} request': '{count} solicitud',
  '{count} requests': '{count} solicitudes',
  'Page {page} of {pages}': 'Página {page} de {pages}',
} as const;
