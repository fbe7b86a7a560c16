/** Domains of e-mail addresses with commas, semicolons or blanks between them. */
export const STAFF_DOMAINS = /^[a-z0-9-]+(\.[a-z0-9-]+)+([\s,;]+[a-z0-9-]+(\.[a-z0-9-]+)+)*$/i;

/** The domains by whose addresses staff are known who order for themselves, in small letters; null: none are named. */
export const staffDomainsOf = (text: string | null): string[] =>
  [...new Set((text ?? '').toLowerCase().split(/[\s,;]+/))].filter((domain) => domain !== '');
