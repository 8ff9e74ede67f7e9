/**
 * The same value, without the NUL characters in its strings: nobody can type them, and PostgreSQL keeps none.
 * https://www.postgresql.org/docs/current/datatype-character.html
 */
export function withoutNul<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll('\0', '') as Value;
  if (Array.isArray(value)) return value.map(withoutNul) as Value;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNul(each)])) as Value;
}
