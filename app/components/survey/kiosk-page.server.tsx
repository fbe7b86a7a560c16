import type { ReactElement } from 'react';
import { ROUTES } from '../../domain/surveys/contract.ts';
import type { SurveyView } from '../../domain/surveys/contract.ts';
import { translate } from '../../domain/surveys/texts.ts';
import type { OpenKioskOutcome } from '../../services/open-kiosk.ts';
import { askOneByOne } from './ask-one-by-one.ts';
import { QUESTION_STYLE } from './question-style.ts';
import { rankByTapping } from './rank-by-tapping.ts';
import { runKiosk } from './run-kiosk.ts';
import { shopperPage } from './shopper-page.server.tsx';
import { shownIds } from './shown-ids.ts';
import { SurveyForm } from './survey-form.tsx';
import { scriptOf } from './survey-script.ts';
import { pageWords } from './texts.ts';

/** What the page of a kiosk runs. */
export const KIOSK_SCRIPT = scriptOf(runKiosk, { askOneByOne, shownIds, rankByTapping });

/** The kiosk's page: the survey in each language as a template, of which the script shows a copy to each person. */
export function kioskPage({
  shopId,
  brand,
  views,
}: Omit<Extract<OpenKioskOutcome, { outcome: 'open' }>, 'outcome'>): Response {
  const [first] = views;
  const { say } = pageWords(first?.locale ?? null);
  return shopperPage({
    status: 200,
    lang: first?.locale ?? 'en',
    dir: first?.dir ?? 'ltr',
    title: `${first?.title} · ${brand.name}`,
    brand,
    style: QUESTION_STYLE + KIOSK_STYLE,
    script: KIOSK_SCRIPT,
    body: (
      <>
        <noscript>
          <p>{say('kiosk.needs_script')}</p>
        </noscript>
        <div id="kiosk" data-shop={shopId}></div>
        {views.map((view) => (
          <template key={view.locale} data-locale={view.locale} data-lang={view.locale} data-dir={view.dir}>
            <Screen view={view} languages={views.map(({ locale }) => locale)} />
          </template>
        ))}
      </>
    ),
  });
}

/** Everything that one person sees, in one language. */
function Screen({ view, languages }: { view: SurveyView; languages: string[] }): ReactElement {
  const { say } = pageWords(view.locale);
  return (
    <>
      <div className="bar">
        {languages.length > 1 && (
          <label>
            <span className="hidden-text">{say('kiosk.language')}</span>
            <select defaultValue={view.locale}>
              {languages.map((language) => (
                <option key={language} value={language} lang={language}>
                  {nameOf(language)}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className="plain over" hidden>
          {say('kiosk.start_over')}
        </button>
        <button type="button" className="plain full" hidden>
          {say('kiosk.full_screen')}
        </button>
      </div>
      <div className="asks">
        <h1>{view.title}</h1>
        <p className="soft intro">{view.intro}</p>
        {view.identity !== undefined && <p className="soft intro">{say(`identity.${view.identity}`)}</p>}
        <SurveyForm
          view={view}
          given={{}}
          errors={[]}
          errorsTitle=""
          words={{
            required: translate(view.locale, 'error.required'),
            email: translate(view.locale, 'error.email'),
            phone: translate(view.locale, 'error.phone'),
            atMost: translate(view.locale, 'error.too_many'),
          }}
          notes={{ saved: '', offline: '' }}
        />
      </div>
      <div className="held" hidden>
        <h1>{say('kiosk.held')}</h1>
        <p>{say('kiosk.held_text')}</p>
      </div>
      {ROUTES.map((route) => (
        <div key={route} data-route={route} hidden>
          <h1 tabIndex={-1}>{view.thanks[route].title}</h1>
          <p>{view.thanks[route].text}</p>
        </div>
      ))}
      <dialog aria-labelledby="still-there">
        <h2 id="still-there">{say('kiosk.still_there')}</h2>
        <p data-text={say('kiosk.countdown')}></p>
        <button type="button">{say('kiosk.go_on')}</button>
      </dialog>
    </>
  );
}

/** A language's own name for itself. */
function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** Larger than a phone's page: it is read standing, and tapped by everybody. */
const KIOSK_STYLE = `html{overscroll-behavior:none;-webkit-tap-highlight-color:transparent}
@media (min-width:48rem) and (min-height:40rem){html{font-size:125%}}
main{max-inline-size:52rem;min-block-size:100dvh;display:grid;align-content:center}
.card::after{display:none}
.asks::after{content:"";position:absolute;inset-block-start:0;inset-inline-start:0;block-size:6px;inline-size:var(--done,0%);background:var(--brand);transition:inline-size .3s}
.bar{display:flex;flex-wrap:wrap;align-items:center;justify-content:flex-end;gap:.25rem 1rem;min-block-size:48px;margin-block-end:.5rem}
.bar label{margin-inline-end:auto}
.bar .plain{margin:0}
.bar .plain:last-child{margin-inline-end:-.75rem}
.bar select{inline-size:auto}
.scale label{min-block-size:64px}
.choice{min-block-size:60px}
:is(h1,.ask):focus{outline:none}
dialog{border:0;border-radius:1rem;padding:1.5rem;max-inline-size:min(26rem,calc(100vw - 2rem));background:var(--card);color:var(--ink)}
dialog h2{margin:0 0 .5rem;font-size:1.4rem;line-height:1.2}
dialog p{font-variant-numeric:tabular-nums}
dialog::backdrop{background:rgb(0 0 0/.6);backdrop-filter:blur(12px)}
`;
