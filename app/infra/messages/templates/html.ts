/** HTML for mails by tagged template: everything interpolated is escaped unless it is itself such a piece. */

export interface Html {
  readonly html: string;
}

/** html`<p>${text}</p>`: strings and numbers are escaped, pieces made by `html` stand as they are, null is nothing. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Html | Html[] | null)[]
): Html {
  const out = parts.map((part, index) => part + (index < values.length ? render(values[index] ?? null) : ''));
  return { html: out.join('') };
}

function render(value: string | number | Html | Html[] | null): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((piece) => piece.html).join('');
  return typeof value === 'object' ? value.html : escapeHtml(String(value));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
