/** Parts of request bodies, each right as it is and easily spoilt. */

export const x = (length: number) => 'x'.repeat(length);
export const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
export const button = (extra: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...extra });
export const numbered = (i: number) => button({ custom_id: `go:${i}` });
export const link = (extra: object = {}) => ({
  type: 2,
  style: 5,
  label: 'Go',
  url: 'https://example.org',
  ...extra,
});
export const option = (extra: object = {}) => ({ label: 'One', value: '1', ...extra });
export const select = (extra: object = {}) => ({ type: 3, custom_id: 's', options: [option()], ...extra });
export const row = (...components: unknown[]) => ({ type: 1, components });
export const text = (content: string) => ({ type: 10, content });
export const rows = (...components: unknown[]) => ({
  content: 'x',
  components: components.map((c) => row(c)),
});
export const v2 = (...components: unknown[]) => ({ flags: 1 << 15, components });
export const embed = (extra: object) => ({ embeds: [{ title: 'T', ...extra }] });

/** Every code in a nested error body, with its path. */
export function codes(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map((e) => `${path.slice(1)} ${e.code}`)
      : codes(value, `${path}.${key}`),
  );
}
