/**
 * The style of questions: targets of 44 px and more, rows of 0 to 10 that break evenly, and what is chosen is told by
 * more than the merchant's colour, which may be close to that of the card.
 */
export const QUESTION_STYLE = `.question{border:0;margin:0 0 1.75rem;padding:0;min-inline-size:0;container-type:inline-size}
.ask{display:block;padding:0;margin:0 0 .6rem;font-size:1.2rem;line-height:1.35;font-weight:600;text-wrap:pretty}
.ask:focus{outline:none}
.optional{font-size:1rem;font-weight:400;white-space:nowrap}
.help p{margin:0 0 .6rem}
.progress{display:flex;align-items:center;justify-content:space-between;flex-wrap:wrap;gap:0 1rem;margin-block:.25rem .5rem}
.progress p{margin:0;font-size:.9rem;font-variant-numeric:tabular-nums}
.plain{display:inline-flex;align-items:center;gap:.15rem;min-block-size:44px;border-color:transparent;background:none;color:inherit;padding:.25rem .75rem;margin-inline-start:-.75rem;font-weight:500}
.plain svg{inline-size:1.4em;block-size:1.4em;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
[dir=rtl] .plain svg{transform:scaleX(-1)}
.plain:disabled{color:var(--soft);cursor:default}
.scale{display:grid;grid-template-columns:repeat(auto-fit,minmax(44px,1fr));gap:6px}
.scale:has(>:nth-child(7)){grid-template-columns:repeat(4,minmax(44px,1fr))}
@container (min-width:294px){.scale:has(>:nth-child(11)){grid-template-columns:repeat(6,minmax(44px,1fr))}}
@container (min-width:344px){.scale:has(>:nth-child(7):last-child){grid-template-columns:repeat(7,minmax(44px,1fr))}}
@container (min-width:544px){.scale:has(>:nth-child(11)){grid-template-columns:repeat(11,minmax(44px,1fr))}}
.scale label,.choice{position:relative;display:flex;align-items:center;justify-content:center;min-block-size:52px;min-inline-size:44px;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:var(--ink);cursor:pointer;font-weight:600}
.scale input,.stars input{position:absolute;inset:0;inline-size:100%;block-size:100%;margin:0;opacity:0;cursor:pointer}
.scale label:has(:checked){background:var(--brand);color:var(--on-brand);border-color:var(--ink)}
.scale :checked~span{text-decoration:underline;text-underline-offset:.2em}
.scale svg,.stars svg{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.scale svg{inline-size:min(100%,2.5rem);margin-block:.4rem}
.stars{display:flex;justify-content:space-between;max-inline-size:24rem}
.stars label{position:relative;flex:1;display:grid;justify-items:center;min-inline-size:44px;border-radius:.6rem;color:var(--soft);font-size:.875rem;cursor:pointer}
.stars svg{inline-size:min(100%,3.25rem);stroke-width:1.1;transition:fill .15s}
.stars label:has(:checked),.stars label:has(~label>:checked){color:var(--ink)}
.stars label:has(:checked) svg,.stars label:has(~label>:checked) svg{fill:var(--brand)}
.stars :checked~span{font-weight:700;text-decoration:underline;text-underline-offset:.2em}
.ends{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.875rem;margin-block-start:.4rem}
.ends :last-child{text-align:end}
.ends:is(.stars+*){max-inline-size:24rem}
.line{border:0;border-block-end:1px solid color-mix(in srgb,var(--ink) 14%,transparent);margin:0 0 .9rem;padding:0 0 .9rem;min-inline-size:0}
.line legend{padding:0;margin:0 0 .4rem}
.choice{justify-content:flex-start;gap:.75rem;inline-size:100%;padding:.6rem .9rem;margin-block-end:8px;font-weight:400;text-align:start}
.choice input{flex:none;inline-size:1.25rem;block-size:1.25rem;margin:0;accent-color:var(--brand)}
.choice:has(:checked),.choice[aria-pressed=true]{border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink);background:var(--tint)}
.choice:has(:disabled){opacity:.55;cursor:default}
.place{flex:none;display:grid;place-items:center;inline-size:1.75rem;block-size:1.75rem;border:1.5px dashed var(--line);border-radius:50%;font-weight:700;font-size:.9rem}
[aria-pressed=true] .place{background:var(--brand);color:var(--on-brand);border:1.5px solid var(--ink)}
.part{display:block;margin-block-end:.75rem}
.part>span{display:block;font-weight:500;margin-block-end:.25rem}
.place-list{display:flex;align-items:center;gap:.5rem}
.place-list>span{min-inline-size:1.5rem;margin:0;font-variant-numeric:tabular-nums}
.question:not(:has([data-other]:checked)) .other{display:none}
textarea,select,input:is([type=text],[type=email],[type=tel]){display:block;inline-size:100%;min-inline-size:0;min-block-size:48px;padding:.6rem .75rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:inherit;font:inherit}
textarea{min-block-size:7rem;field-sizing:content;max-block-size:60vh;resize:vertical}
.main{min-inline-size:9rem;margin-block-end:.75rem}
#note:empty,.error:empty{display:none}
#note{margin:0;font-size:.9rem}
.error{color:var(--bad);font-weight:600;margin:.5rem 0 0}
.errors{border:2px solid var(--bad);border-radius:.6rem;padding:.75rem;margin-block-end:1rem}
.errors a{color:inherit}
[aria-invalid=true]:is(input:not([type=radio]),textarea,select){border:2px solid var(--bad)}
.scale label:has(:focus-visible),.stars label:has(:focus-visible),.choice:has(:focus-visible),textarea:focus-visible,select:focus-visible,input:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.choice input:focus-visible{outline:none}
.steps .question{min-block-size:9.5rem}
.intro{margin-block-end:1.25rem}
.further .intro{display:none}
.further h1{font-size:1rem;font-weight:500;letter-spacing:0;color:var(--soft);margin:0}
.further .brand{margin:0}
@media (hover:hover){.scale label:hover,.choice:hover{border-color:var(--ink)}.scale label:not(:has(:checked)):hover{background:var(--tint)}.stars label:hover,.stars label:has(~label:hover){color:var(--ink)}.main:hover{filter:brightness(1.08)}}
@media (prefers-reduced-motion:no-preference){.moved .question{animation:enter .22s ease-out}@keyframes enter{from{opacity:0;translate:0 .5rem}}}
@media (max-width:30rem){.main{inline-size:100%}}
@media (forced-colors:active){.scale label:has(:checked),.choice[aria-pressed=true]{outline:3px solid Highlight}.stars label:has(:checked) svg,.stars label:has(~label>:checked) svg{fill:Highlight}}
`;
