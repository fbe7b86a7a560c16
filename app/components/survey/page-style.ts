import { brandColour } from '../../domain/core/brand-colour.ts';
import type { SurveyView } from '../../domain/surveys/contract.ts';

/** The style of every shopper page: rows of 0 to 10 break evenly, one column, logical properties (any writing direction), no web fonts. */
export function pageStyle(colour: string | null): string {
  const brand = brandColour(colour);
  return `:root{color-scheme:light dark;--brand:${brand.background};--on-brand:${brand.text};--ink:#1c2024;--soft:#57606a;--page:#f3f4f5;--card:#fff;--line:#8b949e;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#f0f2f4;--soft:#b6bcc2;--page:#131517;--card:#1e2226;--line:#7d858d;--bad:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
:lang(ko){word-break:keep-all}
main{max-inline-size:40rem;margin-inline:auto;padding:1rem}
.card{background:var(--card);border-block-start:6px solid var(--brand);border-radius:.5rem;padding:1.25rem}
.brand,.soft{color:var(--soft);margin:0 0 .75rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
fieldset{border:0;margin:0 0 1.25rem;padding:0;min-inline-size:0;container-type:inline-size}
legend,.label{font-weight:600;padding:0;margin:0 0 .5rem;display:block}
fieldset:first-of-type legend{font-size:1.2rem}
.scale{display:grid;grid-template-columns:repeat(auto-fit,minmax(44px,1fr));gap:6px}
.scale:has(>:nth-child(11)){grid-template-columns:repeat(4,minmax(44px,1fr))}
@container (min-width:294px){.scale:has(>:nth-child(11)){grid-template-columns:repeat(6,minmax(44px,1fr))}}
@container (min-width:544px){.scale:has(>:nth-child(11)){grid-template-columns:repeat(11,minmax(44px,1fr))}}
.scale label,.choice{position:relative;display:flex;align-items:center;justify-content:center;min-block-size:48px;min-inline-size:44px;border:1px solid var(--line);border-radius:.5rem;cursor:pointer;font-weight:600}
.choice{justify-content:flex-start;gap:.5rem;padding:.25rem .75rem;margin-block-end:6px;font-weight:400}
.scale input{position:absolute;inset:0;inline-size:100%;block-size:100%;margin:0;opacity:0;cursor:pointer}
.scale label:has(:checked){background:var(--brand);color:var(--on-brand);border-color:var(--brand)}
.scale input:checked+span{text-decoration:underline}
.scale label:has(:focus-visible),textarea:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.875rem;margin-block-start:.35rem}
textarea{inline-size:100%;min-block-size:6rem;padding:.6rem;border:1px solid var(--line);border-radius:.5rem;background:transparent;color:inherit;font:inherit}
button{min-block-size:48px;padding:.6rem 1.5rem;border:0;border-radius:.5rem;background:var(--brand);color:var(--on-brand);font:inherit;font-weight:600;cursor:pointer}
button[aria-disabled=true]{opacity:.7}
.error{color:var(--bad);font-weight:600;margin:.35rem 0 0}
.errors{border:2px solid var(--bad);border-radius:.5rem;padding:.75rem;margin-block-end:1rem}
.errors a{color:inherit}
.hidden-text{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (forced-colors:active){.scale label:has(:checked){outline:3px solid Highlight}}`;
}

/**
 * Shows a follow-up once a rating that leads to it is chosen, without a script. A browser
 * that doesn't know :has() shows all of them; the words are kept whichever box they stand in.
 */
export function followUpStyle(view: SurveyView): string {
  const first = view.questions[0]?.id ?? '';
  const rules = view.questions.flatMap(({ id, showWhen }) => {
    // Nothing but a plain name may get into the style sheet.
    if (!showWhen || !/^\w+$/.test(first + id)) return [];
    const values = Object.keys(view.routes).filter((value) => view.routes[value] === showWhen);
    const chosen = values.map((value) => `input[name="${first}"][value="${value}"]:checked`);
    return [`form:not(:has(${chosen.join(',')})) [data-question="${id}"]{display:none}`];
  });
  return `@supports selector(form:has(input)){${rules.join('')}}`;
}
