/** Without NUL and lone surrogates, which PostgreSQL and JSON refuse. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '');
}

/** Storable, trimmed, and at most `longest` characters (code points) long. */
export function cleanText(text: string, longest: number): string {
  const trimmed = storable(text).trim();
  if (trimmed.length <= longest) return trimmed;
  return Array.from(trimmed).slice(0, longest).join('').trimEnd();
}
