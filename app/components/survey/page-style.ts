import { brandColour } from '../../domain/core/brand-colour.ts';

/** The style of every shopper page: one column, logical properties (any writing direction), no web fonts. */
export function pageStyle(colour: string | null): string {
  const brand = brandColour(colour);
  return `:root{color-scheme:light dark;--brand:${brand.background};--on-brand:${brand.text};--ink:#1c2024;--soft:#57606a;--page:#f3f4f5;--card:#fff;--line:#8b949e;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#f0f2f4;--soft:#b6bcc2;--page:#131517;--card:#1e2226;--line:#7d858d;--bad:#ffb4ab}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
:lang(ko){word-break:keep-all}
main{max-inline-size:40rem;margin-inline:auto;padding:clamp(.5rem,3vw,1rem)}
@media (min-width:45rem){main{padding-block:min(8vh,4.5rem)}}
.card{--tint:color-mix(in srgb,var(--brand) 14%,var(--card));position:relative;overflow:hidden;background:var(--card);border-radius:1rem;padding:clamp(1.1rem,5vw,2rem);box-shadow:0 1px 2px rgb(0 0 0/.1),0 10px 30px rgb(0 0 0/.07)}
.card::before,.card::after{content:"";position:absolute;inset-block-start:0;inset-inline-start:0;block-size:6px;inline-size:100%;background:var(--tint)}
.card::after{inline-size:var(--done,100%);background:var(--brand);transition:inline-size .3s}
.brand{color:var(--soft);font-weight:600;margin:0 0 .75rem}
.soft{color:var(--soft);margin:0 0 .75rem}
h1{font-size:clamp(1.4rem,5vw,1.75rem);line-height:1.2;letter-spacing:-.01em;text-wrap:balance;margin:0 0 .5rem}
.notice{margin:0 0 .75rem;padding:.6rem 1rem;border-radius:.6rem;background:var(--ink);color:var(--page);font-weight:600}
a.ask{display:inline-block;padding:.65rem 0;color:inherit;font-weight:600}
.promise{margin:0 0 .75rem;padding:.6rem 1rem;border-inline-start:4px solid var(--brand);background:color-mix(in srgb,var(--brand) 8%,transparent)}
button{min-block-size:48px;padding:.6rem 1.75rem;border:1px solid color-mix(in srgb,var(--ink) 20%,transparent);border-radius:.6rem;background:var(--brand);color:var(--on-brand);font:inherit;font-weight:600;cursor:pointer}
button[aria-disabled=true]{opacity:.7}
button:focus-visible,a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.hidden-text{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}`;
}
